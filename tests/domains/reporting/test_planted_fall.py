"""A planted fall is found and told in a whole report; noise and the season are let be."""

import random
import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
import time_machine
from django.db import transaction

from juluo.domains.discussions.models import Space
from juluo.domains.insights import queries as insights
from juluo.domains.members.models import Member
from juluo.domains.reporting import services
from juluo.domains.reporting.models import Revision
from juluo.domains.reporting.types import Kind
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import CommentWritten, PostPublished
from juluo.lib.documents.keeping import from_plain
from juluo.lib.documents.model import Finding, Paragraph, Table, plain

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]
SPACES = ("新手村", "分享", "求助", "闲聊")
SIZES = (7, 4, 3, 2)
FALL = date(2025, 9, 8)
MONTH = (date(2025, 9, 1), date(2025, 10, 1))
NOW = datetime(2025, 10, 20, 9, tzinfo=UTC)
SURE = 0.85


class World:
    """Some spaces with a weekly rhythm: regulars, old members who seldom write, newcomers.

    Newcomers write for four weeks, and old members may be silent for as long: else whoever is new
    would be just whoever was silent, and nothing could tell the one from the other. All who are
    there on the first day say so: else the first months would be full of people who only seem new.
    """

    def __init__(self, first, end, *, season=lambda _: 1.0, fall=None, seed=1):
        self.dice, self.first, self.end = random.Random(seed), first, end
        self.season, self.fall, self.lines = season, fall, []
        opened = at(first, 0) - timedelta(days=200)
        self.spaces = [Space.objects.create(name=name, opened_at=opened) for name in SPACES]
        self.regulars = self._members(30, opened)
        self.seldom = self._members(120, opened)
        self.newcomers = {space.pk: [] for space in self.spaces}

    def _members(self, many, joined):
        made = [Member(display_name=f"m{n}", joined_at=joined) for n in range(many)]
        return Member.objects.bulk_create(made)

    def live(self):
        weeks = (self.end - self.first).days // 7 + 2
        for n, member in enumerate([*self.regulars, *self.seldom]):
            space = self.spaces[n % len(self.spaces)]
            self._post(self.first, space, member, is_new=False)
        coming = iter(self._members(weeks * 7 * len(SPACES), at(self.first, 0)))
        for offset in range((self.end - self.first).days):
            day = self.first + timedelta(days=offset)
            for space, size in zip(self.spaces, SIZES, strict=True):
                self._day(day, space, size, coming)
        with transaction.atomic():
            record_many(self.lines)
        return self

    def _day(self, day, space, size, coming):
        here = self.newcomers[space.pk]
        if self.dice.random() < 0.5 or not here:
            here.append((day, next(coming)))
        here[:] = [each for each in here if (day - each[0]).days < 28] or here[-1:]
        busy = size * self.season(day) * (0.6 if day.weekday() >= 5 else 1.15)
        for _ in range(round(busy * self.dice.uniform(0.7, 1.3))):
            who = self.dice.random()
            is_new, old = who < 0.45, self.seldom if who > 0.8 else self.regulars
            author = self.dice.choice(here)[1] if is_new else self.dice.choice(old)
            self._post(day, space, author, is_new=is_new)

    def _post(self, day, space, author, *, is_new):
        ref, moment = f"post:{len(self.lines)}", at(day, self.dice.randrange(7, 22))
        event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
        self.lines.append(Happening(event=event, at=moment, actor_id=author.pk))
        fell = self.fall is not None and day >= self.fall and space == self.spaces[0] and is_new
        if self.dice.random() >= (0.05 if fell else SURE):
            return
        reply = CommentWritten(
            subject_id=f"comment:{len(self.lines)}",
            thread_id=ref,
            parent_id=ref,
            space_id=space.pk,
            recipient_id=author.pk,
        )
        helper = self.dice.choice([each for each in self.regulars if each != author])
        later = moment + timedelta(minutes=self.dice.randrange(5, 600))
        self.lines.append(Happening(event=reply, at=later, actor_id=helper.pk))


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def now(home):
    with time_machine.travel(NOW, tick=True):
        yield NOW


