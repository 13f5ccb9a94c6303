"""One case as a moderator sees it: what was flagged, what stands there now, whose it is."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from juluo.domains.discussions import permissions as spaces
from juluo.domains.discussions import queries as discussions
from juluo.domains.members.types import Member
from juluo.domains.messaging import queries as messaging
from juluo.domains.moderation import permissions
from juluo.domains.moderation.models import Case, Decision, Flag, Objection, Sanction
from juluo.domains.moderation.types import Act, Kind, Outcome, Reason, SanctionKind, Status
from juluo.lib.talk_html import first_words, talk_html

EARLIER = 10


@dataclass(frozen=True, kw_only=True)
class FlagView:
    """One flag, and how many earlier ones of the same member were acted on, of how many."""

    member_id: int
    name: str
    reason: str
    words: str
    at: datetime
    right: int
    judged: int


@dataclass(frozen=True, kw_only=True)
class Before:
    """What was said before a flagged private message; ``html`` is safe."""

    name: str
    html: SafeString
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EarlierCase:
    """Another case about something of the same author."""

    id: int
    kind_label: str
    excerpt: str
    status_label: str
    acts: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Record:
    """What there was with an author before, as far as this moderator sees it."""

    warnings: int
    suspensions: int
    cases: tuple[EarlierCase, ...]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided."""

    acts: tuple[str, ...]
    reason: str
    words: str
    by_name: str
    is_mine: bool
    at: datetime
    guidelines: int | None
    suspended_until: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True, kw_only=True)
