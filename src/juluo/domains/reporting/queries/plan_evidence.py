"""Issued reports and what they found, as reasons for a change of plan."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.domains.planning.queries import number_in
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.queries.content import document_of, findings_of
from juluo.domains.reporting.queries.reports import title_of
from juluo.events.base import reference

_NEWEST = 5


def report_choices(plan_id: int) -> list[tuple[str, str]]:
    """Return the newest issued reports on the community or on this plan, to rest a change on."""
    issued = Report.objects.filter(Q(plan=None) | Q(plan_id=plan_id), status=Report.Status.ISSUED)
    rows = issued.select_related("plan").order_by("-end", "-pk")[:_NEWEST]
    return [(reference("report", each.pk), _words(each)) for each in rows]


def report_words(references: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return what reports that a change rests on are called, and where they are. One query."""
    numbers = {ref: number_in(ref, "report") for ref in references}
    rows = Report.objects.select_related("plan").in_bulk([n for n in numbers.values() if n])
    return {
        ref: (title_of(rows[number]), reverse("reporting:report", args=[number]))
        for ref, number in numbers.items()
        if number in rows
    }


def _words(report: Report) -> str:
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    found = findings_of(document_of(report.pk, language))
    if not found:
        return title_of(report)
    first = next(iter(found.values()))
    return _("%(report)s: %(finding)s") % {"report": title_of(report), "finding": first}
