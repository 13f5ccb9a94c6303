"""PowerPoint's own means: placeholders, native tables and charts, notes; nothing runs over."""

import zipfile
from io import BytesIO

import pptx
import pytest
from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Emu
from tests.lib.documents.conftest import HOSTILE, full_document

from juluo.lib.documents import slides
from juluo.lib.documents.model import Column, Document, Paragraph, Section, Table, Text
from juluo.lib.documents.slides.measure import height, lines, width


@pytest.fixture(scope="module")
def deck():
    return pptx.Presentation(BytesIO(slides.render(full_document("zh"))))


def titles(deck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def shapes(deck, kind: str) -> list:
    return [shape for slide in deck.slides for shape in slide.shapes if getattr(shape, kind)]


def test_each_part_has_a_slide_with_a_title_that_says_what_it_shows(deck):
    assert round(deck.slide_width / deck.slide_height, 2) == 1.78
    assert titles(deck) == [
        "青禾社群运营报告",
        "目录",
        "概况",
        "新人等待变长",
        "概况",
        "概况 (续)",
        "成员",
        "增长",
        "细节",
        "预算表 (1/3)",
        "预算表 (2/3)",
        "预算表 (3/3)",
        "改进措施",
        "附录：依据",
    ]


def test_charts_are_native_and_hold_the_numbers_of_the_series(deck):
    band, stacked = (shape.chart for shape in shapes(deck, "has_chart"))

    assert [plot.categories[0] for plot in band.plots] == ["1"]
    assert {each.name: list(each.values) for each in band.plots[0].series} == {
        "活跃成员": [3.0, 4.0, None],
        "预测 ▾": [None, 4.0, 3.0],
        "预测 ▴": [None, 4.0, 8.0],
        "预测": [None, 4.0, 5.0],
        "进度线": [2.0, 3.0, 4.0],
    }
    assert {each.name: list(each.values) for each in stacked.plots[0].series} == {
        "新增": [30.0, 40.5],
        "流失": [-1.0, -2.0],
    }
    book = stacked.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(BytesIO(book)) as parts:
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    numbers = [each.text for each in sheet.iter("{*}v") if each.getparent().get("t") != "s"]
    assert numbers == ["30", "-1", "40.5", "-2"]


def test_pictures_and_charts_say_what_they_show(deck):
    told = [
        each.get("descr") for slide in deck.slides for each in slide._element.iter(qn("p:cNvPr"))
    ]

    tables = ["预算表", "预算表", "预算表", "改进措施", "附录：依据"]
    assert [each for each in told if each] == ["青禾", "从 3 到 4", "从 30 到 40.5", *tables]


def test_notes_carry_the_evidence_of_what_a_slide_shows(deck):
    notes = {
        title: slide.notes_slide.notes_text_frame.text
        for title, slide in zip(titles(deck), deck.slides, strict=True)
        if slide.has_notes_slide
    }

    assert notes["成员"] == "[1] 活跃成员\n定义：有参与的成员"
    assert notes["新人等待变长"].count("[") == 2
    assert notes["预算表 (3/3)"] == "[2] 首次回复\n定义：等待的中位数"
    assert "增长" not in notes


def test_every_run_names_a_font_for_hanzi_and_pages_are_numbered(deck):
    for slide in deck.slides:
        for run in slide._element.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).find(qn("a:ea")).get("typeface") == "微软雅黑"
    numbers = [f.findtext(qn("a:t")) for s in deck.slides for f in s._element.iter(qn("a:fld"))]
    assert numbers == [str(n) for n in range(2, len(deck.slides) + 1)]


def test_every_row_of_a_long_table_is_there_once_with_its_head_and_sum(deck):
    tables = [shape.table for shape in shapes(deck, "has_table")][:3]

    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    assert [row[0] for row in rows] == [*(f"项目 {n}" for n in range(1, 41)), "合计"]
    assert {table.rows[0].cells[0].text for table in tables} == {"项目"}
    assert rows[-1][1] == "820.00"
    assert [table.last_row for table in tables] == [False, False, True]


def monstrous() -> Document:
    """Return a document that no slide could hold: titles, cells and words without end."""
    word = "长词" * 400
    cells = [Text(HOSTILE * 60), Text("abc" * 300), Text("1")]
    table = Table(
        caption=word,
        columns=[Column(title=HOSTILE), Column(title=word[:90]), Column(title="n", numeric=True)],
        rows=[cells] * 3,
        total=[Text("Total"), Text(""), Text("3")],
    )
    return Document(
        title=word[:300],
        subtitle=HOSTILE,
        language="zh",
        facts=[],
        sections=[
            Section(title=word[:120], blocks=[Paragraph([Text(word * 4)]), table]),
            *(Section(title=f"节 {n}", blocks=[Paragraph([Text("x")])]) for n in range(30)),
        ],
        appendix_title="",
    )


@pytest.mark.parametrize("made", [full_document("en"), monstrous()], ids=["full", "monstrous"])
def test_nothing_runs_over_the_edge_of_a_slide(made):
    deck = pptx.Presentation(BytesIO(slides.render(made)))
    bottom = Emu(deck.slide_height).inches

    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        if shape.has_text_frame and shape.text_frame.text:
            box, high = shape.text_frame, 0.0
            for each in box.paragraphs:
                size = max((run.font.size.pt for run in each.runs), default=10)
                high += height(each.text, size, Emu(shape.width).inches)
            assert Emu(shape.top).inches + high <= bottom, shape.text_frame.text[:50]
        if shape.has_table:
            high = sum(row.height for row in shape.table.rows)
            assert Emu(shape.top + high).inches <= 6.85
            for row in shape.table.rows:
                for cell, column in zip(row.cells, shape.table.columns, strict=True):
                    size = max(run.font.size.pt for run in cell.text_frame.paragraphs[0].runs)
                    needed = height(cell.text, size, Emu(column.width).inches - 0.2)
                    assert needed <= Emu(row.height).inches


def test_every_word_of_a_monstrous_document_is_somewhere():
    deck = pptx.Presentation(BytesIO(slides.render(monstrous())))

    words = "".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes
        if shape.has_text_frame and shape != slide.shapes.title
    )  # fmt: skip
    assert words.count("长词") >= 1600
    cells = "".join(
        cell.text for shape in shapes(deck, "has_table") for row in shape.table.rows
        for cell in row.cells
    )  # fmt: skip
    assert cells.count("abc") == 900


def test_lines_are_broken_between_hanzi_and_between_words():
    assert lines("一二三四五六", 72, 3.3) == ["一二三", "四五六"]
    assert lines("aa bb", 72, 1.6) == ["aa", "bb"]
    assert width("一", 72) == pytest.approx(1.06)
