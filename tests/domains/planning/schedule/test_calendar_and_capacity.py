"""Days with what lies on them, and hours against work, from the tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from juluo.domains.community.models import Community
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Strategy
from juluo.domains.planning.rules import gantt

from .conftest import NOW, TODAY


@pytest.fixture
def hours(people):
    """The owner has 40 hours a week, the operator 20; the operator is away on Friday."""
    for who, amount in (("owner", 40), ("operator", 20)):
        services.state_hours(
            member_id=people[who].pk,
            minutes=amount * 60,
            first_day=date(2026, 1, 1),
            actor_id=people["owner"].pk,
            at=NOW,
        )
    services.add_absence(
        member_id=people["operator"].pk,
        kind="leave",
        start=date(2026, 3, 6),
        end=date(2026, 3, 7),
        actor_id=people["owner"].pk,
        at=NOW,
    )


def _work(add, people, who, hours, start, due):
    owner_id = people[who].pk if who else None
    return add(owner_id=owner_id, start=start, due=due, planned_minutes=hours * 60)


def test_the_shortfall_is_said_in_words(plan, people, add, hours):
    week = date(2026, 3, 9), date(2026, 3, 13)
    _work(add, people, "owner", 58, *week)
    _work(add, people, "operator", 24, *week)
    _work(add, people, "moderator", 3, *week)
    _work(add, people, None, 5, *week)

    found = queries.team_capacity(now=NOW)

    assert found.weeks[0].words == ""
    assert found.weeks[1].words == (
        "In the week of 9 March 2026 the team has 60 h and needs 90 h: 30 h short; Owner 18 h "
        "short; Operator 4 h short; Moderator has 3 h of work and has not stated any hours; "
        "5 h has no owner"
    )
    with override("zh-hans"):
        assert "缺 30 小时；Owner 缺 18 小时" in queries.team_capacity(now=NOW).weeks[1].words


def test_absences_and_announced_holidays_take_hours(people, add, hours):
    now = datetime(2026, 2, 12, 2, tzinfo=UTC)
    found = queries.team_capacity(now=now)

    # A worked Saturday, the Spring Festival's week, four days and a worked Saturday; then one
    # of the operator's days off.
    assert [week.available / 60 for week in found.weeks[:4]] == [72, 0, 60, 56]


def test_a_strategys_hours_count_beyond_those_of_its_tasks(plan, people, add, hours):
    strategy = Strategy.objects.create(
        plan=plan,
        title="新人计划",
        owner=people["owner"],
        start=date(2026, 3, 9),
        end=date(2026, 3, 14),
        planned_minutes=30 * 60,
        created_at=NOW,
    )
    dropped = add(strategy_id=strategy.pk, planned_minutes=600, due=date(2026, 3, 13))
    services.drop_task(task_id=dropped, actor_id=people["owner"].pk, at=NOW)
    add(
        strategy_id=strategy.pk,
        owner_id=people["operator"].pk,
        planned_minutes=12 * 60,
        start=date(2026, 3, 9),
        due=date(2026, 3, 13),
    )

    week = queries.team_capacity(now=NOW).weeks[1]

    assert [(share.name, share.planned // 60) for share in week.shares] == [
        ("Owner", 18),
        ("Operator", 12),
    ]


def test_coverage_says_whether_to_trust_the_figures(people, add, hours):
    for n in range(5):
        add(planned_minutes=60 if n < 3 else 0, due=TODAY if n < 4 else None)
    found = queries.coverage()

    assert (found.tasks, found.with_hours, found.with_days) == (5, 3, 4)
    assert not found.is_good


def test_capacity_costs_a_fixed_number_of_queries(
    people, add, hours, django_assert_max_num_queries
):
    for n in range(20):
        _work(add, people, "owner", 1, TODAY, TODAY + timedelta(days=n))
    with django_assert_max_num_queries(10):
        queries.team_capacity(now=NOW)


def test_hours_stated_again_for_a_day_replace_those(people):
    for amount in (600, 900):
        services.state_hours(
            member_id=people["owner"].pk,
            minutes=amount,
            first_day=TODAY,
            actor_id=people["owner"].pk,
            at=NOW,
        )
    (owner,) = [p for p in queries.team_capacity(now=NOW).people if p.name == "Owner"]
    assert (owner.minutes, owner.since) == (900, TODAY)


def test_days_hold_what_is_due_and_say_overload_and_emptiness(
    plan, people, add, hours, django_assert_max_num_queries
):
    _work(add, people, "owner", 30, TODAY, TODAY)
    services.add_milestone(
        plan_id=plan.pk,
        title="上线",
        owner_id=people["owner"].pk,
        due=date(2026, 3, 5),
        actor_id=people["owner"].pk,
        at=NOW,
    )
    with django_assert_max_num_queries(12):
        days = queries.days(first=date(2026, 3, 2), last=date(2026, 3, 8), today=TODAY)

    assert [[item.kind for item in day.items] for day in days] == [
        [],
        [],
        ["task"],
        ["milestone"],
        [],
        [],
        [],
    ]
    assert [day.is_overloaded for day in days] == [False, False, True, *[False] * 4]
    # Past days and days off are never called empty.
    assert [day.is_empty for day in days] == [False, False, False, False, True, False, False]


def test_the_calendar_of_a_chinese_community_knows_its_days(shanghai):
    with override("zh-hans"):
        kinds = queries.day_kinds([date(2026, 2, d) for d in (14, 16, 17, 28)])

    said = [(k.is_workday, k.is_make_up, k.holiday, k.marks, k.lunar) for k in kinds.values()]
    assert said == [
        (True, True, "", (), "腊月廿七"),
        (False, False, "春节假期", ("除夕",), "腊月廿九"),
        (False, False, "春节假期", ("春节",), "正月初一"),
        (True, True, "", (), "正月十二"),
    ]


def test_years_not_announced_are_named_instead_of_guessed(shanghai):
    assert queries.holidays_note(date(2026, 3, 1), date(2026, 3, 31)) == ""
    note = queries.holidays_note(date(2026, 12, 1), date(2027, 1, 31))
    assert note.startswith("The public holidays of 2027 are not announced yet")


def test_a_community_elsewhere_keeps_mondays_to_fridays_and_western_days(shanghai):
    Community.objects.update(timezone="Europe/Berlin", language="en")
    kinds = queries.day_kinds([date(2026, 2, 14), date(2026, 12, 25)])

    assert [(k.is_workday, k.marks, k.lunar) for k in kinds.values()] == [
        (False, ("Valentine's Day",), ""),
        (True, ("Christmas Day",), ""),
    ]
    assert "differ by country" in queries.holidays_note(TODAY, TODAY)


def test_the_gantt_chart_has_a_line_for_everything_with_days(
    plan, people, add, django_assert_num_queries
):
    actor = people["operator"].pk
    services.make_phases(plan_id=plan.pk, actor_id=actor, at=NOW)
    first = add("先", start=date(2026, 3, 2), due=date(2026, 3, 10))
    then = add("后", start=date(2026, 3, 11), due=date(2026, 3, 12))
    add("旁", start=date(2026, 3, 9), due=date(2026, 3, 9))
    add("无日期")
    services.add_dependency(task_id=then, needs_id=first, actor_id=actor, at=NOW)
    shown = gantt.window(gantt.Zoom.MONTH, TODAY)
    with django_assert_num_queries(5):
        chart = queries.gantt_chart(plan_id=plan.pk, shown=shown, today=TODAY)

    tasks = {row.title: row for row in chart.rows if row.kind == "task"}
    assert {title: row.spare_days for title, row in tasks.items()} == {"先": 0, "后": 0, "旁": 3}
    assert [row.title for row in chart.undated] == ["无日期"]
    assert len(chart.connectors) == 1
    # 4 March is the fourth day of a month of 23 pixels a day.
    assert chart.today_x == 3 * 23 + 11.5
    assert [row.bar is None for row in chart.rows if row.kind == "phase"] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_ones_own_calendar_opens_by_its_secret_until_it_is_renewed(people, add):
    owner = people["owner"]
    add("写月报", owner_id=owner.pk, due=TODAY)
    token = services.calendar_token(member_id=owner.pk, at=NOW)

    assert services.calendar_token(member_id=owner.pk, at=NOW) == token
    assert queries.member_of_calendar(token) == owner.pk
    (entry,) = queries.calendar_entries(member_id=owner.pk, now=NOW)
    assert (entry.title, entry.day) == ("写月报", TODAY)
    fresh = services.renew_calendar_token(member_id=owner.pk, at=NOW)
    assert queries.member_of_calendar(token) is None
    assert queries.member_of_calendar(fresh) == owner.pk
    assert len(fresh) >= 32
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    assert queries.member_of_calendar(fresh) is None
