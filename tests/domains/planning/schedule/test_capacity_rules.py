"""Hours against work, as pure functions."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from juluo.domains.planning.rules.capacity import (
    Away,
    Hours,
    Load,
    Team,
    monday_of,
    spread,
    weeks,
)
from juluo.lib import chinese_days

MONDAY = date(2026, 3, 2)
LI, WANG = 1, 2


def _weekday(day):
    return day.weekday() < 5


def _team(*away, hours=((LI, 30), (WANG, 30)), is_workday=_weekday):
    stated = [Hours(member_id=who, minutes=h * 60, first=date(2026, 1, 1)) for who, h in hours]
    return Team(stated, away, is_workday=is_workday)


def _load(hours, start, due, owner=LI):
    return Load(owner_id=owner, minutes=hours * 60, start=start, due=due)


def test_the_team_is_22_hours_short_and_li_18_of_them():
    loads = [
        _load(48, MONDAY, date(2026, 3, 6)),
        _load(34, MONDAY, date(2026, 3, 6), owner=WANG),
    ]

    (week,) = weeks(loads, team=_team(), first=MONDAY, count=1, today=MONDAY)

    assert (week.available, week.planned, week.short) == (60 * 60, 82 * 60, 22 * 60)
    assert [share.short // 60 for share in week.shares] == [18, 4]


def test_a_holiday_takes_a_fifth_and_a_make_up_saturday_adds_one():
    team = _team(hours=((LI, 40),), is_workday=chinese_days.is_workday)

    # The Spring Festival week of 2026 has none; the one before it a worked Saturday.
    assert team.available_in_week(LI, date(2026, 2, 16)) == 0
    assert team.available_in_week(LI, date(2026, 2, 9)) == 48 * 60
    assert team.available_in_week(LI, date(2026, 3, 2)) == 40 * 60


def test_hours_count_from_their_day_on_and_absences_take_days():
    stated = [
        Hours(member_id=LI, minutes=2400, first=date(2026, 1, 1)),
        Hours(member_id=LI, minutes=1200, first=date(2026, 3, 4)),
    ]
    away = [Away(member_id=LI, start=date(2026, 3, 5), end=date(2026, 3, 6))]
    team = Team(stated, away, is_workday=_weekday)

    # Monday and Tuesday eight hours each, Wednesday and Friday four, Thursday none.
    assert team.available_in_week(LI, MONDAY) == (8 + 8 + 4 + 4) * 60
    assert team.available_in_week(LI, date(2025, 12, 1)) == 0


def test_late_work_waits_on_the_next_working_day():
    saturday = date(2026, 3, 7)
    late = _load(3, date(2026, 2, 2), date(2026, 2, 6))

    assert spread(late, team=_team(), today=saturday) == {date(2026, 3, 9): 180}


def test_work_with_one_day_only_takes_five_working_days():
    up_to = spread(_load(5, None, date(2026, 3, 11)), team=_team(), today=MONDAY)
    onwards = spread(_load(5, date(2026, 3, 5), None), team=_team(), today=MONDAY)

    assert list(up_to) == [date(2026, 3, d) for d in (5, 6, 9, 10, 11)]
    assert list(onwards) == [date(2026, 3, d) for d in (5, 6, 9, 10, 11)]
    assert set(up_to.values()) == set(onwards.values()) == {60}


def test_nobodys_work_is_the_teams_and_work_without_days_is_nowhere():
    loads = [_load(10, MONDAY, date(2026, 3, 6), owner=None), _load(9, None, None)]

    (week,) = weeks(loads, team=_team(), first=MONDAY, count=1, today=MONDAY)

    assert week.planned == 600
    assert [(s.member_id, s.planned, s.is_stated) for s in week.shares] == [
        (LI, 0, True),
        (WANG, 0, True),
        (None, 600, False),
    ]


DAYS = st.dates(min_value=date(2025, 6, 1), max_value=date(2026, 12, 1))


@settings(deadline=None)
@given(
    minutes=st.integers(0, 20_000),
    start=st.none() | DAYS,
    due=st.none() | DAYS,
    today=DAYS,
    away=st.lists(st.tuples(DAYS, st.integers(1, 60)), max_size=4),
)
def test_every_minute_is_placed_once_and_on_working_days(minutes, start, due, today, away):
    if start is not None and due is not None and due < start:
        start, due = due, start
    gone = [Away(member_id=LI, start=a, end=a + timedelta(days=n)) for a, n in away]
    team = _team(*gone, is_workday=chinese_days.is_workday)
    load = Load(owner_id=LI, minutes=minutes, start=start, due=due)
    found = spread(load, team=team, today=today)

    assert sum(found.values()) == (minutes if (start or due) else 0)
    assert max(found.values(), default=0) - min(found.values(), default=0) <= 1
    if len(found) > 1:
        assert all(team.works_on(LI, day) for day in found)
        if start is not None and due is not None and due >= today:
            assert all(start <= day <= due for day in found)


@settings(deadline=None)
@given(
    pieces=st.lists(
        st.tuples(
            st.sampled_from([LI, WANG, None]), st.integers(0, 3000), DAYS, st.integers(0, 30)
        ),
        max_size=8,
    )
)
def test_the_weeks_hold_exactly_the_work_that_falls_into_them(pieces):
    today = date(2025, 5, 1)
    loads = [
        Load(owner_id=who, minutes=m, start=day, due=day + timedelta(days=n))
        for who, m, day, n in pieces
    ]
    counted = weeks(loads, team=_team(), first=date(2025, 5, 5), count=95, today=today)

    assert sum(week.planned for week in counted) == sum(load.minutes for load in loads)
    for week in counted:
        assert week.short <= sum(share.short for share in week.shares)
        assert week.monday == monday_of(week.monday)
