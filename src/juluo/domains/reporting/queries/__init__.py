"""Reports: figures from the metric layer, made into a document."""

from juluo.domains.reporting.queries.operations_report import operations_report
from juluo.domains.reporting.queries.rendering import FORMATS, file_name, rendered

__all__ = ["FORMATS", "file_name", "operations_report", "rendered"]
