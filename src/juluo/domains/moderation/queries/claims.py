"""Claims of imported history, for their members and for those who decide."""

from dataclasses import dataclass
from datetime import datetime

from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions
from juluo.domains.moderation.models import Claim
from juluo.domains.moderation.types import ClaimStatus
from juluo.eventlog import reading

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim as those who decide see it."""

    id: int
    member_id: int
    member_name: str
    member_since: datetime
    person_id: int
    person_name: str
    known_as: tuple[tuple[str, str], ...]
    contributions: int
    words: str
    status: str
    status_label: str
    how_label: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str
    rivals: int


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """One's own claim: what to do, and what became of it."""

    id: int
    person_id: int
    person_name: str
    known_as: tuple[tuple[str, str], ...]
    code: str
    status: str
    status_label: str
    how_label: str
    asked_at: datetime
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class HistoryClaim:
    """What a page of someone from elsewhere offers a viewer."""

    person_id: int
    person_name: str
    known_as: tuple[tuple[str, str], ...]
    claim_id: int | None
    may_claim: bool
    may_give: bool


def history_claim(viewer: Member, person_id: int) -> HistoryClaim | None:
    """Return what can be done about the history of someone from elsewhere; None of others."""
    person = members.active_member(person_id)
    if person is None or not permissions.can_be_claimed(person):
        return None
    known_as = tuple(members.outside_names(person_id))
    if not known_as:
        return None
    mine = Claim.objects.filter(member_id=viewer.pk, person=person, status=ClaimStatus.OPEN)
    is_person = viewer.kind == Member.Kind.PERSON and viewer.email is not None
    return HistoryClaim(
        person_id=person_id,
        person_name=person.display_name,
        known_as=known_as,
        claim_id=mine.values_list("pk", flat=True).first(),
        may_claim=is_person,
        may_give=permissions.can_decide_claims(viewer),
    )


def claim_view(*, claim_id: int, member_id: int) -> ClaimView | None:
    """Return a claim to the member whose it is. Two queries."""
    rows = Claim.objects.select_related("person").filter(pk=claim_id, member_id=member_id)
    row = rows.first()
    if row is None:
        return None
    return ClaimView(
        id=row.pk,
        person_id=row.person_id,
        person_name=row.person.display_name,
        known_as=tuple(members.outside_names(row.person_id)),
        code=row.code,
        status=row.status,
        status_label=row.get_status_display(),
        how_label=row.get_how_display(),
        asked_at=row.asked_at,
        is_open=row.status == ClaimStatus.OPEN,
    )


def claims(*, waiting: bool) -> list[ClaimRow]:
    """Return claims that wait, oldest first, or those decided, newest first. Three queries."""
    rows = Claim.objects.select_related("person", "member", "decided_by")
    if waiting:
        found = list(rows.filter(status=ClaimStatus.OPEN).order_by("asked_at", "pk")[:PAGE])
    else:
        decided = rows.exclude(status=ClaimStatus.OPEN)
        found = list(decided.order_by("-decided_at", "-pk")[:PAGE])
    persons = [row.person_id for row in found]
    known, did = members.outside_names_of(persons), reading.summaries(persons)
    return [
        ClaimRow(
            id=row.pk,
            member_id=row.member_id,
            member_name=row.member.display_name,
            member_since=row.member.joined_at,
            person_id=row.person_id,
            person_name=row.person.display_name,
            known_as=tuple(known.get(row.person_id, ())),
            contributions=did[row.person_id].contributions if row.person_id in did else 0,
            words=row.words,
            status=row.status,
            status_label=row.get_status_display(),
            how_label=row.get_how_display(),
            asked_at=row.asked_at,
            decided_at=row.decided_at,
            decided_by=row.decided_by.display_name if row.decided_by else "",
            rivals=persons.count(row.person_id) - 1 if waiting else 0,
        )
        for row in found
    ]


def claims_waiting() -> int:
    """Return how many claims wait for somebody. One query."""
    return Claim.objects.filter(status=ClaimStatus.OPEN).count()
