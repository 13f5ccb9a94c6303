"""What stands on a slide: text, tiles, native tables and native charts."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from juluo.lib.charts import images
from juluo.lib.charts.reading import Figures, Line
from juluo.lib.documents.model import Chart, Column, KeyFigure, Text, Tone
from juluo.lib.documents.slides import theme

PERCENT, NUMBER = '0.0"%"', "#,##0.##"


class Pen:
    """Writes in one language, with the brand's colour for what leads somewhere."""

    def __init__(self, language: str, accent: str) -> None:
        self.language = "zh-CN" if language.startswith("zh") else "en-GB"
        self.accent = accent

    def box(self, slide: Any, left: float, top: float, width: float, height: float) -> Any:
        """Add an empty text box that neither grows nor shrinks, and return its frame."""
        from pptx.util import Inches

        place = (Inches(left), Inches(top), Inches(width), Inches(height))
        frame = slide.shapes.add_textbox(*place).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def runs(
        self, paragraph: Any, runs: Iterable[Text], *, size: float, colour: str = theme.INK
    ) -> None:
        """Write runs; the mark of their evidence is raised behind them."""
        for run in runs:
            for number, line in enumerate(run.words.split("\n")):
                if number:
                    paragraph.add_line_break()
                self._run(paragraph, line, size, colour, strong=run.strong, url=run.url)
            if run.evidence is not None:
                mark = self._run(paragraph, f"[{run.evidence}]", size, theme.SOFT)
                mark.font._element.set("baseline", "30000")  # noqa: SLF001 - no public way

    def words(
        self,
        paragraph: Any,
        said: str,
        *,
        size: float,
        colour: str = theme.INK,
        strong: bool = False,
    ) -> None:
        """Write plain words."""
        self._run(paragraph, said, size, colour, strong=strong)

    def _run(
        self,
        paragraph: Any,
        said: str,
        size: float,
        colour: str,
        *,
        strong: bool = False,
        url: str = "",
    ) -> Any:
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = said
        run.font.size, run.font.bold = Pt(size), strong or None
        run.font.color.rgb = rgb(colour)
        if url:
            run.hyperlink.address = url
        both_fonts(run.font._element)  # noqa: SLF001
        run.font._element.set("lang", self.language)  # noqa: SLF001
        run.font._element.set("altLang", "zh-CN")  # noqa: SLF001
        return run

    def tile(
        self, slide: Any, figure: KeyFigure, place: Sequence[float], value_size: float
    ) -> None:
        """Draw one key figure on its card."""
        left, top, width, height = place
        card = _card(slide, place, self.accent)
        card.name = figure.title
        frame = self.box(slide, left + 0.2, top + 0.18, width - 0.4, height - 0.3)
        self.words(frame.paragraphs[0], figure.title, size=13, colour=theme.SOFT)
        self.runs(frame.add_paragraph(), [_strong(figure.value)], size=value_size)
        if figure.change:
            colour = tone_colour(figure.tone) or theme.SOFT
            self.words(frame.add_paragraph(), figure.change, size=14, colour=colour)

    def table(
        self,
        slide: Any,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Text]],
        *,
        top: float,
        heights: Sequence[float],
        size: float,
        has_total: bool,
    ) -> Any:
        """Draw a native table; the first height is the head's. Return its frame."""
        from pptx.util import Inches

        place = (Inches(theme.MARGIN), Inches(top), Inches(theme.ROOM), Inches(sum(heights)))
        frame = slide.shapes.add_table(len(rows) + 1, len(columns), *place)
        table = frame.table
        table.first_row, table.horz_banding, table.last_row = True, False, has_total
        for column, share in zip(table.columns, widths(columns), strict=True):
            column.width = Inches(share)
        for row, height in zip(table.rows, heights, strict=True):
            row.height = Inches(height)
        heads = [Text(each.title, each.evidence, strong=True) for each in columns]
        for number, row in enumerate([heads, *rows]):
            is_last = has_total and number == len(rows)
            fill = theme.HEAD_FILL if number == 0 else theme.PALE if is_last else "FFFFFF"
            for cell, text, column in zip(table.rows[number].cells, row, columns, strict=True):
                self._cell(cell, _strong(text) if is_last else text, column, size, fill)
        return frame

    def _cell(self, cell: Any, text: Text, column: Column, size: float, fill: str) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Inches

        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(fill)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_left = cell.margin_right = Inches(0.08)
        cell.margin_top = cell.margin_bottom = Inches(0.04)
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if column.numeric else PP_ALIGN.LEFT
        self.runs(paragraph, [text], size=size)
        _under_line(cell)

    def chart(self, slide: Any, figures: Figures, chart: Chart, place: Sequence[float]) -> None:
        """Draw a native chart, which holds its figures as a workbook that can be edited."""
        from pptx.chart import data as chart_data
        from pptx.util import Inches

        made: Any = chart_data.CategoryChartData
        data = made(number_format=PERCENT if figures.is_percent else NUMBER)
        data.categories = list(figures.labels)
        for line in figures.lines:
            data.add_series(line.name, list(line.values))
        where = [Inches(each) for each in place]
        frame = slide.shapes.add_chart(_chart_type(figures), *where, data)
        describe(frame, title=chart.caption, words=chart.alternative)
        _style_chart(frame.chart, figures)

    def picture(self, slide: Any, chart: Chart, place: Sequence[float]) -> None:
        """Draw a chart that Office has no kind for as a picture."""
        from pptx.util import Inches

        left, top, width, height = place
        across = 1000
        png = images.to_png(chart.option, width=across, height=round(across * height / width))
        shown = slide.shapes.add_picture(
            BytesIO(png), Inches(left), Inches(top), Inches(width), Inches(height)
        )
        describe(shown, title=chart.caption, words=chart.alternative)


