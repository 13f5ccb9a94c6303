"""From the home's figures to the records behind them; imports, start to end."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from tests.journeys.looks import in_each_look

from juluo.importers.demonstration import fill
from juluo.project.background import Background

FEBRUARY = "first=2026-02-01&last=2026-02-28&grain=week"
PATHS = [
    "/console/?day=2026-02-10",
    f"/console/explorer/?key=members.active&{FEBRUARY}&compare=before",
    f"/console/explorer/?key=content.contributions&{FEBRUARY}&by=space",
    f"/console/explorer/?key=members.retention&{FEBRUARY}",
    f"/console/explorer/?key=rhythm.hours&{FEBRUARY}",
    "/console/explorer/?first=x",
    f"/console/explorer/records/?key=members.active&{FEBRUARY}&start=2026-02-02",
    "/console/metrics/",
    "/console/reports/",
    "/console/settings/",
    "/console/imports/",
    "/console/imports/new/",
    "/console/background/",
]


@pytest.fixture
def lively(community):
    """The demonstration community, as of a fixed day."""
    fill(now=datetime(2026, 3, 21, tzinfo=UTC))
    return community


def work():
    """Do the worker's turns until nothing is left."""
    background = Background()
    for _ in range(20):
        if not background.turn():
            return
    raise AssertionError("the worker finds no end")


@in_each_look
def test_pages_of_figures_keep_nobody_out(signed_in_page, lively, look):
    watched = signed_in_page("owner", **look)
    found = watched.walk([*PATHS, f"/console/imports/{lively.run.pk}/"])
    assert [each for each in found if "does not conform" not in each] == []


def test_from_the_home_to_the_records_of_a_figure(signed_in_page, lively):
    watched = signed_in_page("moderator")
    page = watched.open("/console/?day=2026-02-10")
    figure = page.locator(".j-stat-value a").first
    shown = figure.inner_text()

    figure.click()
    expect(page.locator("h1")).to_have_text("Active members")
    expect(page.locator("[data-chart] svg")).to_have_count(1)
    row = page.locator("table tr", has_text="February 2026").last
    assert row.locator("td").first.inner_text() == shown
    row.get_by_role("link", name="Records").click()

    expect(page.locator("h1")).to_have_text("Records: February 2026")
    assert page.locator("tbody tr").count() == 50
    page.get_by_role("link", name="Older").click()
    assert "offset=50" in page.url
    assert watched.complaints == []


def test_the_explorer_by_keyboard_alone(signed_in_page, lively):
    watched = signed_in_page("owner")
    page = watched.open(f"/console/explorer/?key=members.active&{FEBRUARY}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "key":
            break
    page.keyboard.type("Contributing")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Apply":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Contributing members")

    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith("Records"):
            break
    box = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert box > page.evaluate("document.querySelector('.j-top').getBoundingClientRect().bottom")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Records")
    assert watched.complaints == []


def slack_export():
    """Return a tiny made-up export: two people, one channel, two messages."""
    people = [
        {"id": f"U{n}", "name": name, "profile": {"real_name": name}}
        for n, name in enumerate(("ada", "bo"))
    ]
    said = [
        {"type": "message", "user": "U0", "text": "hello", "ts": "1740996000.000100"},
        {"type": "message", "user": "U1", "text": "hi", "ts": "1740996060.000200"},
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("users.json", json.dumps(people))
        archive.writestr(
            "channels.json", json.dumps([{"id": "C1", "name": "talk", "created": 1740900000}])
        )
        archive.writestr("talk/2025-03-03.json", json.dumps(said))
    return out.getvalue()


def test_an_export_is_brought_in_and_its_figures_stand_on_the_home(signed_in_page):
    watched = signed_in_page("operator")
    page = watched.open("/console/imports/new/")
    page.set_input_files(
        "[name=file]",
        {"name": "ours.zip", "mimeType": "application/zip", "buffer": slack_export()},
    )
    page.get_by_role("button", name="Import").click()
    expect(page.locator("main")).to_contain_text("ours.zip")

    work()

    expect(page.locator("main")).to_contain_text("The import is done.", timeout=10_000)
    home = watched.open("/console/?day=2025-03-03")
    assert home.locator(".j-stat-value").first.inner_text() == "2"
    assert watched.complaints == []


def test_from_the_list_of_members_to_a_member(signed_in_page, lively):
    watched = signed_in_page("moderator", width=390)
    page = watched.open("/console/members/")
    link = page.locator("tbody a").first
    name = link.inner_text()
    link.click()

    expect(page.locator("h1")).to_contain_text(name)
    assert watched.spill() <= 0
    assert watched.complaints == []
