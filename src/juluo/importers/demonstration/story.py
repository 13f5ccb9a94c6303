"""Tell the invented community's half year as the neutral stream of an import."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from juluo.importers.demonstration import words
from juluo.importers.stream import Accepted, Item, Kind, Mark, Person, Place, Said

ZONE = ZoneInfo("Asia/Shanghai")
WEEKS = 30
# Monday to Sunday: people ride, and so talk, at the weekend.
BUSY = (0.8, 0.75, 0.85, 0.9, 1.1, 1.6, 1.5)
HOURS = (7, 8, 9, 12, 13, 18, 19, 20, 20, 21, 21, 22, 23)


@dataclass
class Rider:
    """An invented member: when they came, how keen they are, when they drift away."""

    id: str
    name: str
    came: datetime
    keen: float
    leaves: datetime


@dataclass
class Story:
    """What has been told so far, so that later talk can answer it."""

    chance: random.Random
    until: datetime
    riders: list[Rider] = field(default_factory=list)
    openings: list[Said] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    said: int = 0


def told(chance: random.Random, *, until: datetime) -> Iterator[Item]:
    """Yield places, people, and thirty weeks of talk that end with yesterday."""
    story = Story(chance=chance, until=until)
    begin = until - timedelta(weeks=WEEKS)
    for key, name, about in words.SPACES:
        yield Place(id=key, name=name, about=about, chat=key == "lounge", opened_at=begin)
    story.riders = _riders(chance, begin, until)
    yield Person(id="helper", name="骑行助手", kind="bot", joined_at=begin)
    for rider in story.riders:
        yield Person(id=rider.id, name=rider.name, joined_at=rider.came)
    day = begin.astimezone(ZONE).date()
    last = until.astimezone(ZONE).date()
    while day < last:
        yield from _day(story, datetime.combine(day, time(), tzinfo=ZONE))
        day += timedelta(days=1)


def _riders(chance: random.Random, begin: datetime, until: datetime) -> list[Rider]:
    span = until - begin
    riders = []
    for number, name in enumerate(words.NAMES):
        came = begin + span * (number / len(words.NAMES)) ** 1.3
        stays = timedelta(days=chance.expovariate(1 / 90))
        leaves = until + span if chance.random() < 0.35 else came + stays
        riders.append(
            Rider(
                id=f"rider-{number}",
                name=name,
                came=came,
                keen=min(chance.lognormvariate(-1.0, 0.8), 2.5),
                leaves=leaves,
            )
        )
    return riders


def _day(story: Story, midnight: datetime) -> Iterator[Item]:
    chance = story.chance
    for rider in story.riders:
        if rider.came.astimezone(ZONE).date() == midnight.date():
            yield _opening(story, rider, midnight, Kind.POST, "newcomers")
        here = rider.came <= midnight < rider.leaves
        if not here or chance.random() > 1 - math.exp(-rider.keen * BUSY[midnight.weekday()] / 3):
            continue
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            yield from _act(story, rider, midnight)
    if midnight.weekday() == 4:
        at = midnight + timedelta(hours=9)
        yield _said(story, Kind.MESSAGE, "helper", at, "周末骑行提醒：请检查刹车和灯。", bot=True)


def _act(story: Story, rider: Rider, midnight: datetime) -> Iterator[Item]:
    """Let a rider do one thing: chat most of all, answer, comment, now and then begin."""
    draw = story.chance.random()
    # The newest openings draw the answers; older ones are forgotten.
    recent = [each for each in story.openings[-5:] if (midnight - each.at).days < 5]
    if draw < 0.5:
        yield _chat(story, rider, midnight)
    elif draw < 0.84 and recent:
        yield from _answer(story, rider, midnight, story.chance.choice(recent))
    elif draw < 0.92:
        yield _opening(story, rider, midnight, Kind.QUESTION, "workshop")
    else:
        place = story.chance.choice(("routes", "routes", "safety"))
        yield _opening(story, rider, midnight, Kind.POST, place)


def _moment(story: Story, midnight: datetime) -> datetime:
    hour = story.chance.choice(HOURS)
    return midnight + timedelta(hours=hour, seconds=story.chance.randrange(3600))


def _chat(story: Story, rider: Rider, midnight: datetime) -> Said:
    body = story.chance.choice(words.CHATTER)
    return _said(story, Kind.MESSAGE, rider.id, _moment(story, midnight), body)


def _opening(story: Story, rider: Rider, midnight: datetime, kind: Kind, place: str) -> Said:
    if place == "newcomers":
        title, body = f"{rider.name} 报到", story.chance.choice(words.HELLOS)
    else:
        texts = words.QUESTIONS if kind is Kind.QUESTION else words.POSTS
        title, body = story.chance.choice(texts)
    at = max(_moment(story, midnight), rider.came + timedelta(minutes=5))
    said = _said(story, kind, rider.id, at, body, place=place, title=title)
    story.openings.append(said)
    return said


def _answer(
    story: Story, rider: Rider, midnight: datetime, opening: Said
) -> Iterator[Said | Accepted]:
    if opening.author == rider.id:
        yield _chat(story, rider, midnight)
        return
    at = max(_moment(story, midnight), opening.at + timedelta(minutes=7))
    asked = opening.kind is Kind.QUESTION
    kind = Kind.ANSWER if asked and story.chance.random() < 0.7 else Kind.COMMENT
    body = story.chance.choice(words.ANSWERS if kind is Kind.ANSWER else words.COMMENTS)
    reply = _said(
        story, kind, rider.id, at, body, place=opening.place, thread=opening.id, parent=opening.id
    )
    yield reply
    if kind is Kind.ANSWER and opening.id not in story.answered and story.chance.random() < 0.6:
        story.answered.add(opening.id)
        yield Accepted(question=opening.id, answer=reply.id, at=at + timedelta(hours=2))


def _said(
    story: Story,
    kind: Kind,
    author: str,
    at: datetime,
    body: str,
    *,
    place: str = "lounge",
    title: str = "",
    thread: str | None = None,
    parent: str | None = None,
    bot: bool = False,
) -> Said:
    story.said += 1
    at = min(at.astimezone(UTC), story.until - timedelta(minutes=1))
    return Said(
        kind=kind,
        id=f"said-{story.said}",
        place=place,
        author=author,
        at=at,
        body=body,
        body_format="text",
        bot=bot,
        title=title,
        thread=thread,
        parent=parent,
        points=parent is not None,
        marks=() if bot else _marks(story, author, at),
    )


def _marks(story: Story, author: str, at: datetime) -> tuple[Mark, ...]:
    """Let a few of those who are there react within the day."""
    there = [
        each.id for each in story.riders if each.came <= at < each.leaves and each.id != author
    ]
    count = min(len(there), int(story.chance.expovariate(1 / 0.6)))
    if not count:
        return ()
    people = tuple(story.chance.sample(there, count))
    when = min(at + timedelta(minutes=story.chance.randrange(5, 600)), story.until)
    return (Mark(emoji=story.chance.choice(words.EMOJI), count=count, people=people, at=when),)
