"""Plans in lists, and one plan as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils.safestring import SafeString

from juluo.domains.members import queries as members
from juluo.domains.planning.models import Plan, PlanComment, PlanSection
from juluo.domains.planning.rules.sections import SECTIONS
from juluo.lib.talk_html import talk_html


@dataclass(frozen=True, kw_only=True)
class PlanCard:
    """A plan in a list."""

    id: int
    kind: str
    kind_label: str
    title: str
    first: date
    last: date
    status: str
    status_label: str
    owner_id: int
    owner: str
    version: int
    parent_id: int | None
    is_running: bool


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A remark on a plan."""

    id: int
    section_key: str
    section: str
    author_id: int
    author: str
    text: str
    written_at: datetime
    resolved_at: datetime | None
    resolved_by: str


@dataclass(frozen=True, kw_only=True)
class SectionShown:
    """A section of a plan: what was written, or what should be."""

    key: str
    title: str
    guidance: str
    text: str
    html: SafeString
    edited_at: datetime | None
    edited_by: str
    live: str


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """A plan with its sections and remarks."""

    card: PlanCard
    is_open: bool
    positioning_id: int | None
    created_at: datetime
    created_by: str
    sections: tuple[SectionShown, ...]
    comments: tuple[Comment, ...]

    @property
    def written(self) -> int:
        """How many sections have words."""
        return sum(1 for section in self.sections if section.text)

    @property
    def open_comments(self) -> int:
        """How many remarks wait to be dealt with."""
        return sum(1 for comment in self.comments if comment.resolved_at is None)


def plans(*, today: date, include_closed: bool = True) -> list[PlanCard]:
    """Return the plans, newest first; those that run today before the others."""
    rows = _with_version().order_by("-start", "-id")
    if not include_closed:
        rows = rows.exclude(status=Plan.Status.CLOSED)
    found = list(rows)
    names = members.names([row.owner_id for row in found])
    cards = [_card(row, names, today) for row in found]
    return sorted(cards, key=lambda card: not card.is_running)


def running_plan_ids(*, today: date) -> list[int]:
    """Return the plans that cover a day and are not closed."""
    running = Plan.objects.exclude(status=Plan.Status.CLOSED)
    days = running.filter(start__lte=today, end__gt=today).order_by("start", "id")
    return list(days.values_list("pk", flat=True))


def plan_titles(ids: Iterable[int]) -> dict[int, str]:
    """Return what plans are called."""
    return dict(Plan.objects.filter(pk__in=set(ids)).values_list("pk", "title"))


def plan_choices() -> list[tuple[int, str]]:
    """Return ``(id, title)`` of the plans that can still change, newest first."""
    rows = Plan.objects.exclude(status=Plan.Status.CLOSED).order_by("-start", "-id")
    return list(rows.values_list("pk", "title"))


def plan_card(plan_id: int, *, today: date) -> PlanCard | None:
    """Return one plan, or None if there is no such plan."""
    row = _with_version().filter(pk=plan_id).first()
    return _card(row, members.names([row.owner_id]), today) if row else None


def plan_page(plan_id: int, *, today: date, language: str) -> PlanPage | None:
    """Return a plan with its sections and remarks, or None if there is no such plan."""
    row = _with_version().filter(pk=plan_id).first()
    if row is None:
        return None
    sections = list(row.sections.all())
    remarks = list(row.comments.order_by("written_at", "id"))
    names = members.names(_everyone(row, sections, remarks))
    return PlanPage(
        card=_card(row, names, today),
        is_open=row.is_open,
        positioning_id=row.positioning_id,
        created_at=row.created_at,
        created_by=names.get(row.created_by_id, ""),
        sections=tuple(_section(each, names, language) for each in sections),
        comments=tuple(_comment(each, names, language) for each in remarks),
    )


def section_text(plan_id: int, key: str) -> str | None:
    """Return what a section says, or None if the plan has no such section."""
    found = PlanSection.objects.filter(plan_id=plan_id, key=key)
    return found.values_list("text", flat=True).first()


def _with_version() -> QuerySet[Plan]:
    return Plan.objects.annotate(latest=Max("versions__number"))


def _everyone(
    row: Plan, sections: Iterable[PlanSection], remarks: Iterable[PlanComment]
) -> list[int]:
    ids = {row.owner_id, row.created_by_id}
    ids |= {each.edited_by_id for each in sections if each.edited_by_id}
    for remark in remarks:
        ids |= {remark.author_id, remark.resolved_by_id or remark.author_id}
    return sorted(ids)


def _card(row: Plan, names: dict[int, str], today: date) -> PlanCard:
    return PlanCard(
        id=row.pk,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=row.title,
        first=row.start,
        last=row.end - timedelta(days=1),
        status=row.status,
        status_label=row.get_status_display(),
        owner_id=row.owner_id,
        owner=names.get(row.owner_id, ""),
        version=getattr(row, "latest", None) or 0,
        parent_id=row.parent_id,
        is_running=row.is_running(today),
    )


def _section(row: PlanSection, names: dict[int, str], language: str) -> SectionShown:
    told = SECTIONS[row.key]
    return SectionShown(
        key=row.key,
        title=told.title.in_language(language),
        guidance=told.guidance.in_language(language),
        text=row.text,
        html=talk_html(row.text, "markdown") if row.text else SafeString(""),
        edited_at=row.edited_at,
        edited_by=names.get(row.edited_by_id or 0, ""),
        live=told.live,
    )


def _comment(row: PlanComment, names: dict[int, str], language: str) -> Comment:
    told = SECTIONS.get(row.section_key)
    return Comment(
        id=row.pk,
        section_key=row.section_key,
        section=told.title.in_language(language) if told else "",
        author_id=row.author_id,
        author=names.get(row.author_id, ""),
        text=row.text,
        written_at=row.written_at,
        resolved_at=row.resolved_at,
        resolved_by=names.get(row.resolved_by_id or 0, ""),
    )