def widths(columns: Sequence[Column]) -> list[float]:
    """Return how wide each column is, in inches."""
    whole = sum(column.share for column in columns)
    return [theme.ROOM * column.share / whole for column in columns]


def describe(shape: Any, *, title: str, words: str) -> None:
    """Give a picture or a chart the words that stand for it."""
    properties = shape._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001 - no public way
    properties.set("descr", words)
    properties.set("title", title)


def bullet(paragraph: Any, sign: str, indent: float) -> None:
    """Make a paragraph part of a list: ``•``, or ``3.`` for the third of a numbered one."""
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    number = sign.rstrip(".")
    kind = f'<a:buChar {space} char="•"/>'
    if number.isdecimal():
        kind = f'<a:buAutoNum {space} type="arabicPeriod" startAt="{number}"/>'
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way
    properties.set("marL", str(int(Inches(indent))))
    properties.set("indent", str(-int(Inches(indent))))
    properties.append(parse_xml(kind))


def tone_colour(tone: Tone) -> str:
    """Return a tone's colour, or "" for a neutral one."""
    return {Tone.GOOD: theme.GOOD, Tone.BAD: theme.BAD}.get(tone, "")


def rgb(colour: str) -> Any:
    """Return six hex digits as Office holds a colour."""
    from pptx.dml.color import RGBColor

    read: Any = RGBColor.from_string
    return read(colour.removeprefix("#").upper())


def both_fonts(properties: Any) -> None:
    """Name the fonts of both scripts, in the order Office wants."""
    from pptx.oxml.ns import qn

    for tag, typeface in (("a:latin", theme.LATIN_FONT), ("a:ea", theme.CHINESE_FONT)):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        font = properties.makeelement(qn(tag), {"typeface": typeface})
        later = [properties.find(qn(each)) for each in ("a:ea", "a:cs", "a:sym", "a:hlinkClick")]
        following = next((each for each in later if each is not None), None)
        if following is None:
            properties.append(font)
        else:
            following.addprevious(font)


def _strong(text: Text) -> Text:
    return Text(text.words, text.evidence, strong=True, url=text.url)


def _card(slide: Any, place: Sequence[float], accent: str) -> Any:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    left, top, width, height = place
    for high, colour in ((height, theme.PALE), (0.06, accent)):
        where = (Inches(left), Inches(top), Inches(width), Inches(high))
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *where)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False
    return shape


def _under_line(cell: Any) -> None:
    from pptx.oxml import parse_xml

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx has no borders
    line = parse_xml(
        '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="6350">'
        f'<a:solidFill><a:srgbClr val="{theme.LINE}"/></a:solidFill></a:lnB>'
    )
    properties.insert(0, line)


def _chart_type(figures: Figures) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    if figures.kind == "line":
        few = len(figures.labels) <= 40
        return XL_CHART_TYPE.LINE_MARKERS if few else XL_CHART_TYPE.LINE
    stacked = figures.kind == "stacked"
    return XL_CHART_TYPE.COLUMN_STACKED if stacked else XL_CHART_TYPE.COLUMN_CLUSTERED


def _style_chart(chart: Any, figures: Figures) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    chart.font.size = Pt(12)
    chart.font.color.rgb = rgb(theme.SOFT)
    both_fonts(chart.font._element)  # noqa: SLF001
    chart.has_title = False
    chart.has_legend = len(figures.lines) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = rgb(theme.LINE)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = PERCENT if figures.is_percent else NUMBER
    axis.tick_labels.number_format_is_linked = False
    # Below the bars that go down, not across them.
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for series, line in zip(chart.plots[0].series, figures.lines, strict=True):
        _style_series(series, line, figures.kind)
    if figures.kind != "line":
        chart.plots[0].gap_width = 60


def _style_series(series: Any, line: Line, kind: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    colour = rgb(images.ON_WHITE.get(line.colour, line.colour or images.ON_WHITE["series-1"]))
    if kind != "line":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False
        return
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(0.75 if line.is_edge else 2.25)
    if line.is_edge or line.is_faint:
        series.format.line.dash_style = MSO_LINE.SQUARE_DOT if line.is_edge else MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
