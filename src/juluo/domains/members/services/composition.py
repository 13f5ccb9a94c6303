"""What members say of themselves of their own will, and take back as easily."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from juluo.domains.members.models import CompositionAnswer, Consent, Member
from juluo.domains.members.rules.composition import ASKED, WORDS_VERSION, understood
from juluo.eventlog.recording import record
from juluo.events.members import ConsentGiven, ConsentWithdrawn

Seen = CompositionAnswer.Seen
# Whoever shows something to members lets it into the totals, too; the words say so.
PURPOSES = {Seen.NOBODY: (), Seen.TOTALS: ("totals",), Seen.MEMBERS: ("totals", "members")}


class NotAnAnswer(ValueError):
    """What was chosen is not among the choices."""


@transaction.atomic
def say(*, member_id: int, asked: str, chosen: Sequence[str], seen: str, at: datetime) -> None:
    """Keep what a member says of one thing and who may know; nothing chosen takes it back.

    Consent that begins or ends with it is written into the ledger.

    :raises NotAnAnswer: if the choices are not those that are offered.
    """
    picked = understood(asked, chosen)
    if picked is None or seen not in Seen.values:
        raise NotAnAnswer
    # One row of the member, so that two browsers take turns.
    Member.objects.select_for_update().get(pk=member_id)
    before = CompositionAnswer.objects.filter(member_id=member_id, asked=asked).first()
    agreed = set(PURPOSES[Seen(before.seen)]) if before else set()
    if picked:
        _keep(before, member_id, asked, picked, seen, at)
    elif before:
        before.delete()
    agrees = set(PURPOSES[Seen(seen)]) if picked else set()
    for purpose in sorted(agrees - agreed):
        _agree(member_id, f"composition.{asked}.{purpose}", given=True, at=at)
    for purpose in sorted(agreed - agrees):
        _agree(member_id, f"composition.{asked}.{purpose}", given=False, at=at)


@transaction.atomic
def take_everything_back(*, member_id: int, at: datetime) -> None:
    """Forget everything a member said of themselves."""
    for each in ASKED:
        say(member_id=member_id, asked=each.key, chosen=(), seen=Seen.NOBODY, at=at)


def _keep(
    before: CompositionAnswer | None,
    member_id: int,
    asked: str,
    picked: Sequence[str],
    seen: str,
    at: datetime,
) -> None:
    row = before or CompositionAnswer(member_id=member_id, asked=asked)
    if before and (row.chosen, row.seen) == (list(picked), seen):
        return
    row.chosen, row.seen, row.answered_at = list(picked), seen, at
    row.save()


def _agree(member_id: int, purpose: str, *, given: bool, at: datetime) -> None:
    Consent.objects.create(
        member_id=member_id, purpose=purpose, given=given, at=at, words_version=WORDS_VERSION
    )
    happened = ConsentGiven if given else ConsentWithdrawn
    record(happened(member_id=member_id, purpose=purpose), at=at, actor_id=member_id)
