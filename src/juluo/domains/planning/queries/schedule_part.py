"""What a version of a plan freezes of its schedule and its content plan."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from juluo.domains.planning.models import ContentLine, Milestone, Phase, Task
from juluo.domains.planning.permissions import can_see_plans
from juluo.domains.planning.queries.content import cadence_words
from juluo.domains.planning.queries.hours import hours
from juluo.domains.planning.types import Fact, PlanEntry, PlanPart
from juluo.events.base import reference

_DAYS = {"first", "last", "start", "due"}


def _schedule_entries(plan_id: int) -> list[PlanEntry]:
    """Return phases, milestones and tasks; slots are the content plan's. Three queries."""
    phases = Phase.objects.filter(plan_id=plan_id).order_by("position", "pk")
    milestones = Milestone.objects.filter(plan_id=plan_id).select_related("owner")
    tasks = Task.objects.filter(plan_id=plan_id, slot=None).exclude(status=Task.Status.DROPPED)
    return [
        *(_phase_entry(row) for row in phases),
        *(_milestone_entry(row) for row in milestones.order_by("due", "pk")),
        *(_task_entry(row) for row in tasks.select_related("owner").order_by("due", "pk")),
    ]


def _phase_entry(row: Phase) -> PlanEntry:
    facts: dict[str, Fact] = {
        "first": row.start.isoformat(),
        "last": (row.end - timedelta(days=1)).isoformat(),
    }
    ref = reference("phase", row.pk)
    return PlanEntry(ref=ref, title=str(row.get_kind_display()), facts=facts)


def _milestone_entry(row: Milestone) -> PlanEntry:
    facts: dict[str, Fact] = {"due": row.due.isoformat(), "owner": row.owner.display_name}
    return PlanEntry(ref=reference("milestone", row.pk), title=row.title, facts=facts)


def _task_entry(row: Task) -> PlanEntry:
    facts: dict[str, Fact] = {
        "start": row.start.isoformat() if row.start else None,
        "due": row.due.isoformat() if row.due else None,
        "owner": row.owner.display_name if row.owner else None,
        "minutes": row.planned_minutes or None,
    }
    return PlanEntry(ref=reference("task", row.pk), title=row.title, facts=facts)


def _content_entries(plan_id: int) -> list[PlanEntry]:
    rows = ContentLine.objects.filter(plan_id=plan_id, dropped_at=None)
    return [
        PlanEntry(
            ref=reference("content_line", row.pk),
            title=row.theme,
            facts={
                "format": str(row.get_format_display()),
                "space": row.space.name,
                "author": row.author.display_name if row.author else None,
                "cadence": cadence_words(row),
                "start": row.start.isoformat(),
            },
        )
        for row in rows.select_related("space", "author").order_by("pk")
    ]


def _show(key: str, value: Fact, language: str) -> str:
    if value is None:
        return "–"
    with override(language):
        if key in _DAYS:
            return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
        if key == "minutes":
            return hours(int(value))
    return str(value)


SCHEDULE_PART = PlanPart(
    key="schedule",
    label=_("Schedule"),
    order=40,
    url_name="planning:schedule",
    entries=_schedule_entries,
    labels={
        "first": _("First day"),
        "last": _("Last day"),
        "start": _("Start"),
        "due": pgettext_lazy("task", "Due"),
        "owner": pgettext_lazy("task", "Owner"),
        "minutes": _("Planned hours"),
    },
    visible=can_see_plans,
    show=_show,
    columns=("first", "last", "start", "due", "owner", "minutes"),
)
CONTENT_PART = PlanPart(
    key="content",
    label=_("Content plan"),
    order=45,
    url_name="planning:content",
    entries=_content_entries,
    labels={
        "format": _("Format"),
        "space": _("Space"),
        "author": _("Author"),
        "cadence": _("How often"),
        "start": _("Start"),
    },
    visible=can_see_plans,
    show=_show,
    columns=("format", "space", "author", "cadence", "start"),
)
