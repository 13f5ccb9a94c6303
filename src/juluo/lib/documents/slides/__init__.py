"""A document as PowerPoint: native tables and charts, notes that carry the evidence."""

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from io import BytesIO
from itertools import chain, groupby
from typing import Any

from juluo.lib.charts.reading import figures_of
from juluo.lib.documents.model import (
    Actions,
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Finding,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)
from juluo.lib.documents.slides import theme
from juluo.lib.documents.slides.measure import height, largest
from juluo.lib.documents.slides.paging import INDENT, Item, items_of, pages_of, table_pages
from juluo.lib.documents.slides.shapes import Pen, bullet, describe, tone_colour
from juluo.lib.documents.words import LONGEST_PROPERTY, actions_table, words

_LEAD_SIZE, _LEAD_HIGH = 14, 0.75
_TILES_IN_A_ROW, _TILES_ON_A_SLIDE = 4, 8
_AGENDA_IN_A_COLUMN = 9
# Findings share a slide as long as their letters are no smaller.
_SHARED_SIZE = 16


def render(document: Document) -> bytes:
    """Return the document as the bytes of a ``.pptx`` file."""
    return _Deck(document).written()


class _Deck:
    """Fills one presentation from the first slide to the last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words = words(document.language)
        self._deck = theme.blank_deck(document.brand)
        self._pen = Pen(document.language, document.brand.accent)
        self._kicker = ""
        self._title = ""
        # Words that wait for a slide: a short lead stands over the table or chart that follows.
        self._waiting: list[Item] = []

    def written(self) -> bytes:
        self._properties()
        self._cover()
        self._agenda()
        for section in self._document.sections:
            self._section(section)
        self._appendix()
        out = BytesIO()
        self._deck.save(out)
        return out.getvalue()

    def _properties(self) -> None:
        core = self._deck.core_properties
        core.title = self._document.title[:LONGEST_PROPERTY]
        core.subject = self._document.subtitle[:LONGEST_PROPERTY]
        core.author = self._document.brand.name or "Juluo"
        core.comments = self._document.footline[:LONGEST_PROPERTY]
        core.language = self._pen.language

    def _cover(self) -> None:
        from pptx.util import Inches

        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        title, subtitle = slide.shapes.title, slide.placeholders[1]
        self._fit_title(title.text_frame, self._document.title, (40, 34, 28, 22), (11.3, 1.5))
        self._placed(subtitle.text_frame, self._document.subtitle, 20, theme.SOFT)
        brand = self._document.brand
        if brand.logo:
            logo = slide.shapes.add_picture(
                BytesIO(brand.logo), Inches(1), Inches(0.8), height=Inches(1)
            )
            describe(logo, title=brand.name, words=brand.name)
        frame = self._pen.box(slide, 1.0, 5.2, theme.WIDTH - 2, 1.8)
        for number, (name, value) in enumerate(self._document.facts):
            line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._pen.words(line, f"{name}  ", size=12, colour=theme.SOFT, strong=True)
            self._pen.words(line, value, size=12, colour=theme.SOFT)

    def _agenda(self) -> None:
        titles = [section.title for section in self._document.sections if not section.is_empty]
        columns = [
            titles[n : n + _AGENDA_IN_A_COLUMN] for n in range(0, len(titles), _AGENDA_IN_A_COLUMN)
        ]
        for first in range(0, len(columns), 2):
            slide = self._slide(self._words.contents)
            for n, column in enumerate(columns[first : first + 2]):
                left = theme.MARGIN + n * theme.ROOM / 2
                frame = self._pen.box(slide, left, theme.BODY_TOP, theme.ROOM / 2 - 0.3, 5.1)
                for place, title in enumerate(column):
                    line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                    number = (first + n) * _AGENDA_IN_A_COLUMN + place + 1
                    self._agenda_line(line, number, title)

    def _agenda_line(self, line: Any, number: int, title: str) -> None:
        from pptx.util import Pt

        line.space_after = Pt(8)
        size = largest(title, (18, 15, 12, 10), room=theme.ROOM / 2 - 1.0, high=0.45)
        self._pen.words(line, f"{number:>2}  ", size=18, colour=theme.SOFT)
        self._pen.words(line, title, size=size)

    def _section(self, section: Section) -> None:
        self._fill(section.title, "", section.blocks)
        for part in section.parts:
            self._fill(part.title, section.title, part.blocks)

    def _fill(self, title: str, kicker: str, blocks: Iterable[Block]) -> None:
        self._title, self._kicker = title, kicker
        for tone, group in groupby(blocks, key=lambda b: getattr(b, "tone", None)):
            together = list(group)
            if tone is not None:
                self._findings([each for each in together if isinstance(each, Finding)])
                continue
            for block in together:
                self._write(block)
        self._flush()

    def _findings(self, findings: Sequence[Finding]) -> None:
        """Let findings of one tone share a slide as long as their letters stay large."""
        packs: list[list[Finding]] = []
        for each in findings:
            if packs and self._fit([*packs[-1], each]):
                packs[-1].append(each)
            else:
                packs.append([each])
        for pack in packs:
            if len(pack) == 1:
                self._write(pack[0])
                continue
            self._flush()
            self._text_slides(self._title, self._packed(pack), colour=tone_colour(pack[0].tone))

    def _fit(self, findings: Sequence[Finding]) -> bool:
        size, pages = pages_of(self._packed(findings), high=theme.BODY_BOTTOM - theme.BODY_TOP)
        return len(pages) == 1 and size >= _SHARED_SIZE

    def _packed(self, findings: Sequence[Finding]) -> list[Item]:
        items = []
        for each in findings:
            head = Text(f"{self._words.tone(each.tone)} · {each.title}", strong=True)
            items += [Item(runs=[head], is_aside=True), *self._found_items(each)]
        return items

    def _found_items(self, block: Finding) -> list[Item]:
        items = [Item(runs=block.what)]
        if block.why:
            lead = Text(self._words.why + self._words.colon, strong=True)
            items.append(Item(runs=[lead, *block.why]))
        return items

    @singledispatchmethod
    def _write(self, block: Block) -> None:
        raise TypeError(f"no face for {type(block).__name__}")

    @_write.register(Paragraph)
    @_write.register(Bullets)
    @_write.register(Note)
    def _said(self, block: Paragraph | Bullets | Note) -> None:
        self._waiting += items_of(block, self._document.language)

    @_write.register
    def _finding(self, block: Finding) -> None:
        self._flush()
        tone = Text(self._words.tone(block.tone), strong=True)
        items = [Item(runs=[tone], is_aside=True), *self._found_items(block)]
        self._text_slides(block.title, items, colour=tone_colour(block.tone))

    @_write.register
    def _key_figures(self, block: KeyFigures) -> None:
        lead = self._lead()
        for first in range(0, len(block.figures), _TILES_ON_A_SLIDE):
            slide, top = self._led_slide(self._title, lead if first == 0 else [])
            shown = block.figures[first : first + _TILES_ON_A_SLIDE]
            across = theme.ROOM / _TILES_IN_A_ROW
            for n, figure in enumerate(shown):
                row, column = divmod(n, _TILES_IN_A_ROW)
                place = (theme.MARGIN + column * across, top + row * 2.2, across - 0.2, 2.0)
                size = largest(figure.value.words, (30, 26, 20, 15, 11), room=across - 1, high=0.6)
                self._pen.tile(slide, figure, place, size)
            self._note(slide, (figure.value for figure in shown))

    @_write.register
    def _actions(self, block: Actions) -> None:
        self._table(actions_table(block, self._document.language))

    @_write.register
    def _table(self, block: Table) -> None:
        lead = self._lead()
        high = theme.BODY_BOTTOM - theme.BODY_TOP - (_LEAD_HIGH if lead else 0.0)
        size, pages = table_pages(block, high=high)
        for number, page in enumerate(pages, start=1):
            count = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
            slide, top = self._led_slide(block.caption + count, lead if number == 1 else [])
            frame = self._pen.table(
                slide,
                block.columns,
                page.rows,
                top=top,
                heights=page.heights,
                size=size,
                has_total=page.has_total,
            )
            describe(frame, title=block.caption, words=block.caption)
            heads = [Text("", column.evidence) for column in block.columns]
            self._note(slide, chain(heads, *page.rows))

    @_write.register
    def _chart(self, block: Chart) -> None:
        lead = self._lead()
        slide, top = self._led_slide(block.caption, lead)
        said = 0.2 + height(block.alternative, 12, theme.ROOM)
        place = (theme.MARGIN, top, theme.ROOM, theme.BODY_BOTTOM - top - said)
        figures = figures_of(block.option)
        if figures is None:
            self._pen.picture(slide, block, place)
        else:
            self._pen.chart(slide, figures, block, place)
        frame = self._pen.box(slide, theme.MARGIN, theme.BODY_BOTTOM - said + 0.1, theme.ROOM, said)
        runs = [Text(block.alternative), *(Text("", number) for number in block.evidence)]
        self._pen.runs(frame.paragraphs[0], runs, size=12, colour=theme.SOFT)
        self._note(slide, runs)

    def _flush(self) -> None:
        """Give waiting words slides of their own."""
        items, self._waiting = self._waiting, []
        if items:
            self._text_slides(self._title, items)

    def _lead(self) -> list[Item]:
        """Return waiting words if they are few; else give them their slides before."""
        high = sum(item.high(_LEAD_SIZE, theme.ROOM) for item in self._waiting)
        if high > _LEAD_HIGH:
            self._flush()
        items, self._waiting = self._waiting, []
        return items

    def _led_slide(self, title: str, lead: Sequence[Item]) -> tuple[Any, float]:
        """Return a slide with a short lead under its title, and where the rest begins."""
        kicker = self._kicker or self._title
        slide = self._slide(title, kicker=kicker if kicker != title else "")
        if not lead:
            return slide, theme.BODY_TOP
        self._items(slide, lead, _LEAD_SIZE)
        return slide, theme.BODY_TOP + _LEAD_HIGH

    def _text_slides(self, title: str, items: Sequence[Item], *, colour: str = "") -> None:
        size, pages = pages_of(items, high=theme.BODY_BOTTOM - theme.BODY_TOP)
        for number, page in enumerate(pages):
            kicker = self._kicker or (self._title if self._title != title else "")
            more = "" if number == 0 else f" ({self._words.continued})"
            slide = self._slide(title + more, kicker=kicker)
            self._items(slide, page, size, colour=colour)
            self._note(slide, (run for item in page for run in item.runs))

    def _items(self, slide: Any, items: Sequence[Item], size: float, *, colour: str = "") -> None:
        from pptx.util import Pt

        room = theme.BODY_BOTTOM - theme.BODY_TOP
        frame = self._pen.box(slide, theme.MARGIN, theme.BODY_TOP, theme.ROOM, room)
        for number, item in enumerate(items):
            line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            line.space_after = Pt(8)
            if item.sign:
                bullet(line, item.sign, INDENT)
            soft = (colour or theme.SOFT) if item.is_aside else theme.INK
            self._pen.runs(line, item.runs, size=size, colour=soft)

    def _slide(self, title: str, *, kicker: str = "") -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[1])
        room = (theme.ROOM, theme.TITLE_HEIGHT)
        self._fit_title(slide.shapes.title.text_frame, title, (28, 24, 20, 17, 14, 11), room)
        if kicker:
            frame = self._pen.box(slide, theme.MARGIN, theme.KICKER_TOP, theme.ROOM, 0.26)
            size = largest(kicker, (12, 10, 8), room=theme.ROOM, high=0.26)
            self._pen.words(frame.paragraphs[0], kicker, size=size, colour=theme.SOFT)
        self._foot(slide)
        return slide

    def _fit_title(
        self, frame: Any, title: str, sizes: Sequence[float], room: tuple[float, float]
    ) -> None:
        size = largest(title, sizes, room=room[0] * 0.95, high=room[1])
        self._placed(frame, title, size, theme.INK, strong=True)

    def _placed(
        self, frame: Any, said: str, size: float, colour: str, *, strong: bool = False
    ) -> None:
        """Write into a placeholder, which is where outlines and screen readers look."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self._pen.words(paragraph, said, size=size, colour=colour, strong=strong)

    def _foot(self, slide: Any) -> None:
        from pptx.enum.text import PP_ALIGN

        foot = self._document.footline or self._document.title
        frame = self._pen.box(slide, theme.MARGIN, theme.FOOT_TOP, theme.ROOM - 1.6, 0.3)
        size = largest(foot, (10, 8, 6), room=theme.ROOM - 1.6, high=0.3)
        self._pen.words(frame.paragraphs[0], foot, size=size, colour=theme.SOFT)
        number = self._pen.box(slide, theme.WIDTH - theme.MARGIN - 1.5, theme.FOOT_TOP, 1.5, 0.3)
        number.paragraphs[0].alignment = PP_ALIGN.RIGHT
        theme.number_field(number.paragraphs[0], len(self._deck.slides))

    def _note(self, slide: Any, runs: Iterable[Text]) -> None:
        """Write into a slide's notes what its numbers rest on."""
        numbers = sorted({run.evidence for run in runs if run.evidence is not None})
        if not numbers:
            return
        told = []
        for number in numbers:
            evidence = self._document.evidence[number - 1]
            rows = [f"{name}{self._words.colon}{value}" for name, value in evidence.rows]
            told.append("\n".join([f"[{number}] {evidence.title}", *rows]))
        slide.notes_slide.notes_text_frame.text = "\n\n".join(told)

    def _appendix(self) -> None:
        """List what the numbers rest on; the notes of each slide have it in full."""
        evidence = self._document.evidence
        if not evidence:
            return
        said = self._words.evidence
        self._title, self._kicker = self._document.appendix_title, ""
        columns = [
            Column(title="#", share=0.5),
            Column(title=said, share=3),
            Column(title="", share=8),
        ]
        rows = [
            [Text(f"[{number}]"), Text(each.title), Text(" · ".join(v for _n, v in each.rows[:2]))]
            for number, each in enumerate(evidence, start=1)
        ]
        self._table(Table(caption=self._document.appendix_title, columns=columns, rows=rows))
