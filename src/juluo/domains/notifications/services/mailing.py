"""Send what is due: each mail once, within what its reader asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.notifications import rules
from juluo.domains.notifications.models import Notification, SentMail
from juluo.domains.notifications.queries import Rhythm, rhythm_of
from juluo.domains.notifications.services.mails import digest_of, mail_of
from juluo.domains.notifications.services.telling import mail_from

# What nobody could be mailed for so long is no longer urgent; it stays in the inbox.
STALE_AFTER = timedelta(days=1)
# A sender that died while sending: its mail is tried again, under the same message id.
GIVEN_UP_AFTER = timedelta(minutes=15)
KEEP_MARKS = timedelta(days=60)
LONGEST_DIGEST = 50
DAY = timedelta(days=1)
log = structlog.get_logger(__name__)


def send_due_mail(*, now: datetime, limit: int = 50) -> int:
    """Send what is urgent and not yet sent; return how many mails went out.

    Whoever had their share of mails that day gets the rest with the daily mail. What cannot be
    sent waits for the next call.
    """
    due = Notification.objects.filter(mail_due=True).filter(
        Q(mail_from=None) | Q(mail_from__lte=now)
    )
    return sum(_send_one(row, now) for row in due.select_related("member").order_by("id")[:limit])


def send_due_digests(*, now: datetime, limit: int = 50) -> int:
    """Send the daily mail to those for whom its time has come; return how many went out."""
    waiting = Notification.objects.filter(digest_due=True).order_by("member_id")
    sent = 0
    for member_id in waiting.values_list("member_id", flat=True).distinct():
        sent += _send_digest(member_id, now)
        if sent >= limit:
            break
    return sent


def forget_old_marks(*, now: datetime) -> int:
    """Forget which mails went out long ago; return how many marks that were."""
    return SentMail.objects.filter(claimed_at__lt=now - KEEP_MARKS).delete()[0]


def _send_one(row: Notification, now: datetime) -> int:
    rhythm = rhythm_of(row.member_id)
    if not _is_for_mail(row, rhythm, now):
        _settle(row, mail_due=False)
        return 0
    later = mail_from(rhythm, now)
    if later > now:
        _settle(row, mail_from=later)
        return 0
    if _had_their_share(row.member_id, rhythm, now):
        _settle(row, mail_due=False, digest_due=rhythm.wants_digest, held_back=True)
        return 0
    mail = _Mail(key=f"notification:{row.pk}", member_id=row.member_id, what=SentMail.What.ONE)
    return mail.send_once(
        make=lambda: mail_of(row), then=lambda: _settle(row, mail_due=False), now=now
    )


def _is_for_mail(row: Notification, rhythm: Rhythm, now: datetime) -> bool:
    if row.told_at < now - STALE_AFTER or row.read_at is not None:
        return False
    return _can_be_mailed(row.member) and rhythm.wants_mail


def _can_be_mailed(member: Member) -> bool:
    return bool(member.email) and member.is_active


def _had_their_share(member_id: int, rhythm: Rhythm, now: datetime) -> bool:
    lately = SentMail.objects.filter(
        member_id=member_id, what=SentMail.What.ONE, claimed_at__gt=now - DAY
    )
    return lately.count() >= rhythm.most_a_day


def _settle(row: Notification, **changes: object) -> None:
    Notification.objects.filter(pk=row.pk).update(**changes)


def _send_digest(member_id: int, now: datetime) -> int:
    rhythm = rhythm_of(member_id)
    day, slot = rules.digest_slot(now, zone=rhythm.zone, hour=rhythm.digest_hour)
    due = Notification.objects.filter(member_id=member_id, digest_due=True, told_at__lt=slot)
    ids = list(due.order_by("id").values_list("pk", flat=True))
    if not ids:
        return 0
    asked = Notification.objects.filter(pk__in=ids)
    rows = list(asked.filter(read_at=None).order_by("id"))
    member = members.active_member(member_id)
    if not (rows and member and member.email and rhythm.wants_mail and rhythm.wants_digest):
        asked.update(digest_due=False)
        return 0
    shown, more = rows[:LONGEST_DIGEST], max(0, len(rows) - LONGEST_DIGEST)
    mail = _Mail(key=f"digest:{member_id}:{day}", member_id=member_id, what=SentMail.What.DIGEST)
    return mail.send_once(
        make=lambda: digest_of(member, shown, day=day, more=more),
        then=lambda: asked.update(digest_due=False),
        now=now,
    )


@dataclass(frozen=True, kw_only=True)
class _Mail:
    """A mail under its key: the claim is written before the sending, so that one sender has it."""

    key: str
    member_id: int
    what: str

    def send_once(
        self,
        *,
        make: Callable[[], EmailMultiAlternatives],
        then: Callable[[], object],
        now: datetime,
    ) -> int:
        """Send it unless it was sent or is being sent; return whether it went out now."""
        if not self._claimed(now):
            return 0
        try:
            make().send()
        except OSError:
            log.warning("mail_not_sent", key=self.key)
            SentMail.objects.filter(key=self.key, sent_at=None).delete()
            return 0
        with transaction.atomic():
            SentMail.objects.filter(key=self.key).update(sent_at=now)
            then()
        return 1

    @transaction.atomic
    def _claimed(self, now: datetime) -> bool:
        given = {"member_id": self.member_id, "what": self.what, "claimed_at": now}
        _row, is_new = SentMail.objects.get_or_create(key=self.key, defaults=given)
        if is_new:
            return True
        dead = SentMail.objects.filter(
            key=self.key, sent_at=None, claimed_at__lt=now - GIVEN_UP_AFTER
        )
        return bool(dead.update(claimed_at=now))
