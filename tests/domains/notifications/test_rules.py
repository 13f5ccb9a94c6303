"""Quiet hours and daily mails by a member's clock, whatever that clock does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.domains.notifications import rules

ZONES = [
    "UTC",
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
]
# From 2010 to 2034, to the second.
MOMENTS = st.integers(1262304000, 2051222400).map(lambda at: datetime.fromtimestamp(at, UTC))
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
BERLIN = ZoneInfo("Europe/Berlin")


@given(now=MOMENTS, start=WALLS, end=WALLS, zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_what_waits_for_the_end_of_quiet_hours_comes_when_it_is_not_quiet(now, start, end, zone):
    until = rules.quiet_ends(now, zone=zone, start=start, end=end)

    assert now <= until <= now + timedelta(hours=26)
    assert not rules.is_quiet(until, zone=zone, start=start, end=end)
    if not rules.is_quiet(now, zone=zone, start=start, end=end):
        assert until == now


@given(now=MOMENTS, start=WALLS, end=WALLS, zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_every_minute_is_quiet_by_one_of_two_complementary_windows(now, start, end, zone):
    if start == end:
        assert not rules.is_quiet(now, zone=zone, start=start, end=end)
        return
    assert rules.is_quiet(now, zone=zone, start=start, end=end) is not rules.is_quiet(
        now, zone=zone, start=end, end=start
    )


@given(now=MOMENTS, hour=st.integers(0, 23), zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_the_last_slot_of_a_daily_mail_is_past_and_the_next_is_not(now, hour, zone):
    day, at = rules.digest_slot(now, zone=zone, hour=hour)

    assert at <= now
    assert rules.moment_of(day + timedelta(days=1), time(hour), zone=zone) > now
    wall = at.astimezone(zone)
    skipped = wall.hour != hour or wall.date() != day
    assert not skipped or rules.digest_slot(at, zone=zone, hour=hour)[0] == day


@given(
    start=st.dates(date(2010, 1, 2), date(2034, 1, 1)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_a_week_has_one_slot_for_each_of_its_days(start, hour, zone):
    days = set()
    at = datetime.combine(start, time(), UTC)
    for step in range(7 * 24 * 4):
        days.add(rules.digest_slot(at + timedelta(minutes=15 * step), zone=zone, hour=hour)[0])

    # Samoa skipped a day for good: its slot fell together with the next day's.
    assert 7 <= len(days) <= 8 or zone.key == "Pacific/Apia"


def test_the_hour_that_summer_time_skips_is_made_up_for_at_once():
    day, at = rules.digest_slot(datetime(2025, 3, 30, 9, tzinfo=UTC), zone=BERLIN, hour=2)

    assert (day, at) == (date(2025, 3, 30), datetime(2025, 3, 30, 1, tzinfo=UTC))


def test_the_hour_that_winter_time_repeats_counts_once():
    first = datetime(2025, 10, 26, 0, tzinfo=UTC)  # 02:00 for the first time

    assert rules.digest_slot(first, zone=BERLIN, hour=2) == (date(2025, 10, 26), first)
    assert rules.digest_slot(first + timedelta(hours=1), zone=BERLIN, hour=2)[1] == first


def test_quiet_hours_lie_across_midnight():
    end = rules.quiet_ends(
        datetime(2025, 3, 3, 23, tzinfo=UTC), zone=BERLIN, start=time(22), end=time(7, 30)
    )

    assert end == datetime(2025, 3, 4, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("see https://evil.example/x", "see https:\u200b//evil.\u200bexample/x"),
        ("evil.com", "evil.\u200bcom"),
        ("v1.2 came out", "v1.2 came out"),
        ("好。再见", "好。再见"),
    ],
)
def test_what_somebody_wrote_is_no_link_in_a_mail(words, told):
    assert rules.without_addresses(words) == told


@given(st.text())
def test_a_subject_is_one_line_without_controls(words):
    line = rules.one_line(words)

    assert len(line.splitlines()) <= 1
    assert not any(ord(each) < 32 or ord(each) == 127 for each in line)
    assert len(line) <= 150
