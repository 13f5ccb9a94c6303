"""Each kind of block as HTML."""

import base64
from collections.abc import Callable, Sequence
from functools import singledispatchmethod
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from juluo.lib.charts import images
from juluo.lib.charts.reading import Figures, figures_of
from juluo.lib.documents.model import (
    Actions,
    Block,
    Bullets,
    Chart,
    Finding,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
    Text,
    Tone,
)
from juluo.lib.documents.words import actions_table, signed, words

T = TypeVar("T")
CHART_WIDTH = 760
# Tables of so few rows stay on one page.
_SHORT_ROWS = 8
_NOTHING = SafeString("")


class Blocks:
    """Draws blocks in one language.

    ``as_pictures`` makes every chart a described picture, ``with_figures`` puts the table of its
    figures below it.
    """

    def __init__(self, language: str, *, as_pictures: bool, with_figures: bool) -> None:
        self._language = language
        self._words = words(language)
        self._as_pictures = as_pictures
        self._with_figures = with_figures

    @singledispatchmethod
    def drawn(self, block: Block) -> SafeString:
        """Return one block as HTML."""
        raise TypeError(f"no face for {type(block).__name__}")

    @drawn.register
    def _paragraph(self, block: Paragraph) -> SafeString:
        return format_html("<p>{}</p>", _runs(block.runs))

    @drawn.register
    def _bullets(self, block: Bullets) -> SafeString:
        items = format_html_join("", "<li>{}</li>", ((_runs(item),) for item in block.items))
        return format_html("<ol>{}</ol>" if block.ordered else "<ul>{}</ul>", items)

    @drawn.register
    def _actions(self, block: Actions) -> SafeString:
        return self._table(actions_table(block, self._language))

    @drawn.register
    def _table(self, block: Table) -> SafeString:
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
        foot = _NOTHING
        if block.total:
            foot = format_html("<tfoot><tr>{}</tr></tfoot>", _row(block.total, kinds))
        return format_html(
            '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table{}><caption>{}'
            "</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table></div>",
            block.caption,
            mark_safe(' class="short"') if len(block.rows) <= _SHORT_ROWS else "",
            block.caption,
            head,
            rows,
            foot,
        )

    @drawn.register
    def _chart(self, block: Chart) -> SafeString:
        svg = images.to_svg(block.option, width=CHART_WIDTH, height=block.height)
        caption = format_html("{}{}", block.caption, _all(block.evidence, _mark))
        if self._as_pictures:
            packed = base64.b64encode(svg.encode()).decode()
            return format_html(
                '<figure><img alt="{}" src="data:image/svg+xml;base64,{}">'
                "<figcaption>{}</figcaption>{}</figure>",
                block.alternative,
                packed,
                caption,
                self._figures(figures_of(block.option)),
            )
        return format_html(
            '<figure><div class="chart" role="img" tabindex="0" aria-label="{}">{}</div>'
            "<figcaption>{}</figcaption>{}</figure>",
            block.alternative,
            mark_safe(svg),  # noqa: S308 - drawn by us; ECharts escapes the words in it
            caption,
            self._figures(figures_of(block.option)),
        )

    def _figures(self, figures: Figures | None) -> SafeString:
        """Return the table of a chart's figures, folded away."""
        if figures is None or not self._with_figures:
            return _NOTHING
        head = [self._words.label, *(line.name for line in figures.lines)]
        cells = [
            [label, *(figures.shown(line.values[n]) for line in figures.lines)]
            for n, label in enumerate(figures.labels)
        ]
        number = mark_safe(' class="number"')
        kinds = ["", *([number] * len(figures.lines))]
        return format_html(
            '<details class="chart-data"><summary>{}</summary><div class="scroll" tabindex="0" '
            'role="region" aria-label="{}"><table><thead><tr>{}</tr></thead><tbody>{}</tbody>'
            "</table></div></details>",
            self._words.chart_data,
            self._words.chart_data,
            format_html_join("", '<th scope="col"{}>{}</th>', zip(kinds, head, strict=True)),
            format_html_join(
                "\n", "<tr>{}</tr>", ((_row([Text(c) for c in row], kinds),) for row in cells)
            ),
        )

    @drawn.register
    def _key_figures(self, block: KeyFigures) -> SafeString:
        return format_html('<ul class="cards">{}</ul>', _all(block.figures, _card))

    @drawn.register
    def _finding(self, block: Finding) -> SafeString:
        why = _NOTHING
        if block.why:
            why = format_html(
                '<p class="why"><strong>{}{}</strong>{}</p>',
                self._words.why,
                self._words.colon,
                _runs(block.why),
            )
        return format_html(
            '<div class="finding is-{0}"><p><span class="{0}">{1}</span> <strong>{2}</strong></p>'
            "<p>{3}</p>{4}</div>",
            block.tone.value,
            self._words.tone(block.tone),
            block.title,
            _runs(block.what),
            why,
        )

    @drawn.register
    def _note(self, block: Note) -> SafeString:
        return format_html(
            '<div class="note" role="note"><p>{}</p><p class="by">{}</p></div>',
            _runs(block.runs),
            signed(block, self._language),
        )


def facts(rows: Sequence[tuple[str, str]]) -> SafeString:
    """Return names and values as a list of terms."""
    if not rows:
        return _NOTHING
    listed = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
    return format_html('<dl class="facts">{}</dl>', listed)


def _all(items: Sequence[T], draw: Callable[[T], SafeString]) -> SafeString:
    return format_html_join("", "{}", ((draw(item),) for item in items))


def _card(figure: KeyFigure) -> SafeString:
    tone = "" if figure.tone is Tone.NEUTRAL else figure.tone.value
    return format_html(
        '<li><div class="name">{}</div><div class="value">{}</div>{}</li>',
        figure.title,
        _run(figure.value),
        format_html('<div class="change {}">{}</div>', tone, figure.change)
        if figure.change
        else "",
    )


def _row(row: Sequence[Text], kinds: Sequence[str]) -> SafeString:
    first, *rest = zip(row, kinds, strict=True)
    cells = format_html_join("", "<td{}>{}</td>", ((kind, _run(cell)) for cell, kind in rest))
    return format_html('<th scope="row"{}>{}</th>{}', first[1], _run(first[0]), cells)


def _runs(runs: Sequence[Text]) -> SafeString:
    return _all(runs, _run)


def _run(run: Text) -> SafeString:
    words: str = format_html("<strong>{}</strong>", run.words) if run.strong else run.words
    if run.url:
        words = format_html('<a href="{}" rel="nofollow noreferrer">{}</a>', run.url, words)
    return format_html("{}{}", words, _mark(run.evidence))


def _mark(evidence: int | None) -> SafeString:
    if evidence is None:
        return _NOTHING
    return format_html('<sup><a href="#evidence-{}">[{}]</a></sup>', evidence, evidence)
