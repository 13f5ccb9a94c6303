"""A small made-up community: half a year of talk, the same every time, some of it hostile."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from juluo.domains.community.models import Community
from juluo.domains.discussions.models import Space
from juluo.domains.members.models import Member
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import AnswerGiven, QuestionAsked, Reacted

FIRST = datetime(2025, 9, 1, 1, tzinfo=UTC)
DAYS = 181  # to the end of February 2026
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TIMEZONE = "Asia/Shanghai"
NAMES = ("林晓梅", "<script>alert(1)</script>", '=HYPERLINK("http://evil.example")', "Zoë", "王芳")
SPACES = ("新手村", "<b>R&D</b>", "=1+1")


@dataclass(frozen=True)
class MadeUp:
    """Who and where."""

    spaces: list[Space]
    members: list[Member]
    events: int


def make_community() -> MadeUp:
    """Write it into the database and the log."""
    with transaction.atomic():
        Community.objects.all().delete()
        Community.objects.create(pk=1, name="晨读社 <&>", timezone=TIMEZONE, language="zh-hans")
        spaces = [Space.objects.create(name=name, opened_at=FIRST) for name in SPACES]
        members = [
            Member.objects.create(
                display_name=f"{NAMES[n % len(NAMES)]} {n}",
                kind="bot" if n == 29 else "person",
                joined_at=FIRST,
            )
            for n in range(30)
        ]
        happenings = list(_talk(spaces, members))
        return MadeUp(spaces=spaces, members=members, events=record_many(happenings))


def _talk(spaces: list[Space], members: list[Member]) -> Iterator[Happening]:
    dice = random.Random(11)
    for day in range(DAYS):
        for n in range(2 + (day % 7 < 5)):
            at = FIRST + timedelta(days=day, hours=dice.randrange(24), minutes=dice.randrange(60))
            here = min(len(members), 4 + day // 6)
            asker, helper, fan = (members[dice.randrange(here)] for _ in range(3))
            space = spaces[int(dice.paretovariate(1.2)) % len(spaces)]
            yield from _thread(f"{day}-{n}", at, space, asker, helper, fan, dice)


def _thread(
    name: str,
    at: datetime,
    space: Space,
    asker: Member,
    helper: Member,
    fan: Member,
    dice: random.Random,
) -> Iterator[Happening]:
    subject, answer = f"post:{name}", f"answer:{name}"
    asked = QuestionAsked(subject_id=subject, thread_id=subject, space_id=space.pk, language="zh")
    yield Happening(event=asked, at=at, actor_id=asker.pk, key=f"q{name}")
    if dice.random() < 0.6:
        given = AnswerGiven(
            subject_id=answer,
            thread_id=subject,
            parent_id=subject,
            space_id=space.pk,
            recipient_id=asker.pk,
        )
        later = at + timedelta(hours=dice.randrange(1, 60))
        yield Happening(event=given, at=later, actor_id=helper.pk, key=f"a{name}")
    if dice.random() < 0.5:
        liked = Reacted(subject_id=subject, space_id=space.pk, recipient_id=asker.pk, emoji="+1")
        later = at + timedelta(minutes=7)
        yield Happening(event=liked, at=later, actor_id=fan.pk, key=f"r{name}")
