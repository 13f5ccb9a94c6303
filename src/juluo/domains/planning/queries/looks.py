"""How states look: of a plan here, of goals and strategies where they are read."""

from dataclasses import dataclass

from django.utils.functional import Promise

from juluo.domains.planning.models import Plan


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a word is shown: always the word, an icon and a colour."""

    label: str | Promise
    tone: str
    icon: str


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
