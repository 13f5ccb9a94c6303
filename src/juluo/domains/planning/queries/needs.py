"""What plans need of a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.insights import queries as insights
from juluo.domains.insights.queries import Need
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions
from juluo.domains.planning.models import Plan
from juluo.domains.planning.queries.surroundings import notes_due


def say_what_plans_need(member: Member, now: datetime) -> list[Need]:
    """Tell owners what waits for their signature, and operators what to look at again."""
    found = []
    if permissions.can_sign_off(member):
        waiting = Plan.objects.filter(status=Plan.Status.SUBMITTED).order_by("id")
        found += [
            Need(
                words=_("“%(plan)s” waits for an owner's sign-off.") % {"plan": plan.title},
                url=reverse("planning:versions", args=[plan.pk]),
                icon="signature",
            )
            for plan in waiting[:5]
        ]
    due = notes_due(today=insights.local_today(now=now)) if permissions.can_plan(member) else 0
    if due:
        words = ngettext(
            "%(count)d watch note is to be looked at again.",
            "%(count)d watch notes are to be looked at again.",
            due,
        )
        url = f"{reverse('planning:watch')}?due=1"
        found.append(Need(words=words % {"count": due}, url=url, icon="binoculars"))
    return found
