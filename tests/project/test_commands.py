"""``juluo report``, ``roll`` and ``doctor``: exit codes, what is printed, what is refused."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.homes import environment
from tests.importers.synthetic import make_slack_export
from tests.made_up import MadeUp

from juluo.eventlog.lake import lake_folder

JANUARY = ("--from", "2026-01-01", "--to", "2026-02-01")


@pytest.mark.over_the_lake
def test_report_writes_the_file_whole_in_the_communitys_language(juluo, made_up, home):
    out = home / "report.html"

    said = juluo("report", *JANUARY, "--format", "html", "--out", out)

    assert said.code == 0
    assert said.out.startswith(f"{out}: 13 sections, ")
    # Nobody said which language: it is the community's.
    assert out.read_text().startswith('<!doctype html>\n<html lang="zh-Hans">')
    assert not list(home.glob(".*.part"))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--from", "2026-02-01", "--to", "2026-01-01", "--out", "x.html"], "must come after"),
        ([*JANUARY, "--out", "nowhere/x.html"], "there is no folder"),
        ([*JANUARY, "--out", "."], "is a folder"),
        (["--from", "0001-01-01", "--to", "0001-02-01", "--out", "x.html"], "too wide"),
    ],
)
def test_report_refuses_with_the_reason_and_leaves_no_file(juluo, home, monkeypatch, words, reason):
    monkeypatch.chdir(home)

    said = juluo("report", "--format", "html", *words)

    assert (said.code, said.out) == (1, "")
    assert reason in said.err
    assert not list(home.glob("*.html*"))


def test_report_in_an_unknown_format_is_wrong_use(juluo):
    assert juluo("report", *JANUARY, "--format", "odt", "--out", "x").code == 2


@pytest.mark.parametrize(
    ("days", "code", "reason"),
    [
        (["--cycle", "2026-Q5"], 2, "is no cycle"),
        (["--cycle", "2026-Q1", "--from", "2026-01-01"], 1, "either --cycle"),
        (["--from", "2026-01-01"], 1, "say which days"),
        ([], 1, "say which days"),
    ],
)
def test_report_says_how_to_name_the_days(juluo, home, days, code, reason):
    said = juluo("report", "--format", "html", "--out", home / "x.html", *days)

    assert (said.code, said.out) == (code, "")
    assert reason in said.err


@pytest.mark.over_the_lake
def test_a_cycle_is_its_days(juluo, made_up, home):
    named, dated = home / "named.html", home / "dated.html"

    said = juluo("report", "--cycle", "2026-01", "--format", "html", "--out", named)
    juluo("report", *JANUARY, "--format", "html", "--out", dated)

    assert said.code == 0
    # ECharts numbers its styles on from one drawing to the next.
    one, other = (re.sub(r"zr\d+-\w+(-\d+)?", "", each.read_text()) for each in (named, dated))
    assert one == other


def test_a_plan_that_is_not_there_has_no_document(juluo, home):
    said = juluo("plan-document", "7", "--format", "docx", "--out", home / "x.docx")

    assert (said.code, said.out) == (1, "")
    assert "there is no plan 7" in said.err
    assert not list(home.glob("*.docx"))


@pytest.mark.over_the_lake
def test_a_report_as_pdf_says_what_to_install_where_that_is_missing(
    juluo, made_up, home, monkeypatch
):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    said = juluo("report", *JANUARY, "--format", "pdf", "--out", home / "x.pdf")

    assert (said.code, said.out) == (1, "")
    assert "install juluo with the extra pdf" in said.err
    assert not list(home.glob("*.pdf*"))


@pytest.mark.django_db(transaction=True)
def test_roll_moves_everything_once(juluo, made_up: MadeUp):
    first, again = juluo("roll", "--batch", "300"), juluo("roll")

    assert (first.code, first.out) == (0, f"{made_up.events} events moved into the lake\n")
    assert (again.code, again.out) == (0, "0 events moved into the lake\n")
    assert juluo("roll", "--batch", "0").code == juluo("roll", "--batch", "-5").code == 2


@pytest.mark.django_db(transaction=True)
def test_doctor_is_content_until_a_file_is_damaged(juluo, made_up):
    juluo("roll")
    well = juluo("doctor", "--json")
    next(lake_folder().rglob("part-*.parquet")).write_bytes(b"")

    ill = juluo("doctor", "--json")

    assert (well.code, ill.code) == (0, 1)
    assert [each["subject"] for each in well.json] == [
        "database",
        "transactions",
        "lake",
        "log",
        "deliveries",
        "jobs",
        "search",
    ]
    assert {tuple(each) for each in well.json} == {("subject", "ok", "words")}
    assert [each["subject"] for each in ill.json if not each["ok"]] == ["lake"]
    assert "WRONG  lake: " in juluo("doctor").out


def outside(home: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    home.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "juluo", *map(str, words)]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, check=False
    )


def test_two_homes_side_by_side_know_nothing_of_each_other(tmp_path, new_home):
    export = make_slack_export(tmp_path / "export", messages=60)
    window = ("--from", "2020-09-13", "--to", "2020-09-20", "--grain", "window", "--json")
    one, other = tmp_path / "one", tmp_path / "other"

    shutil.copytree(new_home, one)
    brought_in = outside(one, "import", "slack", export, "--json")
    here = outside(one, "metric", "content.contributions", *window)
    # A home that nobody has ever used is made on the way.
    there = outside(other, "metric", "content.contributions", *window)
    health = outside(other, "doctor", "--json")

    assert [done.returncode for done in (brought_in, here, there, health)] == [0, 0, 0, 0]
    assert json.loads(here.stdout)["points"][0]["value"] == 60
    assert json.loads(there.stdout)["points"][0]["value"] == 0
    assert all(each["ok"] for each in json.loads(health.stdout))
    assert [done.stderr for done in (brought_in, here, there, health)] == [""] * 4


def test_an_unknown_command_is_wrong_use(juluo):
    assert juluo("dance").code == 2
