"""Members claim imported history; with a proof or an approval two become one."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from juluo.domains.discussions import queries as discussions
from juluo.domains.discussions import services as talk
from juluo.domains.members import services as members
from juluo.domains.members.services import Limit, NotOnePerson, record_audited, take
from juluo.domains.members.types import Member
from juluo.domains.messaging import queries as messaging
from juluo.domains.messaging import services as chats
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Claim
from juluo.domains.moderation.services import telling
from juluo.domains.moderation.services.refusals import (
    AlreadyDecided,
    NotAllowed,
    NotThere,
    TooMany,
)
from juluo.domains.moderation.types import ClaimStatus, How
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.moderation import ClaimApproved, ClaimDeclined, ClaimMade, ClaimUndone

CLAIMS = Limit(burst=5, per_hour=5 / 24)
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def claim_history(*, person_id: int, member: Member, words: str = "", at: datetime) -> Claim:
    """Keep that a member says: this person from elsewhere is me. Said again, it is the same claim.

    :raises NotThere: if there is no such person to claim.
    :raises NotAllowed: if the member cannot be one with someone else.
    :raises TooMany: if they claimed too many lately.
    """
    person = _claimable(person_id)
    if member.email is None or member.kind != Member.Kind.PERSON or not member.is_active:
        raise NotAllowed
    found = Claim.objects.filter(person=person, member=member, status=ClaimStatus.OPEN).first()
    if found is not None:
        return found
    if not take(key=f"claim:{member.pk}", limit=CLAIMS, at=at):
        raise TooMany
    claim, is_new = Claim.objects.get_or_create(
        person=person,
        member=member,
        status=ClaimStatus.OPEN,
        defaults={"words": rules.tidy(words, rules.WORDS), "code": new_code(), "asked_at": at},
    )
    if is_new:
        record(_event(ClaimMade, claim), at=at, actor_id=member.pk)
        telling.of_claim(
            claim_id=claim.pk, name=member.display_name, person=person.display_name, at=at
        )
    return claim


@transaction.atomic
def drop_claim(*, claim_id: int, member: Member, at: datetime) -> None:
    """Take back one's own claim.

    :raises NotThere: if one has none that waits.
    """
    claim = _held(claim_id)
    if claim.member_id != member.pk or claim.status != ClaimStatus.OPEN:
        raise NotThere
    _close(claim, ClaimStatus.DROPPED, actor_id=member.pk, at=at)
    record(_event(ClaimDeclined, claim), at=at, actor_id=member.pk)


@transaction.atomic
def approve_claim(*, claim_id: int, actor: Member, at: datetime) -> None:
    """Believe a claim: the two become one member.

    :raises NotThere: if there is none.
    :raises NotAllowed: if it is not theirs to decide, or their own.
    :raises AlreadyDecided: if it no longer waits, or they are one with somebody already.
    """
    claim = _to_decide(claim_id, actor)
    _make_true(claim, how=How.STAFF, actor_id=actor.pk, at=at)


@transaction.atomic
def decline_claim(*, claim_id: int, actor: Member, at: datetime) -> None:
    """Do not believe a claim; refuses as :func:`approve_claim` does."""
    claim = _to_decide(claim_id, actor)
    _close(claim, ClaimStatus.DECLINED, actor_id=actor.pk, at=at)
    record_audited(
        _event(ClaimDeclined, claim), subject=_reference(claim), actor_id=actor.pk, at=at
    )
    _tell(claim, "declined", at)


@transaction.atomic
def give_history(*, person_id: int, member_id: int, actor: Member, at: datetime) -> Claim:
    """Say for a member that someone from elsewhere is them.

    :raises NotThere: if there is no such person, or no such member.
    :raises NotAllowed: if that is not theirs to say, or it is about themselves.
    :raises AlreadyDecided: if they are one with somebody already.
    """
    if not permissions.can_decide_claims(actor) or member_id == actor.pk:
        raise NotAllowed
    person = _claimable(person_id)
    member = Member.objects.filter(pk=member_id, is_active=True).exclude(email=None).first()
    if member is None:
        raise NotThere
    claim, _is_new = Claim.objects.get_or_create(
        person=person,
        member=member,
        status=ClaimStatus.OPEN,
        defaults={"code": new_code(), "asked_at": at},
    )
    _make_true(_held(claim.pk), how=How.STAFF, actor_id=actor.pk, at=at)
    return claim


def check_proofs(*, at: datetime, claim_id: int | None = None) -> int:
    """Make true every claim whose code the person has posted at the old place; return how many."""
    waiting = Claim.objects.filter(status=ClaimStatus.OPEN)
    if claim_id is not None:
        waiting = waiting.filter(pk=claim_id)
    found = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(_check(pk, at) for pk in found)


@transaction.atomic
def undo_claim(*, claim_id: int, actor: Member, at: datetime) -> None:
    """Make two of them again; refuses as :func:`approve_claim` does."""
    if not permissions.can_decide_claims(actor):
        raise NotAllowed
    claim = _held(claim_id)
    if claim.status != ClaimStatus.APPROVED:
        raise AlreadyDecided
    both = {"person_id": claim.person_id, "member_id": claim.member_id}
    members.part_again(**both, identity_ids=claim.identities, actor_id=actor.pk, at=at)
    talk.hand_back(**both, moved=claim.moved)
    chats.hand_back_messages(**both, moved=claim.moved.get("message", []))
    claim.status, claim.decided_by, claim.decided_at = ClaimStatus.UNDONE, actor, at
    claim.moved, claim.identities = {}, []
    claim.save()
    record_audited(_event(ClaimUndone, claim), subject=_reference(claim), actor_id=actor.pk, at=at)
    _tell(claim, "undone", at)


def new_code() -> str:
    """Return a code that nobody guesses, easy to copy by hand."""
    return "juluo-" + "".join(secrets.choice(LETTERS) for _ in range(16))


@transaction.atomic
def _check(claim_id: int, at: datetime) -> bool:
    claim = _held(claim_id)
    if claim.status != ClaimStatus.OPEN or not _is_proven(claim):
        return False
    try:
        with transaction.atomic():
            _make_true(claim, how=How.CODE, actor_id=None, at=at)
    except AlreadyDecided:
        return False
    return True


def _is_proven(claim: Claim) -> bool:
    person_id, code = claim.person_id, claim.code
    return discussions.has_written(author_id=person_id, words=code) or messaging.has_sent(
        author_id=person_id, words=code
    )


def _make_true(claim: Claim, *, how: str, actor_id: int | None, at: datetime) -> None:
    both = {"person_id": claim.person_id, "member_id": claim.member_id}
    try:
        identities = members.become_one(**both, actor_id=actor_id, at=at)
    except NotOnePerson:
        raise AlreadyDecided from None
    moved = talk.hand_over(**both) | {"message": chats.hand_over_messages(**both)}
    claim.identities, claim.moved, claim.how = list(identities), moved, how
    _close(claim, ClaimStatus.APPROVED, actor_id=actor_id, at=at)
    event = _event(ClaimApproved, claim, how=how)
    record_audited(event, subject=_reference(claim), actor_id=actor_id, at=at)
    _tell(claim, "approved", at)
    others = Claim.objects.filter(person_id=claim.person_id, status=ClaimStatus.OPEN)
    for other in others.select_related("person").order_by("pk"):
        _close(other, ClaimStatus.DECLINED, actor_id=actor_id, at=at)
        _tell(other, "declined", at)


def _close(claim: Claim, status: str, *, actor_id: int | None, at: datetime) -> None:
    claim.status, claim.decided_by_id, claim.decided_at = status, actor_id, at
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError:
        raise AlreadyDecided from None


def _to_decide(claim_id: int, actor: Member) -> Claim:
    if not permissions.can_decide_claims(actor):
        raise NotAllowed
    claim = _held(claim_id)
    if claim.status != ClaimStatus.OPEN:
        raise AlreadyDecided
    # Owners alone may have nobody above them to ask; everybody else asks another.
    if claim.member_id == actor.pk and actor.role != Member.Role.OWNER:
        raise NotAllowed
    return claim


def _held(claim_id: int) -> Claim:
    """Return a claim nobody decides meanwhile; the people first, so nobody waits in a circle."""
    pair = Claim.objects.filter(pk=claim_id).values_list("person_id", "member_id").first() or ()
    # Not against foreign keys: others are told of this meanwhile.
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    rows = Claim.objects.select_for_update(of=("self",)).select_related("person", "member")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise NotThere
    return claim


def _claimable(person_id: int) -> Member:
    person = Member.objects.filter(pk=person_id).first()
    has_identity = person is not None and person.identities.exists()
    if person is None or not has_identity or not permissions.can_be_claimed(person):
        raise NotThere
    return person


def _event(kind: type[ClaimMade | ClaimApproved | ClaimDeclined | ClaimUndone], claim: Claim,
           **more: str) -> ClaimMade | ClaimApproved | ClaimDeclined | ClaimUndone:  # fmt: skip
    return kind(claim_id=claim.pk, member_id=claim.member_id, person_id=claim.person_id, **more)


def _reference(claim: Claim) -> str:
    return reference("claim", claim.pk)


def _tell(claim: Claim, outcome: str, at: datetime) -> None:
    telling.of_claim_decided(
        claim_id=claim.pk,
        member_id=claim.member_id,
        person=claim.person.display_name,
        outcome=outcome,
        at=at,
    )
