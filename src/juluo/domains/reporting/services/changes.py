"""The state a report must be in before anything about it changes."""

from juluo.domains.reporting.models import Report


class NotThatFar(Exception):
    """The report is not in a state in which this can be done: too early, too late, or decided."""


def report_in(report_id: int, *states: str) -> Report:
    """Return a report, held for this transaction, that is in one of these states.

    :raises NotThatFar: if it is in another.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.status not in states:
        raise NotThatFar
    return report
