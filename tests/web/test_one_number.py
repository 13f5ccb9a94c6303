"""The consistency walk: one figure is the same on every face that shows it.

The command line, the explorer's table, its CSV, the console's home and the report's first table
are asked the same; nothing is kept between them, so that each computes for itself.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from lxml import html
from tests.communities import COMMUNITIES, Tried
from tests.made_up import NOW

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Grain
from juluo.domains.insights.queries.headlines import HEADLINE_KEYS
from juluo.domains.members import services
from juluo.lib import figures
from juluo.project.cli import main

pytestmark = pytest.mark.over_the_lake

Run = Callable[..., str]


@pytest.fixture
def juluo(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> str:
        cache.clear()
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        assert not left.value.code, words
        return capsys.readouterr().out

    return run


@pytest.fixture
def owner(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        services.create_member(
            email="owner@example.org", password="x", display_name="Owner", role="owner", at=NOW
        )
    )
    return client


def page(client: Client, address: str, **query: Any) -> str:
    cache.clear()
    response = client.get(f"{address}?{urlencode(query)}")
    assert response.status_code == 200
    return response.content.decode()


def table(text: str, number: int = 0) -> list[dict[str, str]]:
    """A table's rows by the words of its head; what only readers of evidence see is left out."""
    found = html.fromstring(text).findall(".//table")[number]
    for mark in found.iter("sup"):
        mark.drop_tree()
    head = [" ".join(cell.text_content().split()) for cell in found.findall("thead/tr/*")]
    rows = found.findall("tbody/tr")
    return [
        dict(zip(head, (" ".join(c.text_content().split()) for c in row.findall("*")), strict=True))
        for row in rows
    ]


def stats(text: str) -> dict[str, tuple[str, str]]:
    """The home's figures: value and usual range, by what they are called."""
    found = {}
    for card in html.fromstring(text).find_class("j-stat"):
        label = card.find_class("j-stat-label")[0].text_content().strip()
        value = card.find_class("j-stat-value")[0].text_content().strip()
        notes = [each.text_content().strip() for each in card.find_class("small")]
        found[label] = (value, notes[0] if notes else "")
    return found


def shown(answer: dict[str, Any]) -> list[str]:
    return [figures.figure(p["value"], answer["unit"], language="en") for p in answer["points"]]


def questions(walk: Tried) -> list[tuple[str, date, date, str, str]]:
    """A dozen metrics and more, over whole months, a quarter and odd days, split and not."""
    month, quarter, odd = (walk.month, walk.end), (walk.quarter, walk.end), walk.odd
    return [
        ("members.active", *month, "day", ""),
        ("members.active", *quarter, "month", "space"),
        ("members.contributing", *odd, "week", ""),
        ("members.new", *quarter, "month", "source"),
        ("members.stickiness", *month, "window", ""),
        ("members.retention", *quarter, "month", ""),
        ("members.quick_ratio", *quarter, "month", ""),
        ("content.contributions", *odd, "window", "space"),
        ("content.contributions", *quarter, "month", "kind"),
        ("content.per_active", *month, "window", ""),
        ("interaction.reactions", *odd, "week", "space"),
        ("response.answered_1d", *quarter, "window", ""),
        ("response.first_reply_median", *odd, "window", ""),
        ("concentration.gini", *quarter, "window", ""),
        ("influence.rank", *quarter, "window", ""),
        ("spaces.health", *month, "window", ""),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["made up", "Slack"])
def test_every_face_shows_the_same_figure(name, juluo, owner, tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    walk = COMMUNITIES[name]
    with time_machine.travel(NOW, tick=True):
        walk.make()
        juluo("roll")
        for key, start, end, grain, by in questions(walk):
            same_in_explorer(juluo, owner, key, start, end, grain, by)
        same_headlines(juluo, owner, walk, tmp_path / "report.html")


def same_in_explorer(
    juluo: Run, client: Client, key: str, start: date, end: date, grain: str, by: str
) -> None:
    words = ["--by", by] if by else []
    asked = ("metric", key, "--from", start, "--to", end, "--grain", grain, *words, "--json")
    answer = json.loads(juluo(*asked))
    last = end - timedelta(days=1)
    query = {"key": key, "first": start, "last": last, "grain": grain, "by": by}
    rows = table(page(client, "/console/explorer/", **query))
    text = page(client, "/console/explorer/", **query, format="csv")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert answer["points"], key
    assert [row["Value"] for row in rows] == shown(answer), key
    assert [number(line["Value"]) for line in lines] == [p["value"] for p in answer["points"]]
    assert [number(line["Part"]) for line in lines] == [p["part"] for p in answer["points"]]
    assert [number(line["Whole"]) for line in lines] == [p["whole"] for p in answer["points"]]
    assert [line["Start"] for line in lines] == [p["start"] for p in answer["points"]]
    names = [" ".join(p["group"].split()) for p in answer["points"] if "group" in p]
    assert [row["Group"] for row in rows if "Group" in row] == names, key
    told = [" ".join(line["Group"].removeprefix("'").split()) for line in lines]
    assert [each for each in told if each] == names, key


def number(text: str) -> float | None:
    return float(text) if text else None


def same_headlines(juluo: Run, client: Client, walk: Tried, out: Path) -> None:
    window = ("--from", walk.month, "--to", walk.end)
    by_command = {}
    for key in HEADLINE_KEYS:
        asked = json.loads(juluo("metric", key, *window, "--grain", Grain.WINDOW, "--json"))
        (by_command[METRICS[key].title.en],) = shown(asked)
    home = stats(page(client, "/console/", grain="month", day=walk.month))
    juluo("report", *window, "--format", "html", "--lang", "en", "--out", out)
    report = table(out.read_text())

    assert {label: value for label, (value, _note) in home.items()} == by_command
    assert {row["Metric"]: row["This period"] for row in report} == by_command
    usual = {row["Metric"]: row.get("Usual range", figures.NOTHING) for row in report}
    for label, (_value, note) in home.items():
        assert note == "" or note.endswith(usual[label]), label
        assert bool(note) == (usual[label] != figures.NOTHING), label
