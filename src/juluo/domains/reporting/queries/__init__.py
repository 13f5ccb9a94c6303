"""Reports: figures from the metric layer, made into a document."""

from juluo.domains.reporting.queries.brand import brand
from juluo.domains.reporting.queries.composition import Composed, composed
from juluo.domains.reporting.queries.draft import Found, Memory
from juluo.domains.reporting.queries.plan_document import plan_document
from juluo.domains.reporting.queries.recent import ReportRow, finished_report, recent_reports
from juluo.domains.reporting.queries.rendering import (
    FORMATS,
    can_make,
    file_name,
    plan_file_name,
    rendered,
)

__all__ = [
    "FORMATS",
    "Composed",
    "Found",
    "Memory",
    "ReportRow",
    "brand",
    "can_make",
    "composed",
    "file_name",
    "finished_report",
    "plan_document",
    "plan_file_name",
    "recent_reports",
    "rendered",
]
