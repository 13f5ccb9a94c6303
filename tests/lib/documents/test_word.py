"""Word's own means: styles, tables, fields, bookmarks; fonts for both scripts."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from tests.lib.documents.conftest import HOSTILE

from juluo.lib.documents import word


@pytest.fixture
def file(document) -> bytes:
    return word.render(document)


@pytest.fixture
def opened(file):
    return docx.Document(BytesIO(file))


def every(opened, tag: str) -> list:
    return list(opened.element.body.iter(qn(tag)))


def test_headings_and_words_stand_in_words_own_styles(opened):
    styles = {paragraph.style.name: paragraph.text for paragraph in opened.paragraphs}

    assert styles["Title"] == f"{HOSTILE} 运营报告"
    assert styles["Subtitle"] == "2026 年 3 月"
    assert styles["List Bullet"] == "一"
    headings = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert headings == [HOSTILE, "表", "附录"]


def test_a_table_is_a_table_whose_head_repeats(opened):
    (table,) = opened.tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "本期\u200b[2]"],
        [HOSTILE, "1,234[1]"],
        ["b", "2"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(every(opened, "w:tblHeader")) == 1
    wide, narrow = (column.width for column in table.columns)
    assert wide == pytest.approx(narrow * 2, rel=0.01)


def test_captions_are_counted_by_words_own_fields(opened):
    fields = [each.get(qn("w:instr")).strip() for each in every(opened, "w:fldSimple")]
    captions = [p.text for p in opened.paragraphs if p.style.name == "Caption"]

    assert fields == ["SEQ 表 \\* ARABIC", "SEQ 图 \\* ARABIC"]
    assert "关键指标" in captions[0]
    assert HOSTILE in captions[1]
    footer = opened.sections[0].footer._element
    pages = [each.get(qn("w:instr")).strip() for each in footer.iter(qn("w:fldSimple"))]
    assert pages == ["PAGE", "NUMPAGES"]


def test_a_picture_says_what_it_shows(opened, file):
    (picture,) = every(opened, "wp:docPr")

    assert picture.get("descr") == '贡献："3"'
    with zipfile.ZipFile(BytesIO(file)) as parts:
        (name,) = [each for each in parts.namelist() if each.startswith("word/media/")]
        assert parts.read(name).startswith(b"\x89PNG")


def test_marks_lead_to_bookmarks(opened):
    anchors = [each.get(qn("w:anchor")) for each in every(opened, "w:hyperlink")]
    links = [each for each in anchors if each.startswith("evidence")]
    starts = {
        each.get(qn("w:id")): each.get(qn("w:name")) for each in every(opened, "w:bookmarkStart")
    }
    ends = [each.get(qn("w:id")) for each in every(opened, "w:bookmarkEnd")]
    names = list(starts.values())

    assert links == [f"evidence_{n}" for n in (1, 2, 1, 1, 2)]
    assert [each for each in names if each.startswith("evidence")] == ["evidence_1", "evidence_2"]
    assert ends == list(starts)
    assert len(names) == len(set(names))
    assert set(anchors) <= set(names)


def test_every_style_has_a_font_for_hanzi(opened):
    used = {paragraph.style.name for paragraph in opened.paragraphs} | {"Table Text", "Caption"}

    for name in used:
        fonts = opened.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "微软雅黑", name
        assert fonts.get(qn("w:ascii")) == "Calibri", name
        assert fonts.get(qn("w:eastAsiaTheme")) is None, name


def test_nothing_is_loaded_from_outside(file):
    with zipfile.ZipFile(BytesIO(file)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in parts.read(name), name


def test_says_its_language_and_title(opened):
    assert opened.core_properties.language == "zh-CN"
    assert opened.core_properties.title == f"{HOSTILE} 运营报告"
