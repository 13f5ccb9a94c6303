"""Funnels: exact against stories checked by hand, and against every log by brute force."""

import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analytics.conftest import Story
from tests.analytics.test_properties import stories, tell

from juluo.analytics.calendar import day_number
from juluo.analytics.funnel import (
    Funnel,
    FunnelRefused,
    answer_funnel,
    members_of_step,
)
from juluo.analytics.funnel_steps import STEPS
from juluo.analytics.question import Filters

AS_OF = datetime(2024, 5, 1, tzinfo=UTC)


def funnel(*steps, within=7, start="2024-03-01", end="2024-04-01", timezone="UTC", **given):
    return Funnel(
        steps=steps,
        within=within,
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        timezone=timezone,
        **given,
    )


@pytest.fixture
def told(story):
    """One asks, is answered and comes back; two ask in vain; one is still within their days."""
    made = story()
    made.tell("join", 1, "2024-03-01 08:00", channel="search")
    made.tell("question", 1, "2024-03-02 08:00", space_id=1, key="q1")
    made.tell("answer", 9, "2024-03-02 10:00", space_id=1, recipient_id=1, parent_id="q1")
    made.tell("comment", 1, "2024-03-02 11:00", space_id=1)
    made.tell("comment", 1, "2024-03-04 08:00", space_id=2)
    made.tell("question", 2, "2024-03-05 08:00", space_id=2, key="q2")
    made.tell("answer", 2, "2024-03-05 09:00", space_id=2, recipient_id=2, parent_id="q2")
    made.tell("question", 3, "2024-03-06 08:00", space_id=2, key="q3")
    made.tell("answer", 9, "2024-03-13 08:01", space_id=2, recipient_id=3, parent_id="q3")
    made.tell("question", 4, "2024-03-30 08:00", space_id=2, key="q4")
    made.tell("answer", 9, "2024-03-30 10:00", space_id=2, recipient_id=4, parent_id="q4")
    made.tell("question", 5, "2024-02-20 08:00").tell("question", 5, "2024-03-20 08:00")
    return made


APRIL = datetime(2024, 4, 2, tzinfo=UTC)


def test_each_step_knows_its_part_its_loss_and_its_time(told):
    found = answer_funnel(
        funnel("asked", "got_reply", "contributed_later"), log=told.log(), as_of=APRIL
    ).whole

    assert [each.members for each in found.reached] == [3, 1, 1]
    assert [each.lost for each in found.reached] == [0, 2, 0]
    assert [(each.of_before.part, each.of_before.whole) for each in found.reached][1:] == [
        (1, 3),
        (1, 1),
    ]
    assert found.reached[1].since_first.value == 2 * 3600
    assert found.reached[2].since_first.value == 2 * 86400
    assert found.reached[2].since_before.value == 46 * 3600
    low, high = found.reached[1].of_first.interval
    assert 0 < low < 1 / 3 < high < 1
    assert found.waiting == (1, 1, 0)


def test_who_began_before_the_days_does_not_enter_again(told):
    found = answer_funnel(funnel("asked", "got_reply"), log=told.log(), as_of=AS_OF).whole

    assert found.entered == 4  # 5 asked first in February


def test_the_members_of_a_drop_are_listed(told):
    asked = funnel("asked", "got_reply", by="space")

    def listed(step, state, **given):
        found = members_of_step(asked, log=told.log(), as_of=APRIL, step=step, state=state, **given)
        return found.total, [row["member_id"] for row in found.rows]

    assert listed(2, "lost") == (2, [3, 2])
    assert listed(2, "reached") == (1, [1])
    assert listed(2, "waiting") == (1, [4])
    assert listed(1, "reached", group="2") == (2, [3, 2])
    assert listed(1, "reached", offset=1, limit=1) == (3, [2])


def test_splits_add_up_to_the_whole_and_joining_counts_in_every_space(told):
    log = told.log()
    by_space = answer_funnel(funnel("asked", "got_reply", by="space"), log=log, as_of=APRIL)
    by_month = answer_funnel(funnel("asked", "got_reply", by="month"), log=log, as_of=APRIL)
    by_channel = answer_funnel(funnel("asked", "got_reply", by="channel"), log=log, as_of=APRIL)

    assert {each.name: each.entered for each in by_space.groups} == {"2": 2, "1": 1}
    assert [(each.name, each.entered, each.waiting) for each in by_month.groups] == [
        ("2024-03", 3, (1, 1))
    ]
    assert {each.name: each.entered for each in by_channel.groups} == {"search": 1, "unknown": 2}
    in_space = funnel("joined", "contributed", filters=Filters(spaces=(2,)))
    found = answer_funnel(in_space, log=log, as_of=APRIL).whole
    assert [each.members for each in found.reached] == [1, 1]
    assert found.reached[1].since_first.value == 3 * 86400