class Objected:
    """What the author says against it, and what became of that."""

    words: str
    at: datetime
    waits: bool
    outcome: str
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case with everything to decide it by; HTML is safe.

    ``now_html`` is absent where only those in the conversation may see what stands there now.
    """

    id: int
    kind: str
    kind_label: str
    status: str
    status_label: str
    author_id: int | None
    author_name: str
    author_is_active: bool
    space_id: int | None
    space_name: str
    url: str
    title: str
    html: SafeString
    before: tuple[Before, ...]
    now_title: str
    now_html: SafeString | None
    is_unchanged: bool
    is_gone: bool
    is_away: bool
    first_aid_at: datetime | None
    opened_at: datetime
    flags: tuple[FlagView, ...]
    record: Record | None
    decided: Decided | None
    objected: Objected | None
    taken_by: str
    is_taken_by_me: bool
    taken_until: datetime | None
    may_decide: bool
    may_suspend: bool
    may_warn: bool
    may_hide: bool
    may_decide_objection: bool
    may_withdraw: bool


def case_view(*, case_id: int, viewer: Member, now: datetime) -> CaseView | None:
    """Return a case to a moderator who sees it; to everybody else None. Eleven queries at most."""
    rows = Case.objects.select_related(
        "author", "space", "taken_by", "decision__by", "decision__withdrawn_by",
        "objection__decided_by",
    )  # fmt: skip
    case = rows.filter(permissions.cases_for(viewer), pk=case_id).first()
    if case is None:
        return None
    now_there = _now(case)
    is_held = case.taken_until is not None and case.taken_until > now
    held_by_other = is_held and case.taken_by_id != viewer.pk
    may = permissions.can_decide(viewer, case) and not held_by_other
    decision: Decision | None = getattr(case, "decision", None)
    has_account = case.author is not None and case.author.email is not None
    return CaseView(
        id=case.pk,
        kind=case.kind,
        kind_label=case.get_kind_display(),
        status=case.status,
        status_label=case.get_status_display(),
        author_id=case.author_id,
        author_name=case.author.display_name if case.author else "",
        author_is_active=case.author.is_active if case.author else True,
        space_id=case.space_id,
        space_name=case.space.name if case.space else "",
        url=_url(case, viewer),
        title=case.title,
        html=talk_html(case.body, case.body_format),
        before=_before(case),
        now_title=now_there[0] if now_there else "",
        now_html=talk_html(now_there[1], now_there[2]) if now_there else None,
        is_unchanged=now_there is not None and now_there[:2] == (case.title, case.body),
        is_gone=now_there is None or now_there[3],
        is_away=case.is_away,
        first_aid_at=case.first_aid_at,
        opened_at=case.opened_at,
        flags=_flags(case),
        record=_record(case, viewer),
        decided=_decided(case, decision, viewer),
        objected=_objected(case),
        taken_by=case.taken_by.display_name if is_held and case.taken_by else "",
        is_taken_by_me=is_held and case.taken_by_id == viewer.pk,
        taken_until=case.taken_until if is_held else None,
        may_decide=may and case.status == Status.OPEN,
        may_suspend=case.author is not None
        and has_account
        and permissions.can_suspend(viewer, case.author),
        may_warn=has_account,
        may_hide=case.kind != Kind.PROFILE,
        may_decide_objection=may
        and case.status == Status.OBJECTED
        and decision is not None
        and decision.by_id != viewer.pk,
        may_withdraw=may and case.status in {Status.DECIDED, Status.CLOSED},
    )


def _now(case: Case) -> tuple[str, str, str, bool] | None:
    """Return title, text and format as they are now, and whether it is away."""
    number = int(case.subject.partition(":")[2])
    if case.kind in {Kind.PRIVATE, Kind.PROFILE}:
        return None
    if case.kind == Kind.MESSAGE:
        line = messaging.message_now(number)
        return ("", line.body, line.body_format, line.is_away) if line else None
    said = discussions.piece_now(case.subject)
    return (said.title, said.body, said.body_format, said.is_away) if said else None


def _url(case: Case, viewer: Member) -> str:
    """Return where it stands, for those who may read it there."""
    number = int(case.subject.partition(":")[2])
    if case.kind == Kind.PROFILE:
        return reverse("members:profile", args=[number])
    if case.kind == Kind.MESSAGE:
        readable = messaging.message_for(message_id=number, viewer=viewer)
        return reverse("messaging:message", args=[number]) if readable else ""
    if case.kind == Kind.PRIVATE or not spaces.can_read_space(viewer, case.space_id or 0):
        return ""
    return reverse("discussions:talk", args=[case.subject.replace(":", "-")])


def _before(case: Case) -> tuple[Before, ...]:
    return tuple(
        Before(
            name=str(each["name"]),
            html=talk_html(str(each["body"]), "markdown"),
            at=parse_datetime(str(each["at"])),
        )
        for each in case.context
    )


def _flags(case: Case) -> tuple[FlagView, ...]:
    """Return the flags, oldest first, with what became of earlier ones of each. Two queries."""
    rows = list(case.flags.select_related("member").order_by("at", "pk"))
    decided = Flag.objects.filter(
        member_id__in=[row.member_id for row in rows], case__decision__withdrawn_at=None
    ).exclude(case_id=case.pk)
    judged: dict[int, list[bool]] = {}
    pairs = decided.exclude(case__status=Status.OPEN).values_list(
        "member_id", "case__decision__acts"
    )
    for member_id, acts in pairs:
        judged.setdefault(member_id, []).append(acts != [Act.DISMISS])
    return tuple(
        FlagView(
            member_id=row.member_id,
            name=row.member.display_name,
            reason=row.get_reason_display(),
            words=row.words,
            at=row.at,
            right=sum(judged.get(row.member_id, ())),
            judged=len(judged.get(row.member_id, ())),
        )
        for row in rows
    )


def _record(case: Case, viewer: Member) -> Record | None:
    if case.author_id is None:
        return None
    seen = Case.objects.filter(permissions.cases_for(viewer), author_id=case.author_id)
    earlier = seen.exclude(pk=case.pk).select_related("decision").order_by("-opened_at", "-pk")
    sanctions = Sanction.objects.filter(
        case__in=seen, case__decision__withdrawn_at=None
    ).values_list("kind", flat=True)
    kinds = list(sanctions)
    return Record(
        warnings=kinds.count(SanctionKind.WARNING),
        suspensions=kinds.count(SanctionKind.SUSPENSION),
        cases=tuple(_earlier(each) for each in earlier[:EARLIER]),
    )


def _earlier(case: Case) -> EarlierCase:
    decision: Decision | None = getattr(case, "decision", None)
    return EarlierCase(
        id=case.pk,
        kind_label=case.get_kind_display(),
        excerpt=case.title or first_words(case.body, case.body_format, length=80),
        status_label=case.get_status_display(),
        acts=labels_of(decision.acts) if decision else (),
        at=case.opened_at,
    )


def labels_of(acts: list[str]) -> tuple[str, ...]:
    """Return what was decided, in words."""
    return tuple(str(Act(each).label) for each in acts)


def _decided(case: Case, decision: Decision | None, viewer: Member) -> Decided | None:
    if decision is None:
        return None
    suspension = case.sanctions.filter(kind=SanctionKind.SUSPENSION).first()
    return Decided(
        acts=labels_of(decision.acts),
        reason=str(Reason(decision.reason).label) if decision.reason else "",
        words=decision.words,
        by_name=decision.by.display_name,
        is_mine=decision.by_id == viewer.pk,
        at=decision.at,
        guidelines=decision.guidelines,
        suspended_until=suspension.until if suspension else None,
        withdrawn_at=decision.withdrawn_at,
        withdrawn_by=decision.withdrawn_by.display_name if decision.withdrawn_by else "",
    )


def _objected(case: Case) -> Objected | None:
    row: Objection | None = getattr(case, "objection", None)
    if row is None:
        return None
    return Objected(
        words=row.words,
        at=row.at,
        waits=row.outcome == Outcome.WAITS,
        outcome=row.get_outcome_display(),
        decided_by=row.decided_by.display_name if row.decided_by else "",
    )
