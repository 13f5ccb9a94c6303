"""How states look: of a plan here, of goals and strategies where they are read."""

from juluo.domains.planning.models import Plan
from juluo.ui.looks import Look

_PLANS: dict[str, Look] = {
    value: Look(label=Plan.Status(value).label, tone=tone, icon=icon)
    for value, tone, icon in (
        ("draft", "secondary", "pencil"),
        ("submitted", "orange", "hourglass"),
        ("approved", "green", "circle-check"),
        ("closed", "secondary", "archive"),
    )
}


def status_look(status: str) -> Look:
    """Return how the state of a plan looks."""
    return _PLANS[status]
