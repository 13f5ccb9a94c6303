"""The author answers a decision once; another moderator decides."""

from datetime import datetime

from django.db import transaction

from juluo.domains.members import services as members
from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Case, Decision, Objection
from juluo.domains.moderation.services import telling
from juluo.domains.moderation.services.effects import number_of, put_back
from juluo.domains.moderation.services.refusals import (
    AlreadyDecided,
    CannotBe,
    NotAllowed,
    NotThere,
    SaidNothing,
)
from juluo.domains.moderation.services.sanctions import lift_sanctions
from juluo.domains.moderation.services.taking import held_case
from juluo.domains.moderation.types import Act, Kind, Outcome, SanctionKind, Status
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.moderation import DecisionObjected, DecisionWithdrawn, ObjectionDecided


@transaction.atomic
def object_to(*, case_id: int, member_id: int, words: str, at: datetime) -> None:
    """Keep what the author says against a decision; a suspended author may, too.

    :raises NotThere: if there is no decision about something of theirs.
    :raises AlreadyDecided: if they answered already, or the decision no longer stands.
    :raises SaidNothing: if there are no words.
    """
    rows = Case.objects.select_for_update().filter(pk=case_id, author_id=member_id)
    case = rows.exclude(status=Status.OPEN).first()
    if case is None or case.decision.acts == [Act.DISMISS]:
        raise NotThere
    if case.status != Status.DECIDED:
        raise AlreadyDecided
    kept = rules.tidy(words, rules.OBJECTION)
    if not kept:
        raise SaidNothing
    Objection.objects.create(case=case, words=kept, at=at)
    case.status = Status.OBJECTED
    case.save(update_fields=["status"])
    event = DecisionObjected(case_id=case_id, space_id=case.space_id)
    record(event, at=at, actor_id=member_id)
    telling.of_objection(case, decided_by=case.decision.by_id, at=at)


@transaction.atomic
def decide_objection(
    *, case_id: int, actor: Member, outcome: str, at: datetime, address: str | None = None
) -> None:
    """Let a decision stand, or withdraw it, after its author objected.

    :raises NotThere: if there is no such case for them.
    :raises NotAllowed: if they decided the first time, or the author stands above them.
    :raises TakenByOther: if another moderator has it.
    :raises AlreadyDecided: if no objection waits.
    :raises CannotBe: if there is no such outcome.
    """
    case = held_case(case_id, actor, at)
    if case.status != Status.OBJECTED:
        raise AlreadyDecided
    if outcome not in {Outcome.UPHELD, Outcome.OVERTURNED}:
        raise CannotBe
    if case.decision.by_id == actor.pk or not permissions.can_decide(actor, case):
        raise NotAllowed
    Objection.objects.filter(case=case).update(outcome=outcome, decided_by=actor, decided_at=at)
    event = ObjectionDecided(case_id=case_id, outcome=outcome, space_id=case.space_id)
    subject = reference("case", case_id)
    record_audited(event, subject=subject, actor_id=actor.pk, at=at, address=address)
    if outcome == Outcome.OVERTURNED:
        _take_back(case, actor, at, address)
    else:
        _finish(case, Status.CLOSED)
        telling.of_upholding(case, at=at)


@transaction.atomic
def withdraw(*, case_id: int, actor: Member, at: datetime, address: str | None = None) -> None:
    """Take a decision back, with everything it did.

    :raises NotThere: if there is no such case for them.
    :raises NotAllowed: if the author stands above them, or it is not theirs to reinstate.
    :raises TakenByOther: if another moderator has it.
    :raises AlreadyDecided: if no decision stands.
    """
    case = held_case(case_id, actor, at)
    if case.status not in {Status.DECIDED, Status.CLOSED}:
        raise AlreadyDecided
    if not permissions.can_decide(actor, case):
        raise NotAllowed
    _take_back(case, actor, at, address)


def _take_back(case: Case, actor: Member, at: datetime, address: str | None) -> None:
    suspended = case.sanctions.filter(kind=SanctionKind.SUSPENSION, ended_at=None).exists()
    if suspended and (case.author is None or not permissions.can_suspend(actor, case.author)):
        raise NotAllowed
    if case.is_away:
        _bring_back(case, actor, at)
        case.is_away = False
    lift_sanctions(case, actor=actor, at=at, address=address)
    Decision.objects.filter(case=case).update(withdrawn_by=actor, withdrawn_at=at)
    _finish(case, Status.WITHDRAWN)
    event = DecisionWithdrawn(case_id=case.pk, space_id=case.space_id)
    subject = reference("case", case.pk)
    record_audited(event, subject=subject, actor_id=actor.pk, at=at, address=address)
    if case.decision.acts != [Act.DISMISS]:
        telling.of_withdrawal(case, at=at)


def _bring_back(case: Case, actor: Member, at: datetime) -> None:
    if case.kind != Kind.PROFILE:
        put_back(case, actor_id=actor.pk, at=at)
        return
    # The picture is gone; the words are given back unless new ones stand there.
    member_id = number_of(case)
    members.give_words_back(member_id=member_id, bio=case.body, at=at)


def _finish(case: Case, status: str) -> None:
    case.status, case.taken_by, case.taken_until = status, None, None
    case.save(update_fields=["status", "taken_by", "taken_until", "is_away"])
