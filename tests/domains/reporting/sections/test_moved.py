"""What moved and why: a planted fall told with its parts, and chance let be."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.communities import COMMUNITIES
from tests.drafts import drafted
from tests.made_up import NOW as MADE_UP_NOW

from juluo.domains.discussions.models import Space
from juluo.domains.insights import services
from juluo.domains.members.models import Member
from juluo.domains.reporting.queries.sections.moved import moved
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished
from juluo.lib.documents.model import Bullets, Chart, Finding, Paragraph, Table, Tone, plain

pytestmark = pytest.mark.over_the_lake

FIRST = date(2024, 9, 2)
START, END = date(2025, 9, 1), date(2025, 9, 29)
NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
FALL = date(2025, 9, 4)


@pytest.fixture
def owner(db):
    cache.clear()
    return Member.objects.create(display_name="Owner", role="owner", joined_at=NOW)


def live(*, falls, seed=6):
    """Let three spaces talk for a year; in one, from a day on, hardly anybody writes any more."""
    chance = random.Random(seed)
    opened = datetime(2023, 11, 1, tzinfo=UTC)
    spaces = [Space.objects.create(name=name, opened_at=opened) for name in ("甲", "乙", "丙")]
    people = [Member.objects.create(display_name=f"m{n}", joined_at=opened) for n in range(40)]
    lines = []
    for offset in range((END - FIRST).days):
        day = FIRST + timedelta(days=offset)
        for place, space in enumerate(spaces):
            many = (14, 9, 6)[place] * (0.7 if day.weekday() >= 5 else 1.0)
            if falls and place == 0 and day >= FALL:
                many *= 0.15
            for _ in range(round(many * chance.uniform(0.75, 1.25))):
                ref = f"post:{len(lines)}"
                event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
                at = datetime(day.year, day.month, day.day, chance.randrange(8, 22), tzinfo=UTC)
                lines.append(Happening(event=event, at=at, actor_id=chance.choice(people).pk))
    with transaction.atomic():
        record_many(lines)
    return spaces


def made(language="en", *, start=START, end=END, now=NOW):
    return drafted(moved, start=start, end=end, now=now, language=language)


def section(composed):
    return composed[0]


def block(part, kind):
    return next(each for each in part.blocks if isinstance(each, kind))


def part_of(composed, key):
    return next(each for each in section(composed).parts if each.key == f"moved:{key}")


def number(words):
    return int(words.replace("−", "-").replace("±", "").replace(",", ""))


def test_a_planted_fall_is_told_with_its_place_its_day_and_what_happened_then(owner):
    spaces = live(falls=True)
    told = {"actor_id": owner.pk, "at": NOW}
    services.annotate(kind="rule_change", words="要先审核", start=FALL, **told)
    services.annotate(kind="outage", words="停机", start=FALL - timedelta(days=40), **told)

    composed = made()

    part = part_of(composed, "content.contributions")
    finding = block(part, Finding)
    assert finding.title == "Contributions: lower than expected"
    assert finding.tone is Tone.BAD
    assert "there is a change to explain" in plain(finding.what)
    assert finding.what[0].evidence
    assert "甲: " in plain(finding.why)
    assert "It began on" in plain(finding.why)
    lists = [[plain(item) for item in b.items] for b in part.blocks if isinstance(b, Bullets)]
    assert any("要先审核" in item and "began when the change did" in item for item in lists[0])
    assert any("停机" in item and "came too early" in item for item in lists[1])
    found = next(each for each in composed[1].found if each.metric == "content.contributions")
    assert (found.key, found.tone) == ("moved:content.contributions", Tone.BAD)
    assert found.space_ids == (spaces[0].pk,)


def test_a_fall_of_one_space_is_told_with_the_space_and_never_as_alike(owner):
    # With this chance everywhere was once named, not the space: three in twelve such logs.
    spaces = live(falls=True, seed=5)

    composed = made()

    said = plain(block(part_of(composed, "content.contributions"), Finding).why)
    assert said.startswith("甲: ")
    assert "Clear evidence." in said
    assert "All moved alike" not in said
    table = block(part_of(composed, "content.contributions"), Table)
    assert table.rows[0][0].words == "甲"
    found = next(each for each in composed[1].found if each.metric == "content.contributions")
    assert (found.weight, found.space_ids) == (0.9, (spaces[0].pk,))


def test_the_printed_parts_add_up_to_the_printed_change(owner):
    live(falls=True)

    part = part_of(made(), "content.contributions")

    table = block(part, Table)
    assert sum(number(row[3].words) for row in table.rows) == number(table.total[3].words)
    before, after = (number(table.total[n].words) for n in (1, 2))
    assert after - before == number(table.total[3].words)
    drawn = block(part, Chart).option["series"][0]["data"]
    assert drawn == [number(row[3].words) for row in table.rows]
    assert table.columns[1].evidence
    assert table.columns[2].evidence


def test_every_headline_figure_stands_in_the_table_with_its_evidence(owner):
    live(falls=True)

    composed = made()

    table = block(section(composed), Table)
    by_title = {row[0].words: row for row in table.rows}
    assert by_title["Contributions"][-1].words == "unusual"
    assert by_title["Reactions"][-1].words in {"usual", "history too short"}
    for row in table.rows:
        entry = composed[1].evidence[row[1].evidence - 1]
        assert entry.title == row[0].words


def test_chance_alone_is_let_be(owner):
    live(falls=False)

    composed = made()

    assert "there is nothing to explain" in plain(block(section(composed), Paragraph).runs)
    assert not section(composed).parts
    assert not [each for each in composed[1].found if each.key.startswith("moved:")]


def test_days_to_come_are_no_fall(owner):
    live(falls=False)
    now = datetime(2025, 9, 15, 9, tzinfo=UTC)

    composed = made(now=now)

    said = plain(block(section(composed), Paragraph).runs)
    assert "Only the days up to 14 September 2025 are looked at" in said
    assert not section(composed).parts


def words_of(section):
    """Everything that is printed of a section."""
    said = [section.title]
    for each in section.blocks:
        if isinstance(each, Paragraph):
            said.append(plain(each.runs))
        elif isinstance(each, Bullets):
            said += [plain(item) for item in each.items]
        elif isinstance(each, Finding):
            said += [each.title, plain(each.what), plain(each.why)]
        elif isinstance(each, Table):
            said += [each.caption, *(column.title for column in each.columns)]
            said += [plain(row) for row in (*each.rows, each.total)]
        elif isinstance(each, Chart):
            said += [each.caption, each.alternative]
    return "".join([*said, *(words_of(part) for part in section.parts)])


def test_all_of_it_is_chinese_in_chinese(owner):
    live(falls=True)
    told = {"actor_id": owner.pk, "at": NOW}
    services.annotate(kind="rule_change", words="要先审核", start=FALL, **told)
    services.annotate(kind="outage", words="停机", start=FALL - timedelta(days=40), **told)

    composed = made("zh")

    assert part_of(composed, "content.contributions")
    said = words_of(section(composed))
    assert "已排除" in said
    assert not [c for c in said if c.isascii() and c.isalpha()]


def test_no_part_is_expected_to_be_more_than_the_whole(owner):
    live(falls=True)

    said = words_of(section(made()))

    # All forty write on, elsewhere: 139 of them were once "expected" in the space that they left.
    assert "Active members: 甲" not in said


@pytest.mark.django_db
def test_a_young_community_is_told_that_history_is_too_short():
    cache.clear()
    tried = COMMUNITIES["made up"]
    tried.make()

    composed = made(start=tried.quarter, end=tried.end, now=MADE_UP_NOW)

    outcomes = {row[-1].words for row in block(section(composed), Table).rows}
    assert outcomes <= {"history too short", "usual", "unusual"}
    assert "history too short" in outcomes


@pytest.mark.django_db
def test_an_empty_community_has_nothing_to_explain():
    cache.clear()

    composed = made()

    assert "History is too short" in plain(block(section(composed), Paragraph).runs)
