"""Reports as the schedule sees them: a task may be "make the report", and closes with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.queries import number_in
from juluo.domains.planning.types import Choice, Closing, LinkKind, OpenLink
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.queries.reports import title_of
from juluo.events.base import reference
from juluo.events.reporting import ReportIssued

_NEWEST = 20


def _find(words: str) -> list[Choice]:
    alive = Report.objects.exclude(status=Report.Status.DROPPED).select_related("plan")
    newest = alive.order_by("-pk")[:_NEWEST]
    found = [Choice(ref=reference("report", each.pk), label=title_of(each)) for each in newest]
    return [each for each in found if words.casefold() in each.label.casefold()]


def _title_of(ref: str, _awaited: Mapping[str, Any]) -> str:
    number = number_in(ref, "report")
    report = Report.objects.filter(pk=number).first() if number is not None else None
    return title_of(report) if report else ""


def _url(ref: str) -> str:
    return reverse("reporting:report", args=[number_in(ref, "report") or 0])


def _heard(event: ReportIssued, links: Sequence[OpenLink], at: datetime) -> list[Closing]:
    ref = reference("report", event.report_id)
    return [Closing(link_id=link.id, ref=ref, at=at) for link in links]


def _issued_already(links: Sequence[OpenLink]) -> list[Closing]:
    numbers = [number_in(link.ref, "report") for link in links]
    ids = [number for number in numbers if number is not None]
    issued = Report.objects.filter(pk__in=ids, status=Report.Status.ISSUED)
    issued_at = {reference("report", each.pk): each.issued_at for each in issued}
    return [
        Closing(link_id=link.id, ref=link.ref, at=at)
        for link in links
        if (at := issued_at.get(link.ref)) is not None
    ]


REPORT_LINK = LinkKind(
    key="report",
    label=pgettext_lazy("link", "A report"),
    closes_on=(ReportIssued,),
    refs=lambda event: (reference("report", event.report_id),),
    heard=_heard,
    find=_find,
    title=_title_of,
    url=_url,
    looked_up=_issued_already,
)
