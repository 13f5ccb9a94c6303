"""What a risk can be linked to, as it is offered."""

from datetime import date

from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.risks.models import Mitigation, Risk


def metric_choices(*, language: str) -> list[tuple[str, str]]:
    """Return the metrics that a risk can name, by title."""
    found = [(each.key, each.title.in_language(language)) for each in insights.watchable()]
    return sorted(found, key=lambda each: each[1])


def goal_choices(*, risk_id: int | None = None) -> list[tuple[int, str]]:
    """Return the goals of open plans, and those that a risk names already."""
    found = {
        int(ref.partition(":")[2]): f"{words} · {plan}"
        for plan_id, plan in planning.plan_choices()
        for ref, words in planning.goal_evidence(plan_id)
    }
    if risk_id is not None:
        for goal in Risk(pk=risk_id).goals.all():
            found.setdefault(goal.pk, goal.title)
    return list(found.items())


def note_choices(*, today: date, risk_id: int | None = None) -> list[tuple[int, str]]:
    """Return the observations that stand, newest first, and those that a risk names already."""
    found = {
        each.id: f"{each.kind_label} · {each.about}" for each in planning.notes(today=today)[:50]
    }
    if risk_id is not None:
        for note in Risk(pk=risk_id).notes.all():
            found.setdefault(note.pk, note.about)
    return list(found.items())


def response_choices(risk_id: int) -> list[tuple[int, str]]:
    """Return the responses of a risk that an indicator can start."""
    rows = Mitigation.objects.filter(risk_id=risk_id, dropped_at=None).order_by("pk")
    return [(row.pk, f"{row.title} ({row.get_strategy_display()})") for row in rows]