def report(people, days, now, kind=Kind.MONTHLY):
    """Return a report's two documents, and what it found."""
    made = services.begin_report(
        kind=kind, start=days[0], end=days[1], actor_id=people["operator"].pk, at=now
    )
    services.compose(report_id=made.pk)
    revision = Revision.objects.get(report_id=made.pk)
    documents = {name: from_plain(each) for name, each in revision.documents.items()}
    return documents, revision.found["findings"]


def moved(document):
    return next(each for each in document.sections if each.key == "moved")


def part_of(document, key):
    return next(each for each in moved(document).parts if each.key == f"moved:{key}")


def block(part, kind):
    return next(each for each in part.blocks if isinstance(each, kind))


def points(words):
    """Return a printed difference in tenths of a percentage point."""
    sign, amount = re.match(r"([−+±])([\d.]+)", words).groups()
    return round(Fraction(amount) * 10) * (-1 if sign == "−" else 1)


def test_newcomers_left_unanswered_in_one_space_are_found(now, people):
    world = World(date(2024, 8, 5), date(2025, 10, 5), fall=FALL).live()

    documents, found = report(people, MONTH, now)

    key = "response.answered_1d"
    (told,) = [each for each in found if each["metric"] == key and each["key"].startswith("moved")]
    assert (told["tone"], told["space_ids"]) == ("bad", [world.spaces[0].pk])
    asked = insights.question(key, start=MONTH[0], end=MONTH[1], grain="window")
    before = insights.window_before(*MONTH)
    why = insights.why(asked, against=before, log=insights.current_log(), now=now)
    (cause,) = why.diagnosis.causes
    place = {"space": str(world.spaces[0].pk), "tenure": "new"}
    assert dict(cause.where) == place
    assert cause.driver.value == "rate"
    assert cause.change.low <= FALL <= cause.change.high
    assert abs((cause.change.on - FALL).days) <= 1
    assert why.diagnosis.seasonal == ()
    for parts in why.parts.values():
        assert sum((each.change for each in parts), Fraction(0)) == why.after - why.before
        assert all(each.mix + each.rate == each.change for each in parts)

    english = part_of(documents["en"], key)
    said = plain(block(english, Finding).why)
    assert "新手村 · " in said
    assert "newcomers" in said.lower()
    assert "What drives it is the rate there" in said
    assert "September 2025" in said
    assert "season" not in said.lower()
    chinese = plain(block(part_of(documents["zh"], key), Finding).why)
    assert "新手村 · " in chinese
    assert "2025 年 9 月" in chinese
    assert "季节" not in chinese
    assert "变化来自该处的比率本身" in chinese
    for document in documents.values():
        printed_parts_add_up(block(part_of(document, key), Table))


def printed_parts_add_up(table):
    """The change, and its two drivers, to the last digit that is printed."""
    for column in (3, 4, 5):
        assert sum(points(row[column].words) for row in table.rows) == points(
            table.total[column].words
        )
    for row in [*table.rows, table.total]:
        assert points(row[4].words) + points(row[5].words) == points(row[3].words)


def nothing_to_explain(documents):
    english, chinese = moved(documents["en"]), moved(documents["zh"])
    assert english.parts == []
    assert chinese.parts == []
    assert "there is nothing to explain" in plain(block(english, Paragraph).runs)
    assert "无需解释" in plain(block(chinese, Paragraph).runs)


def test_noise_alone_has_no_change_to_explain(now, people):
    World(date(2024, 8, 5), date(2025, 10, 5), seed=3).live()

    documents, found = report(people, MONTH, now)

    nothing_to_explain(documents)
    assert [each for each in found if each["key"].startswith("moved")] == []


def test_the_season_alone_has_no_change_to_explain(now, people):
    """Each September is half as busy, three years in a row."""
    World(
        date(2023, 7, 3),
        date(2025, 10, 5),
        season=lambda day: 0.5 if day.month == 9 else 1.0,
        seed=4,
    ).live()

    documents, found = report(people, MONTH, now)

    nothing_to_explain(documents)
    outcomes = [row[-1].words for row in block(moved(documents["en"]), Table).rows]
    assert "explained by the season" in outcomes
    assert [each for each in found if each["key"].startswith("moved")] == []
