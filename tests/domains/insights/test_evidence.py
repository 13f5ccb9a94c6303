"""Kept answers stay what they were, and say what has changed since."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics import question as plain
from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Filters, Grain, Point, Question
from juluo.domains.insights import queries, services
from juluo.domains.insights.models import KeptAnswer
from juluo.domains.members.models import AuditEntry, Member
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished

START, END = date(2025, 3, 3), date(2025, 3, 10)
AT = datetime(2025, 5, 20, 9, tzinfo=UTC)
LATER = AT + timedelta(days=30)
MARCH = datetime(2025, 3, 4, 9, tzinfo=UTC)

numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.fixture
def owner(db):
    cache.clear()
    return Member.objects.create(display_name="Owner", role="owner", joined_at=MARCH)


def write(author, number, *, happened=MARCH):
    """Let a member publish something; what happened long before it is recorded came in late."""
    with transaction.atomic():
        ref = f"post:{number}"
        event = PostPublished(subject_id=ref, thread_id=ref, space_id=1)
        record(event, at=happened, actor_id=author.pk)


def ask(key="content.contributions", *, now=AT, **given):
    asked = queries.question(key, start=START, end=END, grain=Grain.WEEK, **given)
    return queries.ask(asked, log=queries.current_log(), now=now)


@given(
    filters=st.builds(
        Filters,
        include_bots=st.booleans(),
        exclude_staff=st.booleans(),
        spaces=st.lists(st.integers(1, 9), max_size=3).map(tuple),
        sources=st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
        by_joined=st.booleans(),
    ),
    grain=st.sampled_from(list(Grain)),
    by=st.none() | st.sampled_from(["space", "band"]),
    start=days,
    length=st.integers(1, 400),
)
def test_a_question_survives_being_made_plain(filters, grain, by, start, length):
    asked = Question(
        key="members.active",
        start=start,
        end=start + timedelta(days=length),
        grain=grain,
        timezone="Asia/Shanghai",
        by=by,
        filters=filters,
    )

    assert plain.question_from_plain(plain.question_to_plain(asked)) == asked


@given(
    st.builds(
        Point,
        start=days,
        value=numbers,
        part=numbers,
        whole=numbers,
        low=numbers,
        high=numbers,
        sample=st.none() | st.integers(0, 9),
        group=st.none() | st.text(max_size=5),
        row=st.lists(st.tuples(st.text(max_size=3), numbers), max_size=2).map(tuple),
    )
)
def test_a_point_survives_being_made_plain(point):
    assert plain.point_from_plain(plain.point_to_plain(point)) == point


def test_a_kept_answer_holds_while_nothing_comes_in(owner):
    write(owner, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)

    found = queries.evidence(kept.key, now=LATER)

    assert [point.value for point in found.answer.points] == [1]
    assert (found.is_same, found.reasons) == (True, ())
    assert found.kept_by == "Owner"


def test_late_data_is_named_and_the_kept_figure_stays(owner):
    write(owner, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)
    write(owner, 2)
    write(owner, 3)

    found = queries.evidence(kept.key, now=LATER)

    assert [point.value for point in found.answer.points] == [1]
    assert [(each.then, each.now) for each in found.differences] == [(1, 3)]
    assert found.reasons == ("2 events of the time before have come in late.",)


def test_a_member_found_to_be_a_bot_is_named(owner):
    bot = Member.objects.create(display_name="Bot", joined_at=MARCH)
    write(bot, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)
    Member.objects.filter(pk=bot.pk).update(kind="bot")

    found = queries.evidence(kept.key, now=LATER)

    assert [(each.then, each.now) for each in found.differences] == [(1, 0)]
    assert found.reasons == ("Who is left out has changed: bots, staff or test accounts.",)


def test_a_new_version_of_the_definition_is_named(owner, monkeypatch):
    from dataclasses import replace

    write(owner, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)
    newer = replace(METRICS["content.contributions"], version=9)
    monkeypatch.setitem(METRICS, "content.contributions", newer)

    found = queries.evidence(kept.key, now=LATER)

    assert found.reasons == ("The definition is in version 9; then it was in version 1.",)


def test_a_metric_that_is_gone_still_shows_what_was_kept(owner, monkeypatch):
    write(owner, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)
    monkeypatch.delitem(METRICS, "content.contributions")

    found = queries.evidence(kept.key, now=LATER)

    assert found.today is None
    assert [point.value for point in found.answer.points] == [1]


def test_a_window_that_was_not_over_says_so(owner):
    write(owner, 1)
    early = datetime(2025, 3, 5, 9, tzinfo=UTC)
    kept = services.keep(ask(now=early), actor_id=owner.pk, at=early)
    write(owner, 2, happened=early + timedelta(days=1))

    found = queries.evidence(kept.key, now=LATER)

    assert found.reasons == ("The window, or the wait for what follows on it, was not over then.",)


def test_the_same_answer_is_kept_once_and_noted_once(owner):
    write(owner, 1)
    first = services.keep(ask(), actor_id=owner.pk, at=AT)
    second = services.keep(ask(), actor_id=owner.pk, at=LATER)

    assert first.pk == second.pk
    assert EventRecord.objects.filter(name="insights.answer_kept").count() == 1
    assert AuditEntry.objects.filter(action="insights.answer_kept").count() == 1


def test_what_is_kept_cannot_be_changed(owner):
    write(owner, 1)
    kept = services.keep(ask(), actor_id=owner.pk, at=AT)

    for change in (
        lambda: KeptAnswer.objects.filter(pk=kept.pk).update(points=[]),
        lambda: KeptAnswer.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