def test_a_funnel_of_nobody_has_no_share_and_no_time(story):
    found = answer_funnel(funnel("asked", "got_reply"), log=story().log(), as_of=AS_OF).whole

    assert [each.members for each in found.reached] == [0, 0]
    assert found.reached[1].of_first.value is None
    assert found.reached[1].since_first.value is None
    assert found.waiting == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": ("asked",)},
        {"steps": ("asked",) * 7},
        {"steps": ("asked", "danced")},
        {"steps": ("contributed_later", "asked")},
        {"within": 0},
        {"within": 366},
        {"by": "mood"},
        {"end": "2024-03-01"},
    ],
)
def test_what_is_no_funnel_is_refused(story, wrong):
    given = {"steps": ("asked", "got_reply"), **wrong}
    with pytest.raises(FunnelRefused):
        answer_funnel(funnel(*given.pop("steps"), **given), log=story().log(), as_of=AS_OF)


# --- against brute force --------------------------------------------------------------------


def lines_of(story: Story, asked: Funnel, as_of: datetime) -> dict[int, list[tuple]]:
    """Return what was each member's deed, or was done to them, in order."""
    left_out = {each["member_id"] for each in story.people if each["kind"] != "person"}
    spaces = asked.filters.spaces
    own: dict[int, list[tuple]] = {}
    for row in story.rows:
        joined = row["name"] == "members.joined"
        actor = json.loads(row["payload"])["member_id"] if joined else row["actor_id"]
        if actor is None or actor in left_out or row["occurred_at"] > as_of:
            continue
        if spaces and not joined and row["space_id"] not in spaces:
            continue
        line = (row["occurred_at"], 0 if joined else 1, row["key"], row["name"])
        own.setdefault(actor, []).append((*line, False))
        to = row["recipient_id"]
        if to is not None and to != actor and to not in left_out:
            own.setdefault(to, []).append((*line, True))
    return {member: sorted(lines) for member, lines in own.items()}


def walked(lines: list[tuple], asked: Funnel) -> list[datetime]:
    """Take one step after the other, each as early as can be."""
    taken: list[datetime] = []
    zone = ZoneInfo(asked.timezone)
    for at, _rank, _key, name, received in lines:
        if len(taken) == len(asked.steps):
            break
        step = STEPS[asked.steps[len(taken)]]
        if name not in step.names or received is not step.received:
            continue
        if taken and at > taken[0] + timedelta(days=asked.within):
            break
        if step.later_day and at.astimezone(zone).date() <= taken[-1].astimezone(zone).date():
            continue
        taken.append(at)
    return taken


def brute(story: Story, asked: Funnel, as_of: datetime) -> dict[int, tuple[bool, list[int]]]:
    """Say of everyone who entered whether their days are over, and when they took each step."""
    zone = ZoneInfo(asked.timezone)
    found = {}
    for member, lines in lines_of(story, asked, as_of).items():
        taken = walked(lines, asked)
        if taken and asked.start <= taken[0].astimezone(zone).date() < asked.end:
            over = taken[0] + timedelta(days=asked.within) <= as_of
            found[member] = (over, [day_number(at.astimezone(zone).date()) for at in taken])
    return found


kinds = st.sampled_from(sorted(STEPS))
firsts = st.sampled_from(sorted(key for key, each in STEPS.items() if not each.later_day))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(
    stories,
    firsts,
    st.lists(kinds, min_size=1, max_size=4),
    st.integers(1, 30),
    st.sampled_from([(), (1,)]),
)
def test_every_log_gives_what_walking_it_by_hand_gives(drawn, first, rest, within, spaces):
    timezone, told = drawn
    as_of = datetime(2024, 4, 10, tzinfo=UTC)
    asked = funnel(
        first, *rest, within=within, start="2024-03-03", timezone=timezone,
        filters=Filters(spaces=spaces),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        story = tell(timezone, told, Path(folder))
        log = story.rolled()
        expected = brute(story, asked, as_of)
        found = answer_funnel(asked, log=log, as_of=as_of).whole
        for n in range(1, len(asked.steps) + 1):
            over = [len(steps) >= n for closed, steps in expected.values() if closed]
            still = [len(steps) >= n for closed, steps in expected.values() if not closed]
            assert found.reached[n - 1].members == sum(over)
            assert found.waiting[n - 1] == sum(still)
        lost = members_of_step(asked, log=log, as_of=as_of, step=2, state="lost")
        assert {row["member_id"]: row["day"] for row in lost.rows} == {
            member: steps[0] for member, (closed, steps) in expected.items()
            if closed and len(steps) == 1
        }  # fmt: skip
