"""Alerts: what they watch, when they tell, what became of it; and the notes on the time axis."""

from datetime import UTC, date, datetime, timedelta

import pytest

from juluo.analytics.question import Grain
from juluo.domains.discussions.models import Post, Space
from juluo.domains.insights import queries, services
from juluo.domains.insights.models import Alert, Annotation, Firing
from juluo.domains.insights.rules import look, precision
from juluo.domains.insights.services.alerts import NotOpen
from juluo.domains.members import services as members
from juluo.domains.notifications import queries as inbox
from juluo.eventlog import subscriptions
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished, SpaceOpened
from juluo.lib.charts import options

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def talk(people, db):
    """Let so many posts appear at a moment, each by somebody else."""
    space = Space.objects.create(name="General", opened_at=AT - 300 * DAY)
    authors = [
        members.create_member(email=None, display_name=f"M{n}", at=AT - 300 * DAY)
        for n in range(40)
    ]

    def publish(at, count):
        from django.db import transaction

        with transaction.atomic():
            for author in authors[:count]:
                post = Post.objects.create(space=space, author=author, body="x", published_at=at)
                ref = f"post:{post.pk}"
                event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
                record(event, at=at, actor_id=author.pk)

    return publish


@pytest.fixture
def steady(talk):
    """Twelve weeks of ten posts each, until the week before AT."""
    for n in range(1, 13):
        talk(AT - n * WEEK, 10)
    return talk


def watch(people, **given):
    wanted = {
        "title": "Active by week",
        "metric_key": "members.active",
        "grain": "week",
        "rule": "anomaly",
        "side": "both",
        "value": 3.0,
        "owner_id": people["operator"].pk,
        "actor_id": people["owner"].pk,
        "at": AT,
    }
    return services.make_alert(**wanted | given)


def test_a_fall_is_told_once_to_its_owner_and_ends_when_it_is_over(people, steady):
    alert = watch(people)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)

    assert services.look_at_alerts(now=AT + WEEK) == 1
    assert services.look_at_alerts(now=AT + WEEK) == 0
    steady(AT + 2 * WEEK, 10)
    assert services.look_at_alerts(now=AT + 2 * WEEK) == 0
    (going_on,) = Firing.objects.all()
    assert (going_on.since, going_on.last, going_on.over_at) == (
        date(2025, 3, 3),
        date(2025, 3, 10),
        None,
    )
    assert (going_on.observed, going_on.expected) == (1.0, pytest.approx(10.0))
    services.look_at_alerts(now=AT + 3 * WEEK)
    assert Firing.objects.get().over_at == AT + 3 * WEEK

    told = inbox.inbox(member_id=people["operator"].pk)
    assert [each.words for each in told] == ["Alert: Active by week"]
    assert told[0].url == f"/console/alerts/{alert.pk}/"
    names = EventRecord.objects.filter(name__startswith="insights.alert_").order_by("id")
    assert list(names.values_list("name", flat=True)) == [
        "insights.alert_made",
        "insights.alert_raised",
        "insights.alert_over",
    ]


def test_what_is_usual_is_not_told(people, steady):
    watch(people)
    steady(AT + DAY, 9)
    steady(AT + WEEK, 12)

    assert services.look_at_alerts(now=AT + 2 * WEEK) == 0


def test_an_archive_that_ended_is_not_a_fall(people, steady):
    watch(people)

    assert services.look_at_alerts(now=AT + 10 * WEEK) == 0
    assert not Firing.objects.exists()


def test_a_muted_alert_looks_and_keeps_but_tells_nobody(people, steady):
    alert = watch(people)
    services.mute_alert(alert_id=alert.pk, hours=24 * 14, actor_id=people["owner"].pk, at=AT)
    steady(AT + DAY, 1)

    assert services.look_at_alerts(now=AT + WEEK) == 1
    assert inbox.inbox(member_id=people["operator"].pk) == []


def test_an_alert_that_was_ended_looks_no_more_and_cannot_change(people, steady):
    alert = watch(people)
    services.end_alert(alert_id=alert.pk, actor_id=people["owner"].pk, at=AT)
    steady(AT + DAY, 1)

    assert services.look_at_alerts(now=AT + WEEK) == 0
    with pytest.raises(NotOpen):
        services.mute_alert(alert_id=alert.pk, hours=1, actor_id=people["owner"].pk, at=AT)


def test_precision_counts_what_was_judged(people, steady):
    alert = watch(people)
    for n in range(3):
        Firing.objects.create(
            alert=alert,
            since=date(2025, 1, 6) + n * WEEK,
            last=date(2025, 1, 6) + n * WEEK,
            observed=1,
            data_version="x",
            raised_at=AT,
            over_at=AT,
        )
    first, second, _third = Firing.objects.order_by("pk")
    for firing, outcome in ((first, "acted"), (second, "noise")):
        services.decide(firing_id=firing.pk, outcome=outcome, actor_id=people["owner"].pk, at=AT)

    assert queries.precision_of_all() == (1, 2, 3)
    (shown,) = queries.alerts(language="en")
    assert (shown.worth, shown.decided, shown.raised) == (1, 2, 3)
    assert precision(acted=3, explained=1, noise=2) == (4, 6)


