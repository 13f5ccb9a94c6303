"""Chinese and western days against what is printed in calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juluo.lib import chinese_days
from juluo.lib.western_days import easter, nth_weekday, western_days


def _festivals(day):
    return [each.zh for each in chinese_days.festivals(day)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 28), "除夕"),
        (date(2025, 1, 29), "春节"),
        (date(2025, 2, 12), "元宵节"),
        (date(2025, 4, 4), "清明节"),
        (date(2025, 5, 31), "端午节"),
        (date(2025, 8, 29), "七夕"),
        (date(2025, 10, 6), "中秋节"),
        (date(2025, 10, 29), "重阳节"),
        (date(2026, 1, 26), "腊八节"),
        (date(2026, 2, 16), "除夕"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 4, 5), "清明节"),
        (date(2026, 6, 19), "端午节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2027, 2, 6), "春节"),
        (date(2033, 1, 31), "春节"),
    ],
)
def test_festivals_fall_where_the_almanac_has_them(day, name):
    assert name in _festivals(day)


def test_a_leap_month_has_no_festival_of_its_own():
    # 2025 has a second sixth month; its fifteenth and the seventh month's are apart.
    lunar = chinese_days.lunar_day(date(2025, 7, 25))
    assert (lunar.month, lunar.day, lunar.is_leap_month) == (6, 1, True)
    qixi = [day for n in range(365) if "七夕" in _festivals(day := date(2025, 1, 1) + timedelta(n))]
    assert qixi == [date(2025, 8, 29)]


def test_holidays_and_make_up_days_are_those_announced():
    assert chinese_days.holiday(date(2026, 2, 17)).zh == "春节假期"
    assert not chinese_days.is_workday(date(2026, 2, 23))
    assert chinese_days.is_make_up_day(date(2026, 2, 14))
    assert chinese_days.holiday(date(2026, 2, 14)) is None
    assert not chinese_days.is_make_up_day(date(2026, 3, 7))


def test_a_year_that_is_not_announced_has_no_holidays_and_is_not_guessed():
    years = chinese_days.announced_years()
    new_year = date(years.stop, 1, 1)

    assert years.start == 2004
    assert not chinese_days.is_announced(new_year)
    assert chinese_days.holiday(new_year) is None
    assert chinese_days.is_workday(new_year) == (new_year.weekday() < 5)


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 2, 1), max_value=date(2100, 12, 30)))
def test_lunar_days_follow_each_other(day):
    today, tomorrow = (chinese_days.lunar_day(day + timedelta(n)) for n in (0, 1))

    assert 1 <= today.month <= 12
    if tomorrow.day != 1:
        assert tomorrow.day == today.day + 1
        assert (tomorrow.month, tomorrow.is_leap_month) == (today.month, today.is_leap_month)
    else:
        assert today.day in (29, 30)


def test_every_year_has_each_great_festival_once():
    # 2033 is the year whose leap month almanacs once got wrong.
    for year in (2000, *range(2020, 2032), 2033, 2050):
        days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
        names = [name for day in days if day.year == year for name in _festivals(day)]
        for name in ("春节", "元宵节", "清明节", "端午节", "中秋节", "重阳节"):
            assert names.count(name) == 1, (year, name)


def test_years_we_do_not_compute_have_no_lunar_words():
    assert chinese_days.lunar_day(date(1899, 12, 31)) is None
    assert chinese_days.festivals(date(2150, 5, 5)) == ()


def test_easter_is_where_the_church_has_it():
    assert [easter(year).isoformat() for year in (1961, 2000, 2024, 2025, 2026, 2038)] == [
        "1961-04-02",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
    ]


def test_western_days_have_names_in_both_languages():
    (day,) = western_days(date(2026, 11, 26))
    assert (day.en, day.zh) == ("Thanksgiving (US)", "感恩节（美国）")
    assert western_days(date(2026, 11, 25)) == ()


@settings(deadline=None)
@given(st.integers(1950, 2100), st.integers(1, 12), st.integers(0, 6), st.integers(1, 5))
def test_the_nth_weekday_stays_in_its_month(year, month, weekday, nth):
    day = nth_weekday(year, month, weekday=weekday, nth=nth)

    assert (day.year, day.month, day.weekday()) == (year, month, weekday)
    assert (day.day - 1) // 7 + 1 in (nth, 4 if nth == 5 else nth)
