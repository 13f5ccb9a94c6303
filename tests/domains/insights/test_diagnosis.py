"""Why a figure moved: parts that add up, a planted cause found, the season and chance let be."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics.question import Grain
from juluo.domains.discussions.models import Space
from juluo.domains.insights import queries, services
from juluo.domains.insights.queries.diagnosis import silences
from juluo.domains.members.models import Member
from juluo.domains.members.services import change_kind
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import CommentWritten, PostPublished

pytestmark = pytest.mark.over_the_lake

FIRST = date(2024, 9, 2)
START, END = date(2025, 9, 1), date(2025, 9, 29)
BEFORE = date(2025, 8, 4), START
NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
FALL = date(2025, 9, 4)


@pytest.fixture
def owner(db):
    cache.clear()
    return Member.objects.create(display_name="Owner", role="owner", joined_at=NOW)


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def live(*, falls, seed=5):
    """Let three spaces talk for a year; in one, from a day on, hardly anybody writes any more."""
    chance = random.Random(seed)
    opened = at(FIRST, 0) - timedelta(days=300)
    spaces = [Space.objects.create(name=name, opened_at=opened) for name in ("甲", "乙", "丙")]
    people = [Member.objects.create(display_name=f"m{n}", joined_at=opened) for n in range(40)]
    lines, number = [], 0
    for offset in range((END - FIRST).days):
        day = FIRST + timedelta(days=offset)
        for place, space in enumerate(spaces):
            many = (14, 9, 6)[place] * (0.7 if day.weekday() >= 5 else 1.0)
            if falls and place == 0 and day >= FALL:
                many *= 0.15
            for _ in range(round(many * chance.uniform(0.75, 1.25))):
                number += 1
                author, ref = chance.choice(people), f"post:{number}"
                event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
                moment = at(day, chance.randrange(8, 22))
                lines.append(Happening(event=event, at=moment, actor_id=author.pk))
    with transaction.atomic():
        record_many(lines)
    return spaces


def why(key="content.contributions"):
    asked = queries.question(key, start=START, end=END, grain=Grain.WINDOW)
    return queries.why(asked, against=BEFORE, log=queries.current_log(), now=NOW)


def test_a_planted_fall_is_found_and_what_happened_then_is_kept(owner):
    spaces = live(falls=True)
    told = {"actor_id": owner.pk, "at": NOW}
    services.annotate(kind="rule_change", words="要先审核", start=FALL, **told)
    services.annotate(kind="outage", words="停机", start=FALL - timedelta(days=40), **told)

    found = why()
    shown = queries.why_shown(found, language="en")

    assert shown.is_unusual
    assert "there is a change to explain" in shown.lead
    cause = found.diagnosis.causes[0]
    assert dict(cause.where)["space"] == str(spaces[0].pk)
    assert abs((cause.change.on - FALL).days) <= 2
    told = shown.causes[0]
    assert told.where.startswith("甲")
    assert [each.words for each in told.kept] == ["要先审核"]
    assert [each.reason for each in told.ruled_out] == ["came too early"]


def test_parts_add_up_to_the_change_of_the_metrics_own_answers(owner):
    live(falls=True)
    log = queries.current_log()

    for key in ("content.contributions", "members.active", "participation.contributors_share"):
        found = why(key)
        ends = [
            queries.ask(
                queries.question(key, start=start, end=end, grain=Grain.WINDOW), log=log, now=NOW
            )
            .points[0]
            .value
            for start, end in (BEFORE, (START, END))
        ]
        assert [float(each) for each in (found.before, found.after)] == pytest.approx(ends)
        for parts in found.parts.values():
            assert sum((each.change for each in parts), Fraction(0)) == found.after - found.before


def test_a_ratio_above_one_is_explained_like_a_count(owner):
    live(falls=True)
    assert {"content.per_active", "interaction.per_contribution", "members.quick_ratio"} <= set(
        queries.explainable()
    )

    found = why("content.per_active")

    assert found.diagnosis.expected.is_unusual
    assert found.diagnosis.expected.low > 1
    assert found.diagnosis.causes


def test_all_else_is_told_beside_a_slice(owner):
    live(falls=True)
    found = why()
    (cause,) = found.diagnosis.causes
    rest = replace(cause, where=(), whole=None, actual=60.0, expected=120.0, factor=0.5)
    both = replace(found, diagnosis=replace(found.diagnosis, causes=(cause, rest)))

    assert queries.why_shown(both, language="en").causes[1].sentence.startswith("All else moved")


def test_who_came_and_went_adds_up_in_words(owner):
    live(falls=False)

    *moves, (_, together) = queries.why_shown(why("members.active"), language="en").moves

    signed = [int(value.replace("−", "-").replace("±", "")) for _label, value in moves]
    assert sum(signed) == int(together.replace("−", "-").replace("±", ""))


def test_chance_alone_is_let_be_in_both_languages(owner):
    live(falls=False)
    found = why()

    assert "no change to explain" in queries.why_shown(found, language="en").lead
    with translation.override("zh-hans"):
        assert "无需解释" in queries.why_shown(found, language="zh-hans").lead


def test_a_community_too_young_says_so(owner):
    space = Space.objects.create(name="甲", opened_at=NOW)
    with transaction.atomic():
        event = PostPublished(subject_id="post:1", thread_id="post:1", space_id=space.pk)
        record_many([Happening(event=event, at=at(START, 9), actor_id=owner.pk)])

    assert "too short" in queries.why_shown(why(), language="en").lead


def test_a_source_that_falls_silent_is_a_hole_in_the_data(owner):
    spaces = live(falls=False)
    lines = []
    for offset in range(100):
        day = END - timedelta(days=100 - offset)
        if date(2025, 9, 10) <= day < date(2025, 9, 20):
            continue
        for n in range(6):
            ref = f"comment:{offset * 10 + n}"
            event = CommentWritten(
                subject_id=ref, thread_id="post:1", parent_id="post:1", space_id=spaces[1].pk
            )
            lines.append(Happening(event=event, at=at(day, 9), actor_id=owner.pk, source="slack"))
    with transaction.atomic():
        record_many(lines)

    holes = [each for key, each in why().told.items() if key.startswith("hole:")]

    assert [(each.words, each.happening.start, each.happening.end) for each in holes] == [
        ("slack", date(2025, 9, 10), date(2025, 9, 20))
    ]


def test_what_fell_is_told_as_fewer_members_or_as_less_by_each(owner):
    live(falls=True)
    log = queries.current_log()

    found = why()
    shown = queries.why_shown(found, language="en")

    cause = found.diagnosis.causes[0]
    assert cause.hands.change == cause.hands.by_members + cause.hands.by_each
    assert cause.driver in {"members", "each"}
    assert shown.causes[0].hands.startswith("Mostly ")
    assert found.hands.change == found.after - found.before
    people = queries.question("members.active", start=START, end=END, grain=Grain.WINDOW)
    assert found.hands.members[1] == queries.ask(people, log=log, now=NOW).points[0].value
    assert [each.label for each in shown.hands] == [
        "Members who did it",
        "By each of them",
        "Together",
    ]
    assert why("members.active").hands is None


def test_accounts_marked_then_are_ruled_out_for_they_count_on_no_day(owner):
    live(falls=True)
    bots = Member.objects.filter(display_name__in=("m1", "m2"))
    for each in bots:
        change_kind(actor_id=owner.pk, member_id=each.pk, kind="bot", at=at(FALL, 9))

    found = why()
    cause = queries.why_shown(found, language="en").causes[0]

    told = {each.words: each for each in cause.ruled_out}
    assert told["2 accounts marked as bots"].what == "New bots"
    assert told["2 accounts marked as bots"].reason.startswith("changed the count of all days")


def test_a_new_version_between_kept_answers_is_told_and_ruled_out(owner, monkeypatch):
    live(falls=True)
    asked = queries.question("content.contributions", start=START, end=END, grain=Grain.WINDOW)
    log = queries.current_log()
    for version, day in ((1, FALL - timedelta(days=1)), (2, FALL + timedelta(days=1))):
        answer = queries.ask(asked, log=log, now=NOW)
        answer = replace(answer, version=version)
        services.keep(answer, actor_id=owner.pk, at=at(day, 9))

    told = [each for key, each in why().told.items() if key.startswith("definition:")]

    (only,) = told
    assert only.words == "Version 1 became version 2"
    assert (only.happening.start, only.happening.end) == (
        FALL - timedelta(days=1),
        FALL + timedelta(days=2),
    )


@given(
    st.dictionaries(
        st.integers(0, 29).map(lambda n: FIRST + timedelta(days=n)), st.integers(0, 9), max_size=30
    )
)
def test_silences_are_silent_apart_and_inside(by_day):
    end = FIRST + timedelta(days=30)
    found = silences(by_day, start=FIRST, end=end)

    for first, after in found:
        days = [first + timedelta(days=n) for n in range((after - first).days)]
        assert len(days) >= 2
        assert not any(by_day.get(each) for each in days)
        assert FIRST <= first < after <= end
    assert all(one[1] < two[0] for one, two in pairwise(found))
