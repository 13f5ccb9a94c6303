"""A year of three spaces in which one falls silent, or none, and what a report tells of it."""

import random
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from juluo.domains.discussions.models import Space
from juluo.domains.members.models import Member
from juluo.domains.reporting.queries.sections.moved import moved
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished
from juluo.lib.documents.model import Bullets, Chart, Finding, Paragraph, Table, plain
from tests.drafts import drafted

FIRST = date(2024, 9, 2)
START, END = date(2025, 9, 1), date(2025, 9, 29)
NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
FALL = date(2025, 9, 4)


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


def made(language="en", *, start=START, end=END, now=NOW, memory=None):
    return drafted(moved, start=start, end=end, now=now, language=language, memory=memory)


def section(composed):
    return composed[0]


def block(part, kind):
    return next(each for each in part.blocks if isinstance(each, kind))


def part_of(composed, key):
    return next(each for each in section(composed).parts if each.key == f"moved:{key}")


def number(words):
    return int(words.replace("−", "-").replace("±", "").replace(",", ""))


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
