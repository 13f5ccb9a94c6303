"""The operations report: in both languages and both faces, every number with its evidence."""

import json
import re
import shlex
import subprocess
import zipfile
from io import BytesIO
from math import ceil

import pytest
import time_machine
from django.core.cache import cache
from lxml import etree, html
from tests.communities import COMMUNITIES
from tests.made_up import NOW

from juluo.analytics.engine import WindowTooWide
from juluo.domains.insights.queries.headlines import HEADLINE_KEYS
from juluo.domains.reporting import queries
from juluo.domains.reporting.types import ReportRequest
from juluo.lib import figures
from juluo.lib.documents.model import Chart, Document, Finding, KeyFigures, Table
from juluo.project.cli import main

pytestmark = pytest.mark.over_the_lake

CASES = [("made up", "zh"), ("Stack Exchange", "zh"), ("Slack", "en")]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield tmp_path


def headline_table(document: Document) -> Table:
    section = next(each for each in document.sections if each.key == "headlines")
    return next(b for b in section.blocks if isinstance(b, Table))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "language"), CASES)
def test_a_report_stands_with_its_evidence_in_word_html_and_pdf(name, language, home, capsys):
    tried = COMMUNITIES[name]
    tried.make()
    asked = ReportRequest(start=tried.month, end=tried.end, language=language)
    document = queries.composed(asked, now=NOW).document

    the_command_beside_each_headline_gives_it_again(document, language, capsys)
    page = queries.rendered(document, "html").decode()
    the_page_holds_together(page, document, language)
    if name == "made up":
        names_people_gave_are_words_and_nothing_else(page)
    word = queries.rendered(document, "docx")
    the_word_file_holds_together(word, document)
    office_opens_it(word, document, home)


def the_command_beside_each_headline_gives_it_again(document, language, capsys) -> None:
    rows = headline_table(document).rows
    assert len(rows) == len(HEADLINE_KEYS)
    for key, row in zip(HEADLINE_KEYS, rows, strict=True):
        assert row[1].evidence is not None
        entry = document.evidence[row[1].evidence - 1]
        assert entry.title == row[0].words
        told = [value for _name, value in entry.rows]
        (command,) = [value for value in told if value.startswith("juluo ")]
        cache.clear()
        with pytest.raises(SystemExit) as left:
            main(shlex.split(command)[1:])
        assert left.value.code == 0
        again = json.loads(capsys.readouterr().out)
        (point,) = again["points"]
        assert again["key"] == key
        assert figures.figure(point["value"], again["unit"], language=language) == row[1].words
        assert again["data_version"] in told
        assert again["query"] == entry.query


def the_page_holds_together(page: str, document: Document, language: str) -> None:
    root = html.fromstring(page)
    assert root.get("lang") == ("zh-Hans" if language == "zh" else "en")
    assert root.findtext(".//h1") == document.title
    # Nothing is loaded, nothing runs, nothing is hostile.
    assert not root.xpath("//script | //link | //img | //iframe | //object | //@src | //@onload")
    assert all(each.startswith("#") for each in root.xpath("//@href"))
    assert not re.search(r"url\((?!#)|@import", page)
    # Every mark leads to an entry, and each entry is led to.
    marks = set(root.xpath("//sup/a/@href"))
    entries = {f"#evidence-{n}" for n in range(1, len(document.evidence) + 1)}
    assert marks == entries
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert entries <= {f"#{each}" for each in ids}
    assert all(each.get("aria-label") for each in root.find_class("chart"))


def names_people_gave_are_words_and_nothing_else(page: str) -> None:
    assert "晨读社 &lt;&amp;&gt;" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def the_word_file_holds_together(word: bytes, document: Document) -> None:
    with zipfile.ZipFile(BytesIO(word)) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
    links = {each.get(f"{WORD}anchor") for each in body.iter(f"{WORD}hyperlink")}
    bookmarks = [each.get(f"{WORD}name") for each in body.iter(f"{WORD}bookmarkStart")]
    cited = {f"evidence_{n}" for n in range(1, len(document.evidence) + 1)}
    assert {each for each in links if each.startswith("evidence")} == cited
    assert sorted(bookmarks) == sorted(links)
    every = [part for each in document.sections for part in (each, *each.parts)]
    assert len(pictures) == sum(isinstance(b, Chart) for s in every for b in s.blocks)
    tables = list(body.iter(f"{WORD}tbl"))
    # A finding stands in a box of its own, as the cards of figures do: boxes have no head.
    heads = sum(isinstance(b, Table) for s in every for b in s.blocks)
    blocks = [b for s in every for b in s.blocks]
    boxes = sum(isinstance(b, Finding) for b in blocks)
    boxes += sum(ceil(len(b.figures) / 4) for b in blocks if isinstance(b, KeyFigures))
    assert len(tables) == heads + boxes
    assert len(list(body.iter(f"{WORD}tblHeader"))) == heads


def office_opens_it(word: bytes, document: Document, home) -> None:
    (home / "report.docx").write_bytes(word)
    profile = f"-env:UserInstallation=file://{home}/office"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "report.docx"]
    subprocess.run(convert, cwd=home, check=True, capture_output=True, timeout=120)
    told = subprocess.run(
        ["pdftotext", "-layout", "report.pdf", "-"], cwd=home, check=True, capture_output=True
    )
    pages = told.stdout.decode().split("\f")
    text = re.sub(r"\s", "", "".join(pages))
    assert re.sub(r"\s", "", document.title) in text
    definition = next(
        value for _name, value in document.evidence[0].rows if value.endswith(("。", "."))
    )
    assert re.sub(r"\s", "", definition) in text
    assert 4 <= len(pages) - 1 <= 30


@pytest.mark.django_db
def test_an_empty_community_has_a_report_that_says_so():
    asked = ReportRequest(
        start=COMMUNITIES["made up"].month, end=COMMUNITIES["made up"].end, language="en"
    )

    document = queries.composed(asked, now=NOW).document

    assert [row[1].words for row in headline_table(document).rows][:3] == ["0", "0", "0"]
    assert queries.rendered(document, "html")
    assert queries.rendered(document, "docx")


@pytest.mark.django_db
@pytest.mark.parametrize("days", [("0001-01-01", "0001-02-01"), ("1990-01-01", "2026-01-01")])
def test_a_window_out_of_reach_is_refused(days):
    start, end = (type(NOW.date()).fromisoformat(day) for day in days)

    with pytest.raises(WindowTooWide):
        queries.composed(ReportRequest(start=start, end=end, language="en"), now=NOW)
