"""Decide about a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from juluo.domains.members import queries as members
from juluo.domains.members.services import record_audited, tidy_profile
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Case, Decision
from juluo.domains.moderation.services import telling
from juluo.domains.moderation.services.effects import put_back, take_away
from juluo.domains.moderation.services.refusals import AlreadyDecided, CannotBe, NotAllowed
from juluo.domains.moderation.services.sanctions import suspend_author, warn_author
from juluo.domains.moderation.services.taking import held_case
from juluo.domains.moderation.types import Act, Kind, Reason, Status
from juluo.events.base import reference
from juluo.events.moderation import CaseDecided


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a moderator chose; ``until`` ends a suspension, absent: for good."""

    acts: tuple[str, ...]
    reason: str = ""
    words: str = ""
    until: datetime | None = None


@transaction.atomic
def decide(
    *,
    case_id: int,
    actor: Member,
    acts: Sequence[str],
    reason: str = "",
    words: str = "",
    until: datetime | None = None,
    at: datetime,
    address: str | None = None,
) -> Decision:
    """Decide about a case, do what follows from it, and tell its author and who flagged.

    :raises NotThere: if there is no such case for them.
    :raises NotAllowed: if the author stands above them, or it is not theirs to suspend.
    :raises TakenByOther: if another moderator has it.
    :raises AlreadyDecided: if somebody has decided.
    :raises CannotBe: if this makes no decision.
    """
    case = held_case(case_id, actor, at)
    if case.status != Status.OPEN:
        raise AlreadyDecided
    wanted = Wanted(
        acts=tuple(each for each in Act.values if each in acts),
        reason="" if Act.DISMISS in acts else reason,
        words=rules.tidy(words, rules.TO_AUTHOR),
        until=until,
    )
    _require_possible(case, actor, wanted, acts, at)
    decision = _kept(case, actor, wanted, at)
    _carry_out(case, actor, wanted, at, address)
    _record(case, decision, at, address)
    telling.of_decision(case, decision, until=until, at=at)
    return decision


def _require_possible(
    case: Case, actor: Member, wanted: Wanted, acts: Sequence[str], at: datetime
) -> None:
    if not permissions.can_decide(actor, case):
        raise NotAllowed
    has_author = case.author is not None and case.author.email is not None
    if not rules.are_possible(acts, kind=case.kind, has_author=has_author):
        raise CannotBe
    if Act.DISMISS not in wanted.acts and wanted.reason not in Reason.values:
        raise CannotBe
    if Act.SUSPEND in wanted.acts and wanted.until is not None and wanted.until <= at:
        raise CannotBe
    if case.author is None:
        return
    if Act.SUSPEND in wanted.acts and not permissions.can_suspend(actor, case.author):
        raise NotAllowed
    tidies = case.kind == Kind.PROFILE and Act.REMOVE in wanted.acts
    if tidies and not permissions.can_tidy_profile(actor, case.author):
        raise NotAllowed


def _kept(case: Case, actor: Member, wanted: Wanted, at: datetime) -> Decision:
    current = members.guidelines()
    decision = Decision.objects.create(
        case=case,
        acts=list(wanted.acts),
        reason=wanted.reason,
        words=wanted.words,
        guidelines=current.number if current else None,
        by=actor,
        at=at,
    )
    case.status, case.taken_by, case.taken_until = Status.DECIDED, None, None
    return decision


def _carry_out(
    case: Case, actor: Member, wanted: Wanted, at: datetime, address: str | None
) -> None:
    if Act.DISMISS in wanted.acts and case.is_away:
        put_back(case, actor_id=actor.pk, at=at)
        case.is_away = False
    if rules.TAKES_AWAY & set(wanted.acts) and not case.is_away:
        case.is_away = _taken_away(case, actor, at, address)
    case.save(update_fields=["status", "taken_by", "taken_until", "is_away"])
    if Act.WARN in wanted.acts:
        warn_author(case, at=at)
    if Act.SUSPEND in wanted.acts:
        suspend_author(case, actor=actor, until=wanted.until, at=at, address=address)


def _taken_away(case: Case, actor: Member, at: datetime, address: str | None) -> bool:
    if case.kind != Kind.PROFILE:
        return take_away(case, actor_id=actor.pk, at=at)
    tidy_profile(actor_id=actor.pk, member_id=case.author_id or 0, at=at, address=address)
    return True


def _record(case: Case, decision: Decision, at: datetime, address: str | None) -> None:
    event = CaseDecided(
        case_id=case.pk,
        acts=",".join(decision.acts),
        reason=decision.reason,
        guidelines=decision.guidelines,
        space_id=case.space_id,
        value=(at - case.opened_at).total_seconds(),
    )
    record_audited(
        event,
        subject=reference("case", case.pk),
        actor_id=decision.by_id,
        details={"acts": decision.acts, "reason": decision.reason},
        address=address,
        at=at,
    )
