"""A document as PDF: the HTML face on paper, tagged for those who listen to it."""

import logging
from typing import Any

from juluo.lib.charts.images import FONT
from juluo.lib.documents import html
from juluo.lib.documents.html_style import PAPER
from juluo.lib.documents.model import Document
from juluo.lib.documents.words import words

# PDF/UA: headings, tables and pictures are told apart without seeing the page.
VARIANT = "pdf/ua-1"
# An address that only our own fetcher knows.
_FONT_ADDRESS = "juluo:font"
# A system's fonts have every weight; ours has the hanzi that matter where there is none.
_FONTS = (
    '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", '
    '"Microsoft YaHei", "Juluo Sans", "DejaVu Sans", sans-serif'
)


class PdfUnavailable(Exception):
    """What makes PDF files is missing here; the message says what to install."""


def render(document: Document) -> bytes:
    """Return the document as the bytes of a PDF file. Nothing is fetched from anywhere.

    :raises PdfUnavailable: if WeasyPrint or a library it needs is missing.
    """
    weasyprint = _weasyprint()
    page = html.render(document, paper_style=_paper_style(document))
    made = weasyprint.HTML(string=page, url_fetcher=_fetcher(weasyprint))
    written: bytes = made.write_pdf(pdf_variant=VARIANT)
    return written


def is_available() -> bool:
    """Whether PDF files can be made here."""
    try:
        _weasyprint()
    except PdfUnavailable:
        return False
    return True


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as error:
        raise PdfUnavailable(
            "PDF files need WeasyPrint: install juluo with the extra pdf"
        ) from error
    except OSError as error:
        raise PdfUnavailable(
            "PDF files need the system library Pango: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0, or brew install pango"
        ) from error
    # It remarks on every property that only screens have.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _fetcher(weasyprint: Any) -> Any:
    """Return what gives our font and what lies in the page itself, and refuses everything else."""

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url == _FONT_ADDRESS:
                kind = {"Content-Type": "font/otf"}
                return weasyprint.urls.URLFetcherResponse(url, FONT.read_bytes(), kind)
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols={"data"}, allow_redirects=False)


def _paper_style(document: Document) -> str:
    before, between, after = words(document.language).page.split("{}")
    pages = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    face = f'@font-face {{ font-family: "Juluo Sans"; src: url({_FONT_ADDRESS}); }}'
    paper = PAPER.replace("FONTS", _FONTS).replace("PAGES", pages)
    return face + paper.replace("FOOTLINE", f'"{_in_css(document.footline)}"')


def _in_css(said: str) -> str:
    """Return words as they may stand in a string of a style sheet, in a page."""
    return "".join(c if c.isalnum() else f"\\{ord(c):06x}" for c in said)
