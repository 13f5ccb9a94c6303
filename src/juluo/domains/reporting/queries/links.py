"""Reports as the schedule sees them: a task may be "make the report", and closes with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.queries import number_in
from juluo.domains.planning.types import Choice, Closing, LinkKind, OpenLink
from juluo.domains.reporting.models import Report
from juluo.events.base import reference
from juluo.events.reporting import ReportFinished

_NEWEST = 20


def _title(report: Report) -> str:
    first, last = report.start, report.end - timedelta(days=1)
    days = f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"
    return f"{days} ({report.get_language_display()})"


def _find(words: str) -> list[Choice]:
    newest = Report.objects.order_by("-pk")[:_NEWEST]
    found = [Choice(ref=reference("report", each.pk), label=_title(each)) for each in newest]
    return [each for each in found if words.casefold() in each.label.casefold()]


def _title_of(ref: str, _awaited: Mapping[str, Any]) -> str:
    number = number_in(ref, "report")
    report = Report.objects.filter(pk=number).first() if number is not None else None
    return _title(report) if report else ""


def _url(_ref: str) -> str:
    return reverse("reporting:list")


def _heard(event: ReportFinished, links: Sequence[OpenLink], at: datetime) -> list[Closing]:
    ref = reference("report", event.report_id)
    return [Closing(link_id=link.id, ref=ref, at=at) for link in links]


def _ready_already(links: Sequence[OpenLink]) -> list[Closing]:
    numbers = [number_in(link.ref, "report") for link in links]
    ids = [number for number in numbers if number is not None]
    ready = Report.objects.filter(pk__in=ids, status=Report.Status.READY)
    finished_at = {reference("report", each.pk): each.finished_at for each in ready}
    return [
        Closing(link_id=link.id, ref=link.ref, at=at)
        for link in links
        if (at := finished_at.get(link.ref)) is not None
    ]


REPORT_LINK = LinkKind(
    key="report",
    label=pgettext_lazy("link", "A report"),
    closes_on=(ReportFinished,),
    refs=lambda event: (reference("report", event.report_id),),
    heard=_heard,
    find=_find,
    title=_title_of,
    url=_url,
    looked_up=_ready_already,
)
