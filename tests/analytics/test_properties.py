"""What holds for every log: rollup equals raw, growth adds up, splits sum to the whole."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analytics.conftest import Story

from juluo.analytics.catalog import METRICS
from juluo.analytics.engine import answer
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Question

FIRST = datetime(2024, 3, 1, tzinfo=UTC)
KINDS = ["post", "question", "answer", "comment", "message", "react", "accept", "join", "leave"]
TIMEZONES = ["Asia/Shanghai", "America/New_York"]
AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
SLOW = settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

happening = st.tuples(
    st.sampled_from(KINDS),
    st.integers(1, 5),  # who
    st.integers(0, 45 * 24 * 4 - 1),  # quarters of an hour since 1 March
    st.sampled_from([1, 2, None]),  # space
    st.integers(0, 11),  # which earlier thread is answered, if any
)
stories = st.builds(
    lambda timezone, told: (timezone, told),
    st.sampled_from(TIMEZONES),
    st.lists(happening, min_size=5, max_size=40),
)


def tell(timezone: str, told: list[tuple], folder: Path) -> Story:
    """Write the story down; 5 is a bot, 4 is staff."""
    story = Story(timezone=timezone, folder=folder).person(5, "bot").person(4, staff=True)
    for what, who, quarter, space, thread in sorted(told, key=lambda each: each[2]):
        at = f"{FIRST + timedelta(minutes=15 * quarter):%Y-%m-%d %H:%M}"
        columns = {"space_id": space, "source": "slack" if thread % 2 else "native"}
        if what not in {"post", "question", "join", "leave"} and thread < len(story.rows):
            about = story.rows[thread]
            columns |= {"thread_id": about["key"], "recipient_id": about["actor_id"]}
            columns |= {"parent_id": about["key"]} if thread % 3 else {}
            columns |= {"subject_id": about["key"], "value": 1.0} if what == "react" else {}
        story.tell(what, who, at, **columns)
    return story


def ask(
    key: str, log: EventLog, grain: str, by: str | None = None, filters: Filters | None = None
) -> Answer:
    question = Question(
        key=key,
        start=date(2024, 3, 6),
        end=date(2024, 4, 17),
        grain=Grain(grain),
        timezone=log.timezone,
        by=by,
        filters=filters or Filters(),
    )
    return answer(question, log=log, as_of=AS_OF)


def figures(found: Answer) -> list[tuple]:
    return [
        (p.start, p.group, p.value and round(p.value, 9), p.part, p.whole, p.low, p.high, p.row)
        for p in found.points
    ]


@SLOW
@given(stories, st.integers(0, 3))
def test_rollups_raw_files_and_tail_give_the_same_answers(drawn, cut):
    timezone, told = drawn
    with tempfile.TemporaryDirectory() as folder:
        story = tell(timezone, told, Path(folder))
        half = story.rolled("half", in_files=lambda row: int(row["key"][1:]) % 4 > cut)
        raw = story.rolled("raw", rollups=False)
        rolled = story.rolled()
        tail = story.log()
        for metric in METRICS.values():
            grain = "week" if Grain.WEEK in metric.grains else metric.grains[0].value
            expected = figures(ask(metric.key, tail, grain))
            for log in (rolled, raw, half):
                assert figures(ask(metric.key, log, grain)) == expected, metric.key


@SLOW
@given(stories, st.sampled_from([None, "space", "source"]), st.sampled_from(["day", "week"]))
def test_growth_identities_hold(drawn, by, grain):
    timezone, told = drawn
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()

        def values(state: str) -> dict:
            points = ask(f"members.{state}", log, grain, by).points
            return {(point.start, point.group): point.value for point in points}

        active, lost = values("active"), values("lost")
        new, retained, resurrected = values("new"), values("retained"), values("resurrected")
        for slot, now in active.items():
            parts = (new, retained, resurrected)
            assert sum(each.get(slot, 0) for each in parts) == now
        for start, group in active:
            # Points after the first have the whole week before them as their own point, but
            # for the second, whose week before is longer than the partial first point.
            if grain == "day" and start > date(2024, 3, 6):
                before = active[start - timedelta(days=1), group]
                here = (start, group)
                assert retained.get(here, 0) + lost.get(here, 0) == before


@SLOW
@given(stories)
def test_splits_of_additive_counts_sum_to_the_whole(drawn):
    timezone, told = drawn
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()
        for metric in METRICS.values():
            if not metric.additive:
                continue
            (whole,) = ask(metric.key, log, "window").points
            weeks = ask(metric.key, log, "week").points
            assert sum(point.value for point in weeks) == whole.value
            for by in metric.dimensions:
                groups = ask(metric.key, log, "window", by).points
                assert sum(point.value for point in groups) == whole.value, (metric.key, by)


@SLOW
@given(stories, st.sampled_from(["members.active", "members.new", "content.contributions"]))
def test_a_group_of_a_split_is_the_same_as_the_filter(drawn, key):
    timezone, told = drawn
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()
        by_space = {p.group: p.value for p in ask(key, log, "window", "space").points}
        (chosen,) = ask(key, log, "window", filters=Filters(spaces=(1,))).points
        assert by_space.get("1", 0) == chosen.value


@pytest.mark.parametrize("key", ["content.contributions", "members.active", "rhythm.hours"])
def test_another_time_zone_is_computed_from_the_events(tmp_path, key):
    told = Story(timezone="Asia/Shanghai", folder=tmp_path)
    told.tell("post", 1, "2024-03-31 23:30").tell("post", 2, "2024-04-01 00:30")
    told.tell("post", 3, "2024-04-01 13:30")

    window = ("2024-03-31", "2024-04-01")
    march = told.ask(key, *window)
    in_new_york = told.ask(key, *window, timezone="America/New_York")
    # Noon to midnight in Shanghai is the same day in New York: 11:30 and 12:30 on the 31st.
    assert sum(p.value for p in march.points) == 1
    assert sum(p.value for p in in_new_york.points) == 2
