"""What alerts need of a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from juluo.domains.insights import permissions
from juluo.domains.insights.queries.alerts import undecided_count
from juluo.domains.insights.queries.needs import Need
from juluo.domains.members.types import Member


def say_what_alerts_found(member: Member, now: datetime) -> list[Need]:
    """Tell whoever is told of alerts how many episodes nobody has judged."""
    _ = now
    if not permissions.can_set_alerts(member):
        return []
    waiting = undecided_count(owner_id=member.pk)
    if not waiting:
        return []
    words = ngettext(
        "%(count)d alert of yours waits for a look.",
        "%(count)d alerts of yours wait for a look.",
        waiting,
    )
    url = reverse("insights:alerts")
    return [Need(words=words % {"count": waiting}, url=url, icon="bell-ringing", urgent=True)]
