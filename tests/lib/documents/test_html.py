import pytest
from lxml import html as reader
from tests.lib.documents.conftest import HOSTILE

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
    (table,) = root.iter("table")
    assert [each.get("scope") for each in table.findall("thead/tr/th")] == ["col", "col"]
    assert [each.get("scope") for each in table.findall("tbody/tr/th")] == ["row", "row"]
    assert table.findtext("caption") == "关键指标"
    assert root.find_class("scroll")[0].get("aria-label") == "关键指标"
    (chart,) = root.find_class("chart")
    assert (chart.get("role"), chart.get("aria-label")) == ("img", '贡献："3"')


def test_marks_lead_to_their_entries(page):
    root = reader.fromstring(page)

    assert root.xpath("//sup/a/@href") == [f"#evidence-{n}" for n in (1, 2, 1, 1, 2)]
    assert root.xpath("//h3/@id") == ["evidence-1", "evidence-2"]
    assert root.findtext(".//pre") == "SELECT '<b>'"
    assert len(root.findall(".//details")) == 1
