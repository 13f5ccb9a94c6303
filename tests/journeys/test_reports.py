"""A cycle is over: its report is made, completed, signed, issued; the next one answers for it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect
from tests.journeys.looks import in_each_look

from juluo.domains.reporting.models import Report
from juluo.importers.demonstration import fill
from juluo.project.background import Background

PAGES = ("", "actions/", "remarks/", "files/", "since/")


@pytest.fixture
def lively(community, tmp_path, monkeypatch):
    """The demonstration community, as of a day in March."""
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(datetime(2026, 3, 21, 4, tzinfo=UTC), tick=True) as clock:
        fill(now=datetime(2026, 3, 21, tzinfo=UTC))
        yield clock


def work():
    """Do the worker's turns until nothing is left."""
    background = Background()
    for _ in range(40):
        if not background.turn():
            return
    raise AssertionError("the worker finds no end")


def made(page, label):
    """Ask for the report of a cycle by one click, and wait until its draft is there."""
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url("**/console/reports/*/")
    work()
    page.wait_for_selector(".j-document", timeout=20_000)
    return page.url.split("#")[0]


def issued(operator, owner, here):
    """Let a draft be submitted, signed and issued by the two people it takes."""
    operator.goto(here)
    operator.get_by_role("button", name="Submit for sign-off").click()
    owner.goto(here)
    owner.get_by_role("button", name="Sign it off").click()
    operator.goto(here)
    operator.get_by_role("button", name="Issue it").click()
    expect(operator.locator(".j-step")).to_contain_text("these figures stay as they are")


def test_the_loop_closes(signed_in_page, lively):
    watched, boss = signed_in_page("operator"), signed_in_page("owner")
    page, owner = watched.page, boss.page
    watched.open("/console/reports/")
    here = made(page, "Last month")

    note = page.locator("details.j-write").first
    note.locator("summary").click()
    note.locator("textarea").fill("The holidays fell into this month.")
    note.get_by_role("button").click()
    expect(page.locator(".note").first).to_contain_text("The holidays fell into this month.")
    page.goto(f"{here}actions/")
    page.fill("[name=what]", "Answer newcomers every day")
    page.select_option("[name=metric]", "newcomers.answered_1d")
    page.fill("[name=target]", "90")
    page.get_by_role("button", name="Add the action").click()
    expect(page.locator("tbody tr")).to_contain_text("→ 90.0%")
    issued(page, owner, here)

    page.goto(f"{here}files/")
    page.locator("select[name=language]").first.select_option("zh")
    page.select_option("[name=format]", "html")
    page.get_by_role("button", name="Make the file").click()
    work()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    name = "juluo-monthly-report-2026-02-01-2026-03-01-zh.html"
    assert download.value.suggested_filename == name
    text = download.value.path().read_text(encoding="utf-8")
    assert "The holidays fell into this month." in text
    assert "https://" not in text.replace("https://www.w3.org", "")

    page.get_by_role("button", name="Make a link").click()
    link = page.locator("code.j-wrap").inner_text()
    reader = page.context.browser.new_context().new_page()
    reader.goto(link)
    expect(reader.locator("h1")).to_be_visible()

    lively.move_to(datetime(2026, 4, 2, 4, tzinfo=UTC))
    cache.clear()
    watched.open("/console/reports/")
    following = made(page, "Last month")
    opening = page.locator(".j-document section.card").first
    expect(opening).to_have_id("promises")
    expect(opening).to_contain_text("Answer newcomers every day")
    issued(page, owner, following)
    watched.open("/console/improvement/")
    row = page.locator("tbody tr", has_text="Answer newcomers")
    expect(row).not_to_contain_text("Not measured yet")
    assert watched.complaints + boss.complaints == []


@in_each_look
def test_pages_of_reports_keep_nobody_out(signed_in_page, community, look):
    watched = signed_in_page("owner", **look)
    Report.objects.filter(pk=community.report.pk).update(status="issued")
    paths = ["/console/reports/", "/console/reports/new/", "/console/reports/schedules/"]
    paths += [f"/console/reports/{community.report.pk}/{each}" for each in PAGES]
    paths += ["/console/improvement/", f"/console/improvement/{community.reports.action.pk}/"]
    # An issued report has a last revision that is final.
    final = community.report.revisions.get()
    final.pk, final.number, final.is_final = None, 2, True
    final.save()
    assert watched.walk(paths) == []
