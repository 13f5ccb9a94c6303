"""What waits for a person about money."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.finance import permissions
from juluo.domains.finance.models import Budget
from juluo.domains.finance.queries.expenses import unpaid_count, waiting_for
from juluo.domains.finance.queries.financing import duties_due, tranches_due
from juluo.domains.finance.queries.lines import lines_of
from juluo.domains.insights.queries import Need, local_today
from juluo.domains.members.types import Member

SOON = timedelta(days=14)


def say_what_waits(member: Member, now: datetime) -> list[Need]:
    """Tell those who run money what waits for them; nobody else hears of any."""
    if not permissions.can_see_money(member):
        return []
    today = local_today(now=now)
    return [
        *_expenses(member),
        *_budgets(member),
        *_lines(today),
        *_financing(today + SOON, today + timedelta(days=1)),
    ]


def _expenses(member: Member) -> list[Need]:
    address = reverse("finance:expenses")
    found = []
    if waiting := waiting_for(member):
        words = ngettext(
            "%(count)d expense waits for your approval.",
            "%(count)d expenses wait for your approval.",
            waiting,
        )
        url = f"{address}?status=submitted"
        found.append(Need(words=words % {"count": waiting}, url=url, icon="receipt"))
    if unpaid := unpaid_count(member):
        words = ngettext(
            "%(count)d approved expense is to be paid.",
            "%(count)d approved expenses are to be paid.",
            unpaid,
        )
        url = f"{address}?status=approved"
        found.append(Need(words=words % {"count": unpaid}, url=url, icon="cash"))
    return found


def _budgets(member: Member) -> list[Need]:
    if not permissions.can_approve_budget(member):
        return []
    asked = Budget.objects.filter(approval_asked_at__isnull=False).order_by("approval_asked_at")
    return [
        Need(
            words=_("The budget “%(title)s” waits for approval.") % {"title": title},
            url=reverse("finance:budget", args=[pk]),
            icon="signature",
        )
        for pk, title in asked.values_list("pk", "title")
    ]


def _lines(today: date) -> list[Need]:
    current = Budget.objects.filter(start__lte=today, end__gt=today).values_list("pk", flat=True)
    rows = [row for row in lines_of(current, today=today) if row.is_approved]
    near = [row for row in rows if row.level in {"near", "full", "over"}]
    if not near:
        return []
    worst = max(near, key=lambda row: row.used_percent or 101)
    words = ngettext(
        "%(count)d budget line is near its limit or past it: %(title)s",
        "%(count)d budget lines are near their limits or past them, the furthest: %(title)s",
        len(near),
    )
    return [
        Need(
            words=words % {"count": len(near), "title": worst.title},
            url=reverse("finance:line", args=[worst.id]),
            icon="alert-triangle",
            urgent=any(row.level != "near" for row in near),
        )
    ]


def _financing(soon: date, tomorrow: date) -> list[Need]:
    found = []
    for duty in duties_due(before=soon):
        words = _("%(source)s: “%(title)s” is due.")
        values = {"source": duty.source, "title": duty.title}
        url = reverse("finance:source", args=[duty.source_id])
        found.append(Need(words=words % values, url=url, icon="calendar-due"))
    for tranche in tranches_due(before=tomorrow):
        words = _("A tranche of “%(source)s” should have come in.")
        url = reverse("finance:source", args=[tranche.source_id])
        found.append(Need(words=words % {"source": tranche.source}, url=url, icon="coins"))
    return found
