"""What reports need of a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.insights.queries import Need, local_today
from juluo.domains.members.types import Member
from juluo.domains.reporting.models import Action, Report
from juluo.domains.reporting.permissions import can_make_report, can_sign_report
from juluo.domains.reporting.queries.reports import title_of


def say_what_reports_wait_for(member: Member, now: datetime) -> list[Need]:
    """Tell owners what to sign, operators what to issue, and everyone which promise is late."""
    return [*_to_decide(member), *_late(member, now)]


def _to_decide(member: Member) -> list[Need]:
    wanted = {}
    if can_sign_report(member):
        wanted[Report.Status.SUBMITTED] = (
            _("A report waits for your signature: %(report)s"),
            "signature",
        )
    if can_make_report(member):
        wanted[Report.Status.SIGNED] = (
            _("A signed report can be issued: %(report)s"),
            "report-analytics",
        )
    if not wanted:
        return []
    rows = Report.objects.filter(status__in=wanted).select_related("plan").order_by("submitted_at")
    return [_need(each, *wanted[Report.Status(each.status)]) for each in rows[:5]]


def _need(report: Report, words: str, icon: str) -> Need:
    url = reverse("reporting:report", args=[report.pk])
    return Need(words=words % {"report": title_of(report)}, url=url, icon=icon)


def _late(member: Member, now: datetime) -> list[Need]:
    open_ones = Action.objects.filter(
        owner=member,
        status=Action.Status.OPEN,
        report__status=Report.Status.ISSUED,
        due__lt=local_today(now=now),
    )
    late = open_ones.count()
    if not late:
        return []
    words = ngettext(
        "%(count)d action you promised in a report is late.",
        "%(count)d actions you promised in reports are late.",
        late,
    )
    url = f"{reverse('reporting:actions')}?owner=me"
    return [Need(words=words % {"count": late}, url=url, icon="checklist", urgent=True)]
