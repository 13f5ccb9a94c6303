import pytest
from lxml import html as reader
from tests.lib.documents.conftest import HOSTILE, full_document

from juluo.lib.documents import html


@pytest.fixture
def page(document):
    return html.render(document)


def test_nothing_is_loaded_and_nothing_runs(page):
    root = reader.fromstring(page)

    assert not root.xpath("//script | //link | //img | //iframe | //@src")
    assert all(each.startswith("#") for each in root.xpath("//@href"))
    assert "<script" not in page
    assert root.findtext(".//h1") == f"{HOSTILE} 运营报告"
    assert root.findtext(".//title") == f"{HOSTILE} 运营报告"


def test_says_its_language_and_gives_tables_their_heads(page):
    root = reader.fromstring(page)

    assert root.get("lang") == "zh-Hans"
    table, figures = root.iter("table")
    assert [each.text for each in figures.iter("td")] == ["3"]
    assert [each.get("scope") for each in table.findall("thead/tr/th")] == ["col", "col"]
    assert [each.get("scope") for each in table.findall("tbody/tr/th")] == ["row", "row"]
    assert table.findtext("caption") == "关键指标"
    assert root.find_class("scroll")[0].get("aria-label") == "关键指标"
    (chart,) = root.find_class("chart")
    assert (chart.get("role"), chart.get("aria-label")) == ("img", '贡献："3"')


def test_marks_lead_to_their_entries(page):
    root = reader.fromstring(page)

    assert root.xpath("//sup/a/@href") == [f"#evidence-{n}" for n in (1, 2, 1, 1, 2)]
    assert root.xpath("//section[@class='appendix']//h3/@id") == ["evidence-1", "evidence-2"]
    assert root.findtext(".//pre") == "SELECT '<b>'"
    assert len(root.find_class("sql")) == 1


def test_has_landmarks_contents_and_a_way_past_them():
    root = reader.fromstring(html.render(full_document("zh")))

    assert [each.tag for each in root.find("body")] == ["a", "header", "nav", "main", "footer"]
    assert root.find("body/a").get("href") == "#text"
    linked = [each.removeprefix("#") for each in root.xpath("//nav//a/@href")]
    assert linked == ["section-1", "section-2", "section-2-1", "section-3", "appendix"]
    ids = root.xpath("//@id")
    assert set(linked) <= set(ids)
    assert len(ids) == len(set(ids))
    levels = [each.tag for each in root.iter("h1", "h2", "h3")]
    assert levels == ["h1", "h2", "h2", "h2", "h3", "h2", "h2", "h3", "h3"]
    assert root.find(".//header/img").get("alt") == "青禾"


def test_tone_is_said_in_words_and_a_band_is_a_column_for_each_edge():
    root = reader.fromstring(html.render(full_document("en")))

    (finding,) = root.find_class("finding")
    assert finding.text_content().startswith("▼ Needs attention Newcomers wait longer")
    (note,) = root.find_class("note")
    assert note.find_class("by")[0].text == "Note: 林晓梅 · 2026-03-04"
    first = root.find_class("chart-data")[0]
    heads = [each.text for each in first.iter("th")][:6]
    assert heads == ["Point", "活跃成员", "预测 ▾", "预测 ▴", "预测", "进度线"]
    assert [each.text for each in first.findall(".//tr")[3].iter("td")] == ["–", "3", "8", "5", "4"]
    assert root.findtext(".//tfoot/tr/td") == "820.00"
