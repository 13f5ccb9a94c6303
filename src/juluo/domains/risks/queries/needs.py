"""What risks need of a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.insights import queries as insights
from juluo.domains.insights.queries import Need
from juluo.domains.members.types import Member
from juluo.domains.risks import permissions
from juluo.domains.risks.queries.register import RiskRow, register


def say_what_risks_need(member: Member, now: datetime) -> list[Need]:
    """Tell owners of risks, and operators of all, what waits for a look, a response, an answer."""
    if not permissions.can_see_risks(member):
        return []
    mine = None if permissions.can_treat_risks(member) else member.pk
    rows = register(today=insights.local_today(now=now), owner_id=mine)
    lacking = [row for row in rows if row.lacks_response]
    found = [_firing(row) for row in rows if row.firing and row.owner_id == member.pk][:3]
    found += [_proposal(row) for row in rows if row.proposed][:3]
    found += [_past(row) for row in rows if row.is_past][:3]
    if lacking:
        words = ngettext(
            "%(count)d risk above the appetite has no response.",
            "%(count)d risks above the appetite have no response.",
            len(lacking),
        )
        found.append(_need(words % {"count": len(lacking)}, "?lacking=1", urgent=True))
    due = sum(row.review_due for row in rows)
    if due:
        words = ngettext(
            "%(count)d risk is to be looked at again.",
            "%(count)d risks are to be looked at again.",
            due,
        )
        found.append(_need(words % {"count": due}, "?due=1"))
    return found


def _need(words: str, query: str, *, urgent: bool = False) -> Need:
    url = f"{reverse('risks:register')}{query}"
    return Need(words=words, url=url, icon="alert-octagon", urgent=urgent)


def _of(row: RiskRow, words: str, icon: str, *, urgent: bool = False) -> Need:
    url = reverse("risks:risk", args=[row.id])
    return Need(words=words % {"risk": row.event}, url=url, icon=icon, urgent=urgent)


def _firing(row: RiskRow) -> Need:
    words = _("An early sign of “%(risk)s” is out of bounds.")
    return _of(row, words, "bell-ringing", urgent=True)


def _proposal(row: RiskRow) -> Need:
    return _of(row, _("“%(risk)s” may be lowered: its indicator is calm."), "trending-down")


def _past(row: RiskRow) -> Need:
    return _of(row, _("Did “%(risk)s” occur? Its days are over."), "clipboard-check")
