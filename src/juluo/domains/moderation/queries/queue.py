"""The queue of cases as one moderator sees it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise

from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions
from juluo.domains.moderation.models import Case, Decision, FirstAid, Flag
from juluo.domains.moderation.types import Reason, Status
from juluo.lib.talk_html import first_words

PAGE = 30
EXCERPT = 160
COUNTED_FOR = timedelta(days=90)
SHOWN: dict[str, Collection[str]] = {
    "waiting": (Status.OPEN, Status.OBJECTED),
    "decided": (Status.DECIDED, Status.CLOSED, Status.WITHDRAWN),
}


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A case in the queue; ``reasons`` are labels with how many flags gave them."""

    id: int
    kind: str
    kind_label: str
    status: str
    status_label: str
    author_name: str
    space_name: str
    excerpt: str
    reasons: tuple[tuple[str, int], ...]
    flags: int
    opened_at: datetime
    is_away: bool
    taken_by: str
    is_taken_by_me: bool


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """One page of the queue, and from where it goes on."""

    rows: tuple[CaseRow, ...]
    next_after: int | None
    total: int


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """How many cases wait for somebody, and since when the oldest does."""

    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ReasonCount:
    """How often a reason was given in flags, and in decisions that went against the author."""

    label: str | Promise
    flags: int
    decisions: int


def queue(
    *,
    viewer: Member,
    now: datetime,
    show: str = "waiting",
    reason: str = "",
    kind: str = "",
    space: int | None = None,
    after: int | None = None,
) -> QueuePage:
    """Return cases, the oldest first; decided ones the newest first. Three queries, or four."""
    cases = Case.objects.filter(permissions.cases_for(viewer))
    cases = cases.filter(status__in=SHOWN.get(show, SHOWN["waiting"]))
    if kind:
        cases = cases.filter(kind=kind)
    if space is not None:
        cases = cases.filter(space_id=space)
    if reason:
        cases = cases.filter(pk__in=Flag.objects.filter(reason=reason).values("case_id"))
    total = cases.count()
    cases = _from(cases, after, newest_first=show == "decided")
    found = list(cases.select_related("author", "space", "taken_by")[: PAGE + 1])
    shown = found[:PAGE]
    reasons = _reasons([case.pk for case in shown])
    return QueuePage(
        rows=tuple(_row(case, reasons[case.pk], viewer, now) for case in shown),
        next_after=shown[-1].pk if len(found) > PAGE else None,
        total=total,
    )


def backlog(*, viewer: Member) -> Backlog:
    """Return how much waits for this moderator. One query, or two."""
    waiting = Case.objects.filter(
        permissions.cases_for(viewer), status__in=SHOWN["waiting"]
    ).aggregate(count=Count("pk"), oldest=Min("opened_at"))
    return Backlog(waiting=waiting["count"], oldest_at=waiting["oldest"])


def reason_counts(*, viewer: Member, now: datetime) -> list[ReasonCount]:
    """Return how often each reason was given lately, the most frequent first. Two queries."""
    since = now - COUNTED_FOR
    mine = Case.objects.filter(permissions.cases_for(viewer)).values("pk")
    flags = Flag.objects.filter(case_id__in=mine, at__gte=since)
    decisions = Decision.objects.filter(case_id__in=mine, at__gte=since, withdrawn_at=None)
    given = dict(flags.order_by().values_list("reason").annotate(Count("pk")))
    held = dict(decisions.exclude(reason="").order_by().values_list("reason").annotate(Count("pk")))
    rows = [
        ReasonCount(label=each.label, flags=given.get(each, 0), decisions=held.get(each, 0))
        for each in Reason
        if given.get(each) or held.get(each)
    ]
    return sorted(rows, key=lambda row: (-row.flags, -row.decisions))


def first_aid() -> tuple[int, int]:
    """Return how many voices hide something for now, and how old those members are in days."""
    row = FirstAid.objects.first() or FirstAid()
    return row.hide_after, row.days_old


def _from(cases: QuerySet[Case], after: int | None, *, newest_first: bool) -> QuerySet[Case]:
    order = ("-opened_at", "-pk") if newest_first else ("opened_at", "pk")
    last = Case.objects.filter(pk=after).first() if after is not None else None
    if last is not None:
        side = "lt" if newest_first else "gt"
        beyond = Q(**{f"opened_at__{side}": last.opened_at})
        cases = cases.filter(beyond | Q(opened_at=last.opened_at, **{f"pk__{side}": last.pk}))
    return cases.order_by(*order)


def _reasons(case_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    found = Flag.objects.filter(case_id__in=case_ids).order_by()
    counted = found.values_list("case_id", "reason").annotate(Count("pk"))
    reasons: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for case_id, reason, count in counted:
        reasons[case_id].append((str(Reason(reason).label), count))
    return reasons


def _row(case: Case, reasons: list[tuple[str, int]], viewer: Member, now: datetime) -> CaseRow:
    is_held = case.taken_until is not None and case.taken_until > now
    return CaseRow(
        id=case.pk,
        kind=case.kind,
        kind_label=case.get_kind_display(),
        status=case.status,
        status_label=case.get_status_display(),
        author_name=case.author.display_name if case.author else "",
        space_name=case.space.name if case.space else "",
        excerpt=case.title or first_words(case.body, case.body_format, length=EXCERPT),
        reasons=tuple(sorted(reasons, key=lambda pair: (-pair[1], pair[0]))),
        flags=sum(count for _label, count in reasons),
        opened_at=case.opened_at,
        is_away=case.is_away,
        taken_by=case.taken_by.display_name if is_held and case.taken_by else "",
        is_taken_by_me=is_held and case.taken_by_id == viewer.pk,
    )
