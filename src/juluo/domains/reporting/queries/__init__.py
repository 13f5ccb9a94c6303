"""Reports: figures from the metric layer, made into a document."""

from juluo.domains.reporting.queries.operations_report import operations_report
from juluo.domains.reporting.queries.recent import ReportRow, finished_report, recent_reports
from juluo.domains.reporting.queries.rendering import FORMATS, file_name, rendered

__all__ = [
    "FORMATS",
    "ReportRow",
    "file_name",
    "finished_report",
    "operations_report",
    "recent_reports",
    "rendered",
]
