"""A document as one accessible HTML file: styles and charts inside, nothing loaded."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from juluo.lib.documents.html_blocks import Blocks, facts
from juluo.lib.documents.html_style import SCREEN
from juluo.lib.documents.model import Document, Evidence, Section
from juluo.lib.documents.words import Words, tag, words

T = TypeVar("T")


def render(document: Document, *, paper_style: str = "", with_links_home: bool = True) -> str:
    """Return the document as a complete HTML page.

    :param with_links_home: whether evidence leads to pages that only those who run us may open.
    :param paper_style: styles of the PDF face; then charts are pictures, which a PDF can describe.
    """
    said = words(document.language)
    if not with_links_home:
        document = replace(document, evidence=[replace(e, url="") for e in document.evidence])
    on_paper = bool(paper_style)
    blocks = Blocks(document.language, as_pictures=on_paper, with_figures=not on_paper)
    style = _style(document, said, paper_style)
    sections = [_section(each, number, blocks) for number, each in enumerate(document.sections, 1)]
    return format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="author" content="{}"><meta name="description" content="{}">'
        '<title>{}</title><style>{}</style></head><body><a class="skip" href="#text">{}</a>'
        '{}{}<main id="text">{}{}</main>{}</body></html>\n',
        tag(document.language),
        document.brand.name or "Juluo",
        document.subtitle,
        document.title,
        mark_safe(style),  # noqa: S308 - our own constant, and six hex digits
        said.skip,
        _cover(document),
        _contents(document, said),
        format_html_join("", "{}", ((each,) for each in sections)),
        _appendix(document, with_queries=not paper_style),
        format_html("<footer><p>{}</p></footer>", document.footline) if document.footline else "",
    )


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A section as a page of ours shows it: its words as HTML without a heading of its own."""

    key: str
    number: str
    title: str
    html: SafeString
    parts: Sequence["Piece"] = ()


def pieces(document: Document) -> list[Piece]:
    """Return the sections one by one, for a page that puts something of its own between them.

    Charts are pictures, so that no style stands in the page; marks lead to ``#evidence-1`` on.
    """
    blocks = Blocks(document.language, as_pictures=True, with_figures=True)
    return [_piece(each, str(n), blocks) for n, each in enumerate(document.sections, start=1)]


def _piece(section: Section, number: str, blocks: Blocks) -> Piece:
    return Piece(
        key=section.key,
        number=number,
        title=section.title,
        html=_all(section.blocks, blocks.drawn),
        parts=[
            _piece(part, f"{number}-{n}", blocks) for n, part in enumerate(section.parts, start=1)
        ],
    )


def _style(document: Document, said: Words, paper_style: str) -> str:
    style = SCREEN + paper_style
    told = {"ACCENT": f"#{document.brand.accent}", "FIGURE": said.figure, "TABLE": said.table}
    for name, value in told.items():
        style = style.replace(name, value)
    return style


def _all(items: Sequence[T], draw: Callable[[T], SafeString]) -> SafeString:
    return format_html_join("", "{}", ((draw(item),) for item in items))


def _cover(document: Document) -> SafeString:
    return format_html(
        '<header>{}<h1>{}</h1><p class="subtitle">{}</p>{}</header>',
        _logo(document),
        document.title,
        document.subtitle,
        facts(document.facts),
    )


def _logo(document: Document) -> SafeString:
    picture = document.brand.logo
    if not picture:
        return mark_safe("")
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    packed = base64.b64encode(picture).decode()
    return format_html(
        '<img class="logo" alt="{}" src="data:image/{};base64,{}">',
        document.brand.name,
        kind,
        packed,
    )


def _contents(document: Document, said: Words) -> SafeString:
    entries = [
        format_html(
            '<li><a href="#section-{}">{}</a>{}</li>',
            number,
            section.title,
            _inner_contents(section, number),
        )
        for number, section in enumerate(document.sections, start=1)
    ]
    if document.evidence:
        entries.append(format_html('<li><a href="#appendix">{}</a></li>', document.appendix_title))
    return format_html(
        '<nav aria-label="{}"><h2>{}</h2><ol>{}</ol></nav>',
        said.contents,
        said.contents,
        format_html_join("", "{}", ((entry,) for entry in entries)),
    )


def _inner_contents(section: Section, number: int) -> SafeString:
    if not section.parts:
        return mark_safe("")
    entries = (
        (number, part_number, part.title) for part_number, part in enumerate(section.parts, 1)
    )
    inner = format_html_join("", '<li><a href="#section-{}-{}">{}</a></li>', entries)
    return format_html("<ol>{}</ol>", inner)


def _section(section: Section, number: int, blocks: Blocks) -> SafeString:
    parts = [
        format_html(
            '<section><h3 id="section-{}-{}">{}</h3>{}</section>',
            number,
            part_number,
            part.title,
            _all(part.blocks, blocks.drawn),
        )
        for part_number, part in enumerate(section.parts, start=1)
    ]
    return format_html(
        '<section><h2 id="section-{}">{}</h2>{}{}</section>',
        number,
        section.title,
        _all(section.blocks, blocks.drawn),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _appendix(document: Document, *, with_queries: bool) -> SafeString:
    if not document.evidence:
        return mark_safe("")
    entries = format_html_join(
        "\n",
        "{}",
        ((_entry(n, each, with_queries),) for n, each in enumerate(document.evidence, start=1)),
    )
    return format_html(
        '<section class="appendix"><h2 id="appendix">{}</h2>{}</section>',
        document.appendix_title,
        entries,
    )


def _entry(number: int, evidence: Evidence, with_query: bool) -> SafeString:  # noqa: FBT001
    query = (
        format_html(
            '<details class="sql"><summary>SQL</summary><pre>{}</pre></details>', evidence.query
        )
        if with_query and evidence.query
        else ""
    )
    title: str = evidence.title
    if evidence.url:
        title = format_html('<a href="{}">{}</a>', evidence.url, evidence.title)
    return format_html(
        '<h3 id="evidence-{}">[{}] {}</h3>{}{}',
        number,
        number,
        title,
        facts(evidence.rows),
        query,
    )
