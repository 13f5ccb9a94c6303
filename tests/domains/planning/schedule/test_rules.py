"""Phases, circles, the critical path, slots and links, as pure functions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juluo.domains.planning.rules import gantt
from juluo.domains.planning.rules.content import Cadence, Rhythm, slot_days, waits_from
from juluo.domains.planning.rules.links import Awaited, Publication, Waiting, closed_by
from juluo.domains.planning.rules.schedule import Work, critical_path, cycle_with, phase_days

FIRST = date(2026, 1, 1)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


@settings(deadline=None)
@given(start=DAYS, length=st.integers(min_value=1, max_value=800))
def test_phases_tile_the_plan_and_each_has_a_day(start, length):
    end = start + timedelta(days=length)
    phases = phase_days(start, end)

    assert phases[0].start == start
    assert phases[-1].end == end
    assert all(a.end == b.start for a, b in pairwise(phases))
    assert all(each.start < each.end for each in phases)
    assert len(phases) == min(length, 5)


def test_a_quarter_is_cut_by_proportion():
    phases = phase_days(FIRST, date(2026, 4, 1))

    assert [(each.kind, (each.end - each.start).days) for each in phases] == [
        ("preparation", 18),
        ("launch", 10),
        ("execution", 39),
        ("monitoring", 14),
        ("closing", 9),
    ]


EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25)


def _reaches(edges, start, goal):
    seen, here = set(), {start}
    while here:
        seen |= here
        here = {b for a, b in edges if a in here} - seen
    return goal in seen


@settings(deadline=None)
@given(wanted=EDGES)
def test_no_circle_is_ever_closed_and_every_refusal_names_a_real_one(wanted):
    edges = []
    for task, needs in wanted:
        circle = cycle_with(edges, task=task, needs=needs)
        assert bool(circle) == _reaches(edges, needs, task)
        if not circle:
            edges.append((task, needs))
            continue
        assert circle[0] == circle[-1] == task
        steps = list(pairwise(circle))
        assert steps[0] == (task, needs)
        assert set(steps[1:]) <= set(edges)
    assert not any(_reaches(edges, b, a) for a, b in edges)


def _days(pairs):
    return [
        Work(id=n, start=FIRST + timedelta(days=a), due=FIRST + timedelta(days=a + length))
        for n, (a, length) in enumerate(pairs)
    ]


@settings(deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=8),
    wanted=EDGES,
)
def test_nothing_starts_before_what_it_needs_and_slipping_the_spare_days_is_safe(pairs, wanted):
    work = _days(pairs)
    edges = []
    for task, needs in wanted:
        if max(task, needs) < len(work) and not cycle_with(edges, task=task, needs=needs):
            edges.append((task, needs))
    placed = critical_path(work, edges)

    end = max(each.last for each in placed.values())
    for task, needs in edges:
        assert placed[task].first > placed[needs].last
    assert any(each.is_critical for each in placed.values())
    for each in work:
        spare = timedelta(days=placed[each.id].spare_days)
        later = [w if w.id != each.id else _late(w, placed[w.id].first + spare) for w in work]
        assert max(p.last for p in critical_path(later, edges).values()) == end


def _late(work, start):
    return Work(id=work.id, start=start, due=start + timedelta(days=work.days - 1))


def test_a_chain_is_critical_and_the_short_branch_has_two_spare_days():
    # 0 (5 days) and 1 (3 days) both before 2 (2 days).
    work = _days([(0, 4), (0, 2), (5, 1)])

    placed = critical_path(work, [(2, 0), (2, 1)])

    assert {n: each.spare_days for n, each in placed.items()} == {0: 0, 1: 2, 2: 0}


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence(rhythm=Rhythm.ONCE), ["2026-01-01"]),
        (
            Cadence(rhythm=Rhythm.WEEKS, every=2, weekday=0),
            ["2026-01-05", "2026-01-19", "2026-02-02", "2026-02-16"],
        ),
        (
            Cadence(rhythm=Rhythm.MONTHS, weekday=4, nth=1),
            ["2026-01-02", "2026-02-06"],
        ),
        (Cadence(rhythm=Rhythm.MONTHS, weekday=4, nth=5), ["2026-01-30", "2026-02-27"]),
    ],
)
def test_slots_fall_on_the_days_that_were_asked_for(cadence, expected):
    days = slot_days(cadence, start=FIRST, end=date(2026, 3, 1))

    assert [day.isoformat() for day in days] == expected


@settings(deadline=None)
@given(
    start=DAYS,
    length=st.integers(0, 2000),
    rhythm=st.sampled_from(list(Rhythm)),
    every=st.integers(1, 52),
    weekday=st.integers(0, 6),
    nth=st.integers(1, 5),
)
def test_slots_lie_within_the_days_in_order(start, length, rhythm, every, weekday, nth):
    cadence = Cadence(rhythm=rhythm, every=every, weekday=weekday, nth=nth)
    end = start + timedelta(days=length)
    days = slot_days(cadence, start=start, end=end)

    assert days == sorted(set(days))
    assert all(start <= day < end for day in days)
    assert len(days) <= 200
    if rhythm is not Rhythm.ONCE:
        assert all(day.weekday() == weekday for day in days)


def test_a_slot_waits_from_the_day_after_the_one_before_or_two_weeks():
    assert waits_from(date(2026, 3, 18), date(2026, 3, 11)) == date(2026, 3, 12)
    assert waits_from(date(2026, 3, 18), None) == date(2026, 3, 4)
    assert waits_from(date(2026, 3, 18), date(2026, 1, 1)) == date(2026, 3, 4)


def _post(title="三月 Digest", *, day=date(2026, 3, 4), author=7, space=3, kind="post"):
    return Publication(
        ref="post:9", space_id=space, author_id=author, title=title, format=kind, day=day
    )


def _waiting(link_id, *, due=None, since=date(2026, 3, 1), **given):
    awaited = Awaited(**({"space_id": 3} | given))
    return Waiting(link_id=link_id, awaited=awaited, since=since, slot_due=due)


@pytest.mark.parametrize(
    ("given", "closes"),
    [
        ({}, True),
        ({"words": ("digest",)}, True),
        ({"words": ("digest", "三月")}, True),
        ({"words": ("digest", "四月")}, False),
        ({"member_id": 7}, True),
        ({"member_id": 8}, False),
        ({"format": "question"}, False),
        ({"space_id": 4}, False),
        ({"since": date(2026, 3, 4)}, True),
        ({"since": date(2026, 3, 5)}, False),
    ],
)
def test_a_publication_closes_what_awaits_just_that(given, closes):
    assert closed_by(_post(), [_waiting(1, **given)]) == ([1] if closes else [])


def test_one_publication_closes_every_task_but_fills_one_slot_only():
    waiting = [
        _waiting(1),
        _waiting(2),
        _waiting(3, due=date(2026, 3, 2)),
        _waiting(4, due=date(2026, 3, 5)),
        _waiting(5, due=date(2026, 3, 12)),
    ]

    assert closed_by(_post(), waiting) == [1, 2, 4]
    assert closed_by(_post(), waiting, may_fill_slot=False) == [1, 2]


def test_the_choosier_slot_is_meant_even_if_another_is_nearer():
    waiting = [
        _waiting(1, due=date(2026, 3, 4)),
        _waiting(2, due=date(2026, 3, 9), words=("三月",)),
    ]

    assert closed_by(_post(), waiting) == [2]


@settings(deadline=None)
@given(start=DAYS, length=st.integers(0, 400), shown=DAYS, zoom=st.sampled_from(list(gantt.Zoom)))
def test_a_bar_stays_within_its_chart_or_is_absent(start, length, shown, zoom):
    window = gantt.window(zoom, shown)
    last = start + timedelta(days=length)
    bar = gantt.bar(start, last, row=0, shown=window)

    assert (bar is None) == (last < window.start or start >= window.end)
    if bar is not None:
        assert bar.x >= 0
        assert bar.x + bar.width <= window.width + 3
    assert window.start <= shown < window.end
