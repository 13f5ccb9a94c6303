"""A document as one accessible HTML file: styles and charts inside, nothing loaded."""

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from juluo.lib.charts import images
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Chart,
    Document,
    Evidence,
    Paragraph,
    Section,
    Table,
    Text,
)

T = TypeVar("T")
CHART_WIDTH = 760
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6676; --line: #d8dde5; --head: #f3f5f8;
  --link: #1f5fa8; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a5afbd; --line: #3a4350;
  --head: #222a35; --link: #8fbcf0; --paper: #151b23; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
  background: var(--paper); line-height: 1.65; font-family: -apple-system, "Segoe UI",
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.subtitle { color: var(--soft); font-size: 1.1rem; margin: 0 0 1.25rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0;
  color: var(--soft); }
dl.facts dt { font-weight: 600; } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; } figcaption, caption { color: var(--soft); font-size: .92rem; }
figure .chart { background: #fff; border-radius: 6px; overflow-x: auto; }
figure svg { width: 100%; min-width: 36rem; height: auto; display: block; }
.scroll { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: start; padding-bottom: .4rem; }
th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; }
thead th { background: var(--head); }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
sup a { color: var(--link); text-decoration: none; padding: 0 .15em; }
sup a:hover, sup a:focus { text-decoration: underline; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--head); padding: .75rem;
  font-size: .78rem; border-radius: 6px; }
@media print { body { max-width: none; padding: 0; } figure svg { min-width: 0; }
  figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; } }
"""


def render(document: Document) -> str:
    """Return the document as a complete HTML page."""
    language = "zh-Hans" if document.language == "zh" else "en"
    return format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title><style>{}</style></head><body><main>"
        '<header><h1>{}</h1><p class="subtitle">{}</p><dl class="facts">{}</dl></header>'
        "{}{}</main></body></html>\n",
        language,
        document.title,
        mark_safe(_STYLE),  # noqa: S308 - our own constant
        document.title,
        document.subtitle,
        format_html_join("", "<dt>{}</dt><dd>{}</dd>", document.facts),
        _all(document.sections, _section),
        _appendix(document),
    )


def _all(items: Sequence[T], draw: Callable[[T], SafeString]) -> SafeString:
    return format_html_join("", "{}", ((draw(item),) for item in items))


def _section(section: Section) -> SafeString:
    return format_html(
        "<section><h2>{}</h2>{}</section>", section.title, _all(section.blocks, _block)
    )


@singledispatch
def _block(block: Block) -> SafeString:
    raise TypeError(f"no face for {type(block).__name__}")


@_block.register
def _(block: Paragraph) -> SafeString:
    return format_html("<p>{}</p>", _runs(block.runs))


@_block.register
def _(block: Bullets) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((_runs(item),) for item in block.items))
    return format_html("<ul>{}</ul>", items)


@_block.register
def _(block: Table) -> SafeString:
    kinds = [mark_safe(' class="number"') if c.numeric else "" for c in block.columns]
    head = format_html_join(
        "",
        '<th scope="col"{}>{}{}</th>',
        (
            (kind, column.title, _mark(column.evidence))
            for kind, column in zip(kinds, block.columns, strict=True)
        ),
    )
    rows = format_html_join("\n", "<tr>{}</tr>", ((_row(row, kinds),) for row in block.rows))
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><caption>{}'
        "</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        block.caption,
        block.caption,
        head,
        rows,
    )


def _row(row: Sequence[Text], kinds: Sequence[str]) -> SafeString:
    first, *rest = zip(row, kinds, strict=True)
    cells = format_html_join("", "<td{}>{}</td>", ((kind, _run(cell)) for cell, kind in rest))
    return format_html('<th scope="row"{}>{}</th>{}', first[1], _run(first[0]), cells)


@_block.register
def _(block: Chart) -> SafeString:
    svg = images.to_svg(block.option, width=CHART_WIDTH, height=block.height)
    return format_html(
        '<figure><div class="chart" role="img" tabindex="0" aria-label="{}">{}</div>'
        "<figcaption>{}{}</figcaption></figure>",
        block.alternative,
        mark_safe(svg),  # noqa: S308 - drawn by us; ECharts escapes the words in it
        block.caption,
        _all(block.evidence, _mark),
    )


def _runs(runs: Sequence[Text]) -> SafeString:
    return _all(runs, _run) if len(runs) != 1 else _run(runs[0])


def _run(run: Text) -> SafeString:
    words = format_html("<strong>{}</strong>", run.words) if run.strong else run.words
    return format_html("{}{}", words, _mark(run.evidence))


def _mark(evidence: int | None) -> SafeString:
    if evidence is None:
        return mark_safe("")
    return format_html('<sup><a href="#evidence-{}">[{}]</a></sup>', evidence, evidence)


def _appendix(document: Document) -> SafeString:
    if not document.evidence:
        return mark_safe("")
    entries = format_html_join(
        "\n", "{}", ((_entry(n, each),) for n, each in enumerate(document.evidence, start=1))
    )
    return format_html("<section><h2>{}</h2>{}</section>", document.appendix_title, entries)


def _entry(number: int, evidence: Evidence) -> SafeString:
    query = (
        format_html("<details><summary>SQL</summary><pre>{}</pre></details>", evidence.query)
        if evidence.query
        else ""
    )
    return format_html(
        '<h3 id="evidence-{}">[{}] {}</h3><dl class="facts">{}</dl>{}',
        number,
        number,
        evidence.title,
        format_html_join("", "<dt>{}</dt><dd>{}</dd>", evidence.rows),
        query,
    )
