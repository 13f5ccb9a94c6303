"""What needs a person, as far as pages of several domains can tell."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.community import queries as community
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.queries import Need
from juluo.domains.members import permissions
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions as flags
from juluo.domains.moderation import queries as moderation
from juluo.eventlog import reading
from juluo.jobs import reading as jobs

# A question is late after a day; one that nobody answered for longer than this is history.
LATE_AFTER = timedelta(days=1)
HISTORY_AFTER = timedelta(days=14)


def say_what_gave_up(member: Member, now: datetime) -> list[Need]:
    """Tell those who look after background work what failed, and when it is late."""
    if not permissions.can_see_jobs(member):
        return []
    counts = jobs.counts(now=now)
    failed = counts.parked + len(reading.parked_deliveries())
    address = reverse("web:background")
    found = []
    if failed:
        words = ngettext(
            "%(count)d piece of background work gave up.",
            "%(count)d pieces of background work gave up.",
            failed,
        )
        found.append(Need(words=words % {"count": failed}, url=address, icon="tool", urgent=True))
    if counts.late_seconds > 300:
        found.append(
            Need(words=_("Background work is late."), url=address, icon="clock", urgent=True)
        )
    return found


def say_what_is_unanswered(member: Member, now: datetime) -> list[Need]:
    """Tell staff which openings of the last two weeks nobody has answered for a day."""
    if not permissions.can_see_console(member):
        return []
    late = discussions.unanswered(since=now - HISTORY_AFTER, until=now - LATE_AFTER)
    if not late.count:
        return []
    words = ngettext(
        "%(count)d post or question has waited for an answer for more than a day: %(title)s",
        "%(count)d posts and questions have waited for an answer for more than a day, the oldest: "
        "%(title)s",
        late.count,
    )
    address = reverse("discussions:post", args=[late.oldest_id])
    shown = words % {"count": late.count, "title": late.oldest_title}
    return [Need(words=shown, url=address, icon="message-question")]


def say_what_is_flagged(member: Member, now: datetime) -> list[Need]:
    """Tell staff how many flagged things wait for a decision; after a day it is urgent."""
    if not flags.can_see_all_cases(member):
        return []
    found = moderation.backlog(viewer=member)
    if not found.waiting or found.oldest_at is None:
        return []
    words = ngettext(
        "%(count)d flagged thing waits for a decision.",
        "%(count)d flagged things wait for a decision.",
        found.waiting,
    )
    is_late = now - found.oldest_at > LATE_AFTER
    shown = words % {"count": found.waiting}
    address = reverse("moderation:queue")
    return [Need(words=shown, url=address, icon="flag", urgent=is_late)]


def say_who_claims_history(member: Member, _now: datetime) -> list[Need]:
    """Tell those who decide about it how many members claim imported history."""
    waiting = moderation.claims_waiting() if flags.can_decide_claims(member) else 0
    if not waiting:
        return []
    words = ngettext(
        "%(count)d member claims imported history.",
        "%(count)d members claim imported history.",
        waiting,
    )
    address = reverse("moderation:claims")
    return [Need(words=words % {"count": waiting}, url=address, icon="user-search")]


def say_what_to_set_up(member: Member, _now: datetime) -> list[Need]:
    """Point those who may import from the demonstration to their own community."""
    if not community.settings().is_demonstration or not permissions.can_import(member):
        return []
    words = _("This is the demonstration community. Import your own to begin.")
    return [Need(words=words, url=reverse("importers:list"), icon="info-circle")]