def test_a_look_back_counts_episodes_not_periods(people, steady):
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    steady(AT + 2 * WEEK, 10)
    asked = {"metric_key": "members.active", "grain": Grain.WEEK, "side": "below", "filters": {}}

    def told(rule, value):
        now = AT + 3 * WEEK
        return queries.backtest(**asked, rule=rule, value=value, now=now, periods=10)

    assert told("anomaly", 3.0) == 1
    assert told("threshold", 5.0) == 1
    assert told("change", 0.5) == 1


def test_too_little_history_is_said_and_not_guessed(people, talk):
    talk(AT - DAY, 3)
    watch(people)
    talk(AT + DAY, 30)

    assert services.look_at_alerts(now=AT + WEEK) == 0
    asked = {"metric_key": "members.active", "grain": Grain.WEEK, "side": "both", "filters": {}}
    now = AT + WEEK
    assert queries.backtest(**asked, rule="anomaly", value=3, now=now, periods=3) is None


@pytest.mark.parametrize(
    ("given", "fires"),
    [
        ({"rule": "threshold", "side": "above", "value": 10, "observed": 10}, False),
        ({"rule": "threshold", "side": "above", "value": 10, "observed": 11}, True),
        ({"rule": "threshold", "side": "below", "value": 10, "observed": 9}, True),
        ({"rule": "threshold", "side": "below", "value": 10, "observed": None}, None),
        ({"rule": "change", "side": "both", "value": 0.5, "observed": 14}, False),
        ({"rule": "change", "side": "both", "value": 0.5, "observed": 16}, True),
        ({"rule": "change", "side": "above", "value": 0.5, "observed": 1}, False),
        ({"rule": "change", "side": "below", "value": 0.5, "observed": 1}, True),
        ({"rule": "anomaly", "side": "both", "value": 3.0, "observed": 11}, False),
        ({"rule": "anomaly", "side": "below", "value": 3.0, "observed": 40}, False),
        ({"rule": "anomaly", "side": "above", "value": 3.0, "observed": 40}, True),
    ],
)
def test_each_rule_fires_on_its_own_side(given, fires):
    found = look(before=[10.0] * 20, grain=Grain.WEEK, counts=True, **given)

    assert found.fires is fires


def test_a_change_between_small_numbers_is_noise():
    given = {"rule": "change", "side": "both", "value": 0.5, "grain": Grain.WEEK}

    assert look(before=[1.0], observed=3.0, counts=True, **given).fires is None
    assert look(before=[0.0], observed=9.0, counts=True, **given).fires is None


def test_a_limit_has_one_side_in_the_database_too(people):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        watch(people, rule="threshold", side="both")
    assert not Alert.objects.exists()


def test_a_note_by_hand_stands_on_the_charts_of_its_days(people):
    services.annotate(
        kind="outage",
        words="Mail was down",
        start=date(2025, 2, 4),
        end=date(2025, 2, 20),
        actor_id=people["owner"].pk,
        at=AT,
    )
    starts = [date(2025, 1, 27) + n * WEEK for n in range(5)]

    marks, notes = queries.marked(starts, Grain.WEEK)

    assert [(mark.label, mark.first, mark.last) for mark in marks] == [("1", 1, 3)]
    assert [(note.number, note.words) for note in notes] == [(1, "Mail was down")]
    assert queries.marked(starts[:1], Grain.WEEK) == ((), ())
    drawn = options.with_marks(
        options.lines(["a", "b", "c", "d", "e"], [options.Series(name="x", values=[1] * 5)]), marks
    )
    line = drawn["series"][-1]
    assert [each["xAxis"] for each in line["markLine"]["data"]] == [1]
    assert line["markArea"]["data"] == [[{"xAxis": 1}, {"xAxis": 3}]]


def test_a_withdrawn_note_is_on_no_chart(people):
    owner = people["owner"].pk
    note = services.annotate(kind="other", words="x", start=date(2025, 2, 4), actor_id=owner, at=AT)
    services.withdraw(annotation_id=note.pk, actor_id=owner, at=AT)
    services.withdraw(annotation_id=note.pk, actor_id=owner, at=AT)

    assert queries.annotations() == []
    assert EventRecord.objects.filter(name="insights.annotation_withdrawn").count() == 1


def test_an_event_tells_its_own_note_once(people, db):
    from django.db import transaction

    space = Space.objects.create(name="新手村", opened_at=AT)
    with transaction.atomic():
        record(SpaceOpened(space_id=space.pk), at=AT, actor_id=people["owner"].pk)
    subscriptions.deliver(limit=50)
    subscriptions.deliver(limit=50)

    assert [(note.words, note.is_told) for note in queries.annotations()] == [
        ("Space opened: 新手村", True)
    ]
    row = Annotation.objects.get()
    services.tell_annotation(
        origin=row.origin,
        kind="rule_change",
        telling="insights.space",
        facts={"space": "新人村"},
        start=row.start,
        at=AT,
    )
    assert [note.words for note in queries.annotations()] == ["Space opened: 新人村"]
