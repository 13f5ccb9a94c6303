from datetime import date, timedelta

import pytest
from django.utils import translation
from tests.made_up import NOW

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Answer, Filters, Grain, Point
from juluo.domains.insights import queries
from juluo.domains.insights.queries.showing import MOST_GROUPS
from juluo.domains.members.models import Member

pytestmark = pytest.mark.over_the_lake

WINTER = {"start": date(2025, 12, 1), "end": date(2026, 3, 1)}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def asked(key: str, grain: Grain = Grain.MONTH, **options) -> Answer:
    question = queries.question(key, **WINTER | options, grain=grain)
    return queries.ask(question, log=queries.current_log(), now=NOW)


def types(shown: queries.Shown) -> list[str]:
    return [each["type"] for each in shown.option["series"]]


def test_a_single_figure_over_time_is_a_line(made_up):
    answer = asked("members.active")

    shown = queries.shown(answer, language="en")

    assert types(shown) == ["line"]
    assert shown.option["series"][0]["data"] == [point.value for point in answer.points]
    assert shown.option["xAxis"]["data"] == ["Dec 2025", "Jan 2026", "Feb 2026"]
    assert [row.value for row in shown.rows] == [f"{p.value:.0f}" for p in answer.points]
    assert not (shown.has_groups or shown.has_wholes or shown.has_intervals)


def test_a_share_has_its_band_its_whole_and_its_interval(made_up):
    answer = asked("response.answered_1d")

    shown = queries.shown(answer, language="en")

    assert types(shown) == ["line", "line", "line"]
    assert shown.option["yAxis"]["axisLabel"]["formatter"] == "{value}%"
    point, row = answer.points[0], shown.rows[0]
    assert row.value == f"{point.value * 100:.1f}%"
    assert row.of == f"{point.part:.0f} of {point.whole:.0f}"
    assert row.interval == f"{point.low * 100:.1f}% – {point.high * 100:.1f}%"
    assert shown.has_wholes
    assert shown.has_intervals


def test_counts_split_into_groups_are_stacked_and_others_are_not(made_up):
    counted = queries.shown(asked("content.contributions", by="space"), language="en")
    people = queries.shown(asked("members.active", by="space"), language="en")

    assert types(counted) == ["bar"] * 3
    assert {each["stack"] for each in counted.option["series"]} == {"all"}
    assert types(people) == ["line"] * 3
    names = {space.name for space in made_up.spaces}
    assert {each["name"] for each in people.option["series"]} == names
    assert {row.group_label for row in people.rows} == names


def test_a_chart_draws_the_largest_groups_and_says_how_many_it_leaves_out(made_up):
    answer = asked("content.contributions", by="space")
    many = tuple(
        Point(start=date(2026, 1, 1), value=float(n), group=str(1000 + n)) for n in range(11)
    )

    shown = queries.shown(
        Answer(
            question=answer.question,
            version=1,
            unit=answer.unit,
            points=many,
            query="",
            data_version="",
        ),
        language="en",
    )

    assert shown.left_out == 11 - MOST_GROUPS
    drawn = [each["name"] for each in shown.option["series"]]
    assert drawn == [str(1000 + n) for n in range(10, 2, -1)]
    assert len(shown.rows) == 11


def test_groups_of_one_window_stand_side_by_side_and_one_figure_alone(made_up):
    split = queries.shown(asked("members.active", Grain.WINDOW, by="space"), language="en")
    alone = queries.shown(asked("members.active", Grain.WINDOW), language="en")

    assert types(split) == ["bar"]
    assert len(split.option["series"][0]["data"]) == 3
    assert (alone.option, alone.left_out) == (None, 0)


def test_an_earlier_window_is_drawn_beside(made_up):
    earlier = {"start": date(2025, 10, 1), "end": date(2025, 12, 1)}
    against = asked("members.active", **earlier)

    shown = queries.shown(asked("members.active"), language="en", against=against)

    first, second = shown.option["series"]
    assert second["data"] == [*(point.value for point in against.points), None]
    assert (first["lineStyle"]["type"], second["lineStyle"]["type"]) == ("solid", "dashed")


def test_cohorts_and_rhythm_are_maps(made_up):
    cohorts = queries.shown(asked("members.retention"), language="en")
    rhythm = queries.shown(asked("rhythm.hours", Grain.WINDOW), language="en")

    assert types(cohorts) == types(rhythm) == ["heatmap"]
    assert len(cohorts.option["yAxis"]["data"]) == len({row.label for row in cohorts.rows})
    assert len(rhythm.option["xAxis"]["data"]) == 24
    assert len(rhythm.option["yAxis"]["data"]) == 7
    assert all(row.group_label.endswith(":00") for row in rhythm.rows)


def test_members_are_called_by_name_and_those_who_left_are_not(made_up):
    answer = asked("influence.rank", Grain.WINDOW)
    first = answer.points[0].group
    Member.objects.filter(pk=int(first)).update(display_name="林晓梅")

    labels = queries.group_labels(answer)
    stranger = queries.group_label(answer.question, "987654321")

    assert labels[first] == "林晓梅"
    assert stranger == "a former member"


def test_every_metric_can_be_shown_in_both_languages(made_up):
    for key, definition in METRICS.items():
        answer = asked(key, definition.grains[-1])
        for language in ("en", "zh-hans"):
            with translation.override(language):
                shown = queries.shown(answer, language=language)
            assert len(shown.rows) == len(answer.points), key
            for row in shown.rows:
                assert len(row.further) in {0, len(shown.further)}, key


def test_a_question_in_words_is_the_command_that_asks_it(db):
    question = queries.question(
        "members.active",
        **WINTER,
        grain=Grain.WEEK,
        by="space",
        filters=Filters(
            include_bots=True, exclude_staff=True, spaces=(3, 4), sources=("slack:our team",)
        ),
    )

    assert queries.command(question) == (
        "juluo metric members.active --from 2025-12-01 --to 2026-03-01 --grain week "
        "--timezone UTC --by space --space 3 --space 4 --source 'slack:our team' --include-bots "
        "--exclude-staff --json"
    )
    words = queries.filter_words(question.filters)
    assert "staff left out" in words
    assert "spaces: 3, 4" in words
    assert "sources: slack:our team" in words


def test_labels_of_months_are_in_the_readers_language():
    first = WINTER["start"]

    assert queries.long_label(first, Grain.MONTH, language="en") == "December 2025"
    assert queries.long_label(first, Grain.MONTH, language="zh-hans") == "2025 年 12 月"
    assert queries.long_label(first + timedelta(days=1), Grain.DAY, language="en")
