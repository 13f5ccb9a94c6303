"""Publish guidelines, accept them, remind those who have not."""

from datetime import datetime, timedelta

from django.db import transaction

from juluo.domains.members import queries
from juluo.domains.members.models import Acceptance, Guidelines, Member
from juluo.domains.members.services.audit import record_audited
from juluo.domains.members.services.limits import Limit, take
from juluo.domains.members.services.profiles import TooOften
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.members import GuidelinesAccepted, GuidelinesPublished, GuidelinesReminded

# Once a day is a reminder; more often it is a nuisance.
REMINDERS = Limit(burst=1, per_hour=1 / 24)


class NotCurrent(Exception):
    """There is a newer version; it is the one to accept."""


class GuidelinesFirst(Exception):
    """They have not accepted the guidelines, and those bind by now: until then they only read."""


class NothingSaid(ValueError):
    """Guidelines say something in at least one language."""


@transaction.atomic
def publish_guidelines(
    *,
    text_en: str,
    text_zh: str,
    change: str,
    days_to_accept: int,
    actor_id: int,
    at: datetime,
) -> Guidelines:
    """Publish a new version; after so many days whoever has not accepted waits with writing.

    :raises NothingSaid: if it is blank in both languages.
    """
    if not text_en.strip() and not text_zh.strip():
        raise NothingSaid
    newest = Guidelines.objects.select_for_update().order_by("-number").first()
    made = Guidelines.objects.create(
        number=newest.number + 1 if newest else 1,
        text_en=text_en,
        text_zh=text_zh,
        change=change,
        published_at=at,
        published_by_id=actor_id,
        binding_from=at + timedelta(days=days_to_accept),
    )
    record_audited(
        GuidelinesPublished(number=made.number),
        subject=reference("guidelines", made.number),
        actor_id=actor_id,
        at=at,
    )
    return made


@transaction.atomic
def accept_guidelines(*, member_id: int, number: int, at: datetime) -> bool:
    """Keep that a member accepts the current version; return whether they had not before.

    :raises NotCurrent: if there is a newer one, or none of this number.
    """
    newest = Guidelines.objects.order_by("-number").first()
    if newest is None or newest.number != number:
        raise NotCurrent
    _row, is_new = Acceptance.objects.get_or_create(
        guidelines=newest, member_id=member_id, defaults={"at": at}
    )
    if is_new:
        event = GuidelinesAccepted(member_id=member_id, number=number)
        record(event, at=at, actor_id=member_id)
    return is_new


@transaction.atomic
def remind_of_guidelines(*, actor_id: int, at: datetime) -> None:
    """Let those who have not accepted the current version be told again.

    :raises NotCurrent: if there is no version.
    :raises TooOften: if they were reminded within a day.
    """
    newest = Guidelines.objects.order_by("-number").first()
    if newest is None:
        raise NotCurrent
    if not take(key="guidelines-reminder", limit=REMINDERS, at=at):
        raise TooOften
    record_audited(
        GuidelinesReminded(number=newest.number),
        subject=reference("guidelines", newest.number),
        actor_id=actor_id,
        at=at,
    )


def require_guidelines(member: Member, *, at: datetime) -> None:
    """Let a member write, unless the guidelines bind and they have not accepted them.

    Every service by which members write calls it. Two queries.

    :raises GuidelinesFirst: if they are to accept first.
    """
    if not queries.may_write(member, at):
        raise GuidelinesFirst
