"""The content plan: what was planned, what was published, where the gaps are, who carries it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.domains.discussions import queries as discussions
from juluo.domains.planning.models import ContentLine, ContentSlot, Task
from juluo.domains.planning.queries.link_kinds import post_title, post_url
from juluo.domains.planning.rules.content import LAST_OF_MONTH, Rhythm

PLANNED, PUBLISHED, LATE, MISSED, DROPPED = "planned", "published", "late", "missed", "dropped"
# A slot that nothing filled so long after its day is a gap.
GAP_AFTER = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class SlotRow:
    """One day of a line: its state, and what filled it."""

    id: int
    task_id: int
    line_id: int
    theme: str
    day: date
    owner_id: int | None
    owner_name: str
    state: str
    state_label: str
    published_on: date | None
    published_ref: str
    days_late: int


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line with how much of it was published."""

    id: int
    theme: str
    format_label: str
    space_id: int
    space: str
    author: str
    cadence: str
    title_words: str
    is_dropped: bool
    due: int
    published: int
    missed: int
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True, kw_only=True)
class AuthorLoad:
    """What one author carries: pieces to come, in the next four weeks, and missed ones."""

    name: str
    planned: int
    soon: int
    published: int
    missed: int


@dataclass(frozen=True, kw_only=True)
class ContentPlan:
    """The content plan of a plan; ``gaps`` are weeks to come in which nothing is planned."""

    lines: tuple[LineRow, ...]
    authors: tuple[AuthorLoad, ...]
    gaps: tuple[date, ...]
    due: int
    published: int
    missed: int
    planned: int

    @property
    def slots(self) -> list[SlotRow]:
        """All slots by day."""
        found = [slot for line in self.lines for slot in line.slots]
        return sorted(found, key=lambda slot: (slot.day, slot.id))


def content_plan(*, plan_id: int, plan_last: date, today: date) -> ContentPlan:
    """Return a plan's lines and slots. Four queries, however many there are."""
    lines = list(
        ContentLine.objects.filter(plan_id=plan_id).select_related("author").order_by("pk")
    )
    rows = ContentSlot.objects.filter(line__plan_id=plan_id).select_related(
        "line", "task", "task__owner"
    )
    slots = [_slot_row(row, today) for row in rows.order_by("day", "pk")]
    spaces = discussions.space_names([line.space_id for line in lines])
    line_rows = [_line_row(line, slots, spaces, today) for line in lines]
    kept = [slot for slot in slots if slot.state != DROPPED]
    return ContentPlan(
        lines=tuple(line_rows),
        authors=tuple(_author_loads(kept, today)),
        gaps=tuple(_gaps(kept, today, plan_last)) if kept else (),
        due=sum(slot.day <= today or slot.state == PUBLISHED for slot in kept),
        published=sum(slot.state == PUBLISHED for slot in kept),
        missed=sum(slot.state == MISSED for slot in kept),
        planned=len(kept),
    )


def _slot_row(row: ContentSlot, today: date) -> SlotRow:
    task = row.task
    day = task.due or row.day
    state = _state(row, day, today)
    late = (row.published_on - day).days if row.published_on else 0
    return SlotRow(
        id=row.pk,
        task_id=row.task_id,
        line_id=row.line_id,
        theme=row.line.theme,
        day=day,
        owner_id=task.owner_id,
        owner_name=task.owner.display_name if task.owner else "",
        state=state,
        state_label=state_words()[state],
        published_on=row.published_on,
        published_ref=row.published_ref or "",
        days_late=max(late, 0),
    )


def state_words() -> dict[str, str]:
    """Return what the states of a slot are called."""
    return {
        PLANNED: pgettext("slot", "Planned"),
        PUBLISHED: pgettext("slot", "Published"),
        LATE: pgettext("slot", "Late"),
        MISSED: pgettext("slot", "Missed"),
        DROPPED: pgettext("slot", "Dropped"),
    }


def _state(row: ContentSlot, day: date, today: date) -> str:
    if row.published_ref or row.task.status == Task.Status.DONE:
        return PUBLISHED
    if row.task.status == Task.Status.DROPPED:
        return DROPPED
    if day + GAP_AFTER < today:
        return MISSED
    return LATE if day < today else PLANNED


def _line_row(
    line: ContentLine, slots: list[SlotRow], spaces: dict[int, str], today: date
) -> LineRow:
    mine = tuple(slot for slot in slots if slot.line_id == line.pk)
    return LineRow(
        id=line.pk,
        theme=line.theme,
        format_label=line.get_format_display(),
        space_id=line.space_id,
        space=spaces.get(line.space_id, "–"),
        author=line.author.display_name if line.author else "",
        cadence=cadence_words(line),
        title_words=" ".join(line.title_words),
        is_dropped=line.dropped_at is not None,
        due=sum(slot.day <= today and slot.state != DROPPED for slot in mine),
        published=sum(slot.state == PUBLISHED for slot in mine),
        missed=sum(slot.state == MISSED for slot in mine),
        slots=mine,
    )


def weekday_names() -> list[str]:
    """Return the days of the week in full, Monday first."""
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]


def nth_names() -> dict[int, str]:
    """Return which of a month's weekdays is meant."""
    return {
        1: pgettext("weekday of a month", "first"),
        2: pgettext("weekday of a month", "second"),
        3: pgettext("weekday of a month", "third"),
        4: pgettext("weekday of a month", "fourth"),
        LAST_OF_MONTH: pgettext("weekday of a month", "last"),
    }


def cadence_words(line: ContentLine) -> str:
    """Say how a line repeats: "every 2 weeks on Monday"."""
    values = {
        "count": line.every,
        "weekday": weekday_names()[line.weekday],
        "nth": nth_names().get(line.nth, ""),
    }
    if line.rhythm == Rhythm.ONCE:
        return _("once")
    if line.rhythm == Rhythm.WEEKS:
        words = ngettext(
            "every week on %(weekday)s", "every %(count)d weeks on %(weekday)s", line.every
        )
        return words % values
    words = ngettext(
        "every month on the %(nth)s %(weekday)s",
        "every %(count)d months on the %(nth)s %(weekday)s",
        line.every,
    )
    return words % values


def _author_loads(slots: list[SlotRow], today: date) -> list[AuthorLoad]:
    soon = today + timedelta(weeks=4)
    names = sorted({slot.owner_name for slot in slots}, key=lambda name: (not name, name))
    found = []
    for name in names:
        mine = [slot for slot in slots if slot.owner_name == name]
        found.append(
            AuthorLoad(
                name=name or _("nobody yet"),
                planned=sum(slot.state in (PLANNED, LATE) for slot in mine),
                soon=sum(slot.state == PLANNED and slot.day < soon for slot in mine),
                published=sum(slot.state == PUBLISHED for slot in mine),
                missed=sum(slot.state == MISSED for slot in mine),
            )
        )
    return found


def _gaps(slots: list[SlotRow], today: date, plan_last: date) -> list[date]:
    """Return the Mondays of coming weeks of the plan in which nothing is to be published."""
    taken = {slot.day - timedelta(days=slot.day.weekday()) for slot in slots}
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1)
    gaps = []
    while monday <= plan_last:
        if monday not in taken:
            gaps.append(monday)
        monday += timedelta(weeks=1)
    return gaps


def published_link(ref: str) -> tuple[str, str]:
    """Return the title and address of what filled a slot."""
    return post_title(ref, {}), post_url(ref)
