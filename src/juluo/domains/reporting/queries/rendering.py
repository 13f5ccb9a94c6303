"""Give a report one of its faces."""

from juluo.domains.reporting.models import Report
from juluo.domains.reporting.types import ReportRequest
from juluo.lib.documents.model import Document

# What a file of each format is called by browsers and mail.
FORMATS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}


def rendered(document: Document, file_format: str) -> bytes:
    """Return a document as a file of one of FORMATS.

    :raises KeyError: for any other format.
    :raises PdfUnavailable: if this machine cannot make PDF files.
    """
    return _FACES[file_format](document)


def can_make(file_format: str) -> bool:
    """Whether this machine can make files of a format."""
    if file_format != "pdf":
        return file_format in FORMATS
    from juluo.lib.documents import pdf

    return pdf.is_available()


def _docx(document: Document) -> bytes:
    from juluo.lib.documents import word

    return word.render(document)


def _pptx(document: Document) -> bytes:
    from juluo.lib.documents import slides

    return slides.render(document)


def _pdf(document: Document) -> bytes:
    from juluo.lib.documents import pdf

    return pdf.render(document)


def _html(document: Document) -> bytes:
    from juluo.lib.documents import html

    return html.render(document).encode()


# Each face brings its library only when it is asked for.
_FACES = {"docx": _docx, "pptx": _pptx, "pdf": _pdf, "html": _html}


def file_name(asked: ReportRequest, file_format: str) -> str:
    """Return what a report's file is called: its window and language, safe on every system."""
    return f"juluo-report-{asked.start}-{asked.end}-{asked.language}.{file_format}"


def report_file_name(report: Report, language: str, file_format: str) -> str:
    """Return what the file of a report that is kept is called: its edition from the second on."""
    edition = f"-{report.edition}" if report.edition > 1 else ""
    days = f"{report.start}-{report.end}"
    return f"juluo-{report.kind}-report-{days}{edition}-{language}.{file_format}"


def plan_file_name(plan_id: int, version: int | None, language: str, file_format: str) -> str:
    """Return what a plan's file is called."""
    state = f"v{version}" if version else "draft"
    return f"juluo-plan-{plan_id}-{state}-{language}.{file_format}"
