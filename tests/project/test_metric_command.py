"""``juluo metric`` and ``juluo metrics``: exit codes, exact JSON, kind refusals."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from juluo.analytics.catalog import METRICS

JANUARY = ("--from", "2026-01-01", "--to", "2026-02-01")
KEYS = [
    "key",
    "version",
    "title",
    "unit",
    "timezone",
    "from",
    "to",
    "grain",
    "by",
    "filters",
    "query",
    "data_version",
    "notes",
    "points",
]


def test_prints_one_object_with_exactly_these_keys(juluo, made_up):
    said = juluo("metric", "members.active", *JANUARY, "--grain", "month", "--json")

    assert (said.code, said.err) == (0, "")
    assert list(said.json) == KEYS
    assert said.json | {"query": "", "data_version": ""} == {
        "key": "members.active",
        "version": 1,
        "title": "Active members",
        "unit": "members",
        "timezone": "Asia/Shanghai",
        "from": "2026-01-01",
        "to": "2026-02-01",
        "grain": "month",
        "by": None,
        "filters": {
            "include_bots": False,
            "exclude_staff": False,
            "spaces": [],
            "sources": [],
            "by_joined": False,
        },
        "query": "",
        "data_version": "",
        "notes": [],
        "points": said.json["points"],
    }
    (point,) = said.json["points"]
    assert list(point) == ["start", "value", "part", "whole"]
    assert point["start"] == "2026-01-01"
    assert "SELECT" in said.json["query"]


def test_a_share_says_its_part_and_whole_and_interval(juluo, made_up):
    said = juluo("metric", "response.answered_1d", *JANUARY, "--grain", "window", "--json")

    (point,) = said.json["points"]
    assert point["value"] == pytest.approx(point["part"] / point["whole"])
    assert point["low"] < point["value"] < point["high"]


def test_a_split_names_each_group(juluo, made_up):
    said = juluo(
        "metric", "members.active", *JANUARY, "--grain", "window", "--by", "space", "--json"
    )

    names = {str(space.pk): space.name for space in made_up.spaces}
    assert {p["group_id"]: p["group"] for p in said.json["points"]} == names
    assert list(said.json["points"][0])[:4] == ["start", "value", "part", "whole"]


def test_rankings_name_people_and_spaces_too(juluo, made_up):
    ranked = juluo("metric", "influence.rank", *JANUARY, "--json").json
    health = juluo("metric", "spaces.health", *JANUARY, "--json").json

    assert {p["group"] for p in ranked["points"]} <= {m.display_name for m in made_up.members}
    assert {p["group"] for p in health["points"]} == {space.name for space in made_up.spaces}


def test_words_for_groups_are_in_the_language_asked_for(juluo, made_up):
    asked = ("metric", "members.active", *JANUARY, "--grain", "window", "--by", "source", "--json")

    for lang, code in (("en", "en"), ("zh", "zh-hans")):
        with translation.override(code):
            expected = gettext("this site")
        assert [p["group"] for p in juluo(*asked, "--lang", lang).json["points"]] == [expected]


def test_metrics_of_every_grain_answer_without_one_given(juluo, made_up):
    one_of_each = {definition.grains: definition for definition in METRICS.values()}
    for definition in one_of_each.values():
        key = definition.key
        said = juluo("metric", key, "--from", "2026-02-01", "--to", "2026-02-08", "--json")

        assert said.code == 0, key
        grains = [str(grain) for grain in definition.grains]
        assert said.json["grain"] == ("day" if "day" in grains else grains[0])


def test_prints_a_table_for_people(juluo, made_up):
    said = juluo("metric", "members.active", *JANUARY, "--grain", "month", "--lang", "zh")

    head, row = said.out.splitlines()
    assert head == "活跃成员 (members), 2026-01-01 to 2026-02-01, Asia/Shanghai"
    assert row.startswith("2026-01-01")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["members.actve", *JANUARY], "Did you mean members.active"),
        (["members.active", *JANUARY, "--by", "moon"], "cannot be split by 'moon'"),
        (["members.retention", *JANUARY, "--grain", "day"], "cannot be cut by 'day'"),
        (["members.active", *JANUARY, "--timezone", "Mars/Base"], "'Mars/Base' is not a time zone"),
        (["members.active", "--from", "2026-02-01", "--to", "2026-02-01"], "must come after"),
        (["members.active", "--from", "0001-01-01", "--to", "9999-12-31"], "too wide"),
        (["members.lost", "--from", "0001-01-01", "--to", "0001-02-01"], "too wide"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(juluo, words, reason):
    said = juluo("metric", *words, "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("juluo: ")
    assert reason in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        ["members.active"],
        ["members.active", *JANUARY, "--grain", "hour"],
        ["members.active", "--from", "2026-13-01", "--to", "2026-02-01"],
        ["members.active", *JANUARY, "--space", "-1"],
        ["members.active", *JANUARY, "--space", "9" * 20],
    ],
)
def test_wrong_use_is_exit_code_2(juluo, words):
    said = juluo("metric", *words)

    assert said.code == 2
    assert "usage: juluo metric" in said.err


def test_lists_the_whole_catalog(juluo):
    said = juluo("metrics", "--json")

    assert [row["key"] for row in said.json] == list(METRICS)
    assert {tuple(row) for row in said.json} == {
        ("key", "version", "title", "question", "unit", "kind", "grains", "dimensions")
    }
    assert "活跃成员" in juluo("metrics", "--lang", "zh").out
