"""Write the spool into the domains, a chunk in each short transaction; a repeat adds nothing."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from juluo.domains.discussions import queries as discussion_queries
from juluo.domains.discussions import services as discussions
from juluo.domains.discussions.types import (
    OutsideAcceptance,
    OutsideMark,
    OutsideSpace,
    OutsideTalk,
)
from juluo.domains.members import queries as member_queries
from juluo.domains.members import services as members
from juluo.domains.members.types import OutsidePerson
from juluo.domains.messaging import queries as messaging_queries
from juluo.domains.messaging import services as messaging
from juluo.domains.messaging.types import OutsideGroup, OutsideMessage
from juluo.importers.spool import KnownPerson, Spool
from juluo.importers.stream import Accepted, Kind, Mark, Place, Refused, Said

CHUNK = 1000
LONGEST_ID = 150
# Exporters round: the same message may be a moment apart in two files of one source.
SAME_MOMENT = timedelta(seconds=2)
# People looked up before, kept up to this many.
REMEMBERED = 50_000
Thing = TypeVar("Thing")
Tell = Callable[[int, int], None]


def write_spool(*, spool: Spool, source: str, last: datetime, tell: Tell) -> int:
    """Bring in all that the spool holds; return how many messages are new to the store.

    :raises Refused: before anything is written, if the source knows other messages by these ids.
    """
    _refuse_collisions(spool, source)
    for people in _chunks(spool.people(last=last)):
        members.bring_in_people(source=source, people=[_person(each) for each in people])
    writer = _Writer(source, spool, last)
    total, done, added = spool.count("talk"), 0, 0
    for chunk in spool.talk(size=CHUNK):
        added += writer.write(chunk)
        done += len(chunk)
        tell(done, total)
    return added


def _chunks(things: Iterable[Thing], size: int = CHUNK) -> Iterator[list[Thing]]:
    iterator = iter(things)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _refuse_collisions(spool: Spool, source: str) -> None:
    for chat, known_moments in (
        (True, messaging_queries.sent_by_outside_id),
        (False, discussion_queries.published_by_outside_id),
    ):
        for chunk in spool.moments(chat=chat, size=CHUNK):
            moments = {_fit(id_): at for id_, at in chunk}
            known = known_moments(source=source, outside_ids=moments)
            for id_, at in moments.items():
                if id_ in known and abs(known[id_] - at) > SAME_MOMENT:
                    raise Refused(
                        f"message {id_} is already known from {source}, but from "
                        f"{known[id_]:%Y-%m-%d %H:%M:%S}, not {at:%Y-%m-%d %H:%M:%S} UTC: "
                        "this looks like another community. Import it with --name NAME "
                        "(or check --timezone)."
                    )


def _person(known: KnownPerson) -> OutsidePerson:
    person = known.person
    return OutsidePerson(
        outside_id=_fit(person.id),
        name=_clean(person.name) or _fit(person.id),
        kind=person.kind,
        staff=person.staff,
        joined_at=known.joined_at,
        dated=known.dated,
        first_seen_at=known.first_seen_at,
    )


class _Writer:
    """Writes chunks, and remembers where spaces, groups and people are."""

    def __init__(self, source: str, spool: Spool, last: datetime) -> None:
        """Bring in the places first."""
        self._source = source
        self._people: dict[str, int] = {}
        chats: list[Place] = []
        for places in _chunks(spool.places(last=last)):
            spaces = [_space(place, last) for place in places]
            discussions.bring_in_spaces(source=source, spaces=spaces)
            chats += [place for place in places if place.chat]
        self._spaces = discussion_queries.spaces_by_outside_id(source=source)
        groups = [self._group(place, last) for place in chats]
        messaging.bring_in_groups(source=source, groups=groups)
        self._groups = messaging_queries.groups_by_outside_id(source=source)

    def _group(self, place: Place, last: datetime) -> OutsideGroup:
        return OutsideGroup(
            outside_id=_fit(place.id),
            name=_clean(place.name) or _fit(place.id),
            space_id=self._spaces[_fit(place.id)],
            opened_at=place.opened_at or last,
        )

    def write(self, chunk: Sequence[Said | Accepted]) -> int:
        """Bring in one chunk in one transaction per domain; return how many are new."""
        said = [each for each in chunk if isinstance(each, Said)]
        self._look_up(said)
        messages = [self._message(each) for each in said if each.kind == Kind.MESSAGE]
        talk = [self._talk(each) for each in said if each.kind != Kind.MESSAGE]
        accepted = [
            OutsideAcceptance(question=_fit(each.question), answer=_fit(each.answer), at=each.at)
            for each in chunk
            if isinstance(each, Accepted)
        ]
        added = 0
        if messages:
            added += messaging.bring_in_messages(source=self._source, messages=messages)
        if talk or accepted:
            added += discussions.bring_in_talk(source=self._source, talk=talk, acceptances=accepted)
        return added

    def _look_up(self, said: Sequence[Said]) -> None:
        wanted = {_fit(each.author) for each in said if each.author is not None}
        wanted |= {_fit(who) for each in said for mark in each.marks for who in mark.people}
        if len(self._people) > REMEMBERED:
            self._people.clear()
        missing = wanted - self._people.keys()
        if missing:
            self._people |= member_queries.members_by_outside_id(
                source=self._source, outside_ids=missing
            )

    def _author(self, said: Said) -> int | None:
        return None if said.author is None else self._people[_fit(said.author)]

    def _marks(self, said: Said) -> tuple[OutsideMark, ...]:
        return tuple(self._mark(mark) for mark in said.marks)

    def _mark(self, mark: Mark) -> OutsideMark:
        people = tuple((_fit(who), self._people[_fit(who)]) for who in mark.people)
        return OutsideMark(emoji=_clean(mark.emoji), count=mark.count, members=people, at=mark.at)

    def _message(self, said: Said) -> OutsideMessage:
        return OutsideMessage(
            outside_id=_fit(said.id),
            group_id=self._groups[_fit(said.place)],
            space_id=self._spaces[_fit(said.place)],
            author_id=self._author(said),
            body=_clean(said.body),
            body_format=said.body_format,
            sent_at=said.at,
            edited_at=said.edited_at,
            thread=_fit(said.thread) if said.thread else None,
            parent=_fit(said.parent) if said.parent else None,
            files=tuple((_clean(name), _clean(kind)) for name, kind in said.files),
            marks=self._marks(said),
        )

    def _talk(self, said: Said) -> OutsideTalk:
        return OutsideTalk(
            kind=said.kind.value,
            outside_id=_fit(said.id),
            space_id=self._spaces[_fit(said.place)],
            author_id=self._author(said),
            body=_clean(said.body),
            body_format=said.body_format,
            published_at=said.at,
            edited_at=said.edited_at,
            closed_at=said.closed_at,
            title=_clean(said.title),
            tags=tuple(_clean(tag) for tag in said.tags),
            thread=_fit(said.thread) if said.thread else None,
            parent=_fit(said.parent) if said.parent else None,
            marks=self._marks(said),
        )


def _space(place: Place, last: datetime) -> OutsideSpace:
    return OutsideSpace(
        outside_id=_fit(place.id),
        name=_clean(place.name) or _fit(place.id),
        about=_clean(place.about),
        opened_at=place.opened_at or last,
        archived_at=last if place.archived else None,
    )


def _clean(text: str) -> str:
    """Return the text without what no database keeps: NULs and halves of surrogate pairs."""
    if "\x00" not in text and text.isprintable():
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _fit(id_: str) -> str:
    """Return an outside id as the database can hold it; a long one ends in its digest."""
    clean = _clean(id_)
    if len(clean) <= LONGEST_ID:
        return clean
    digest = hashlib.blake2b(clean.encode(), digest_size=16).hexdigest()
    return f"{clean[: LONGEST_ID - 40]}#{digest}"
