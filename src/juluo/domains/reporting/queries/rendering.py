"""Give a report one of its faces."""

from juluo.domains.reporting.types import ReportRequest
from juluo.lib.documents.model import Document

# What a file of each format is called by browsers and mail.
FORMATS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def rendered(document: Document, file_format: str) -> bytes:
    """Return the report as a file of one of FORMATS.

    :raises KeyError: for any other format.
    """
    if file_format == "docx":
        from juluo.lib.documents import word

        return word.render(document)
    if file_format == "html":
        from juluo.lib.documents import html

        return html.render(document).encode()
    raise KeyError(file_format)


def file_name(asked: ReportRequest, file_format: str) -> str:
    """Return what a report's file is called: its window and language, safe on every system."""
    return f"juluo-report-{asked.start}-{asked.end}-{asked.language}.{file_format}"
