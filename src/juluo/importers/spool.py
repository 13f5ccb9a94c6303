"""Hold what was read on disk, so that memory stays small: sort it, and see repeats.

A scratch SQLite file that has no name any more once it is open: a killed import leaves none.
"""

import pickle
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from juluo.importers.stream import Accepted, Kind, Person, Place, Said

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, kind TEXT, staff INT, joined INT, noticed INT,
                     seen INT, wrote INT DEFAULT 0) WITHOUT ROWID;
CREATE TABLE places (id TEXT PRIMARY KEY, seen INT, body BLOB);
CREATE TABLE talk (seq INTEGER PRIMARY KEY, key TEXT UNIQUE, at INT, sort_at INT, thread TEXT,
                   parent TEXT, chat INT, body BLOB);
CREATE TABLE aliases (alias TEXT PRIMARY KEY, key TEXT) WITHOUT ROWID;
CREATE TABLE tally (subject TEXT, word TEXT, day TEXT, n INT, PRIMARY KEY (subject, word, day))
WITHOUT ROWID;
CREATE TABLE nth (key BLOB PRIMARY KEY, n INT) WITHOUT ROWID;
"""
# Parents that stand later than their children move the children behind them, level by level.
_LEVELS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPerson:
    """A person with what the whole export tells about their joining.

    ``dated`` is False where ``joined_at`` is only a bound: the first time they were seen.
    """

    person: Person
    joined_at: datetime
    dated: bool
    first_seen_at: datetime | None


def micros(moment: datetime) -> int:
    """Return whole microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(number: int | None) -> datetime | None:
    """Return the moment of :func:`micros`, or None for None."""
    return None if number is None else _EPOCH + timedelta(microseconds=number)


def scratch(folder: Path) -> sqlite3.Connection:
    """Return a connection to an unnamed scratch database in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="spool-") as file:
        connection = sqlite3.connect(file.name, isolation_level=None)
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
            "PRAGMA cache_size=-12000;" + _TABLES
        )
        connection.execute("BEGIN EXCLUSIVE")
    return connection


class Spool:
    """What one export holds, each message once, ready to be written in order of time."""

    def __init__(self, folder: Path) -> None:
        """Open an empty spool; ``folder`` must have room for about the size of the export."""
        self._db = scratch(folder)

    def close(self) -> None:
        """Let the scratch file go."""
        self._db.close()

    def add_person(self, person: Person) -> None:
        """Remember an identity; what is said first about name and kind stays."""
        joined = micros(person.joined_at) if person.joined_at else None
        self._db.execute(
            "INSERT INTO people (id, name, kind, staff, joined) VALUES (?,?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET joined = coalesce(joined, excluded.joined), "
            "name = CASE WHEN name = '' OR name = id THEN excluded.name ELSE name END, "
            "kind = CASE WHEN kind = 'person' THEN excluded.kind ELSE kind END, "
            "staff = max(staff, excluded.staff)",
            (person.id, person.name, person.kind, person.staff, joined),
        )

    def add_place(self, place: Place) -> None:
        """Remember a place; a place named before keeps its name."""
        self._db.execute(
            "INSERT OR IGNORE INTO places (id, body) VALUES (?,?)", (place.id, pickle.dumps(place))
        )

    def add_join(self, person: str, at: datetime) -> None:
        """Remember that a person was seen joining."""
        self._see(person)
        self._db.execute(
            "UPDATE people SET noticed = min(coalesce(noticed, ?1), ?1) WHERE id = ?2",
            (micros(at), person),
        )

    def add_said(self, said: Said) -> bool:
        """Remember a message; return False if its id was there already."""
        at = micros(said.at)
        body = pickle.dumps(said, protocol=5)
        parent = said.parent if said.parent != said.id else None
        added = self._db.execute(
            "INSERT OR IGNORE INTO talk (key, at, sort_at, thread, parent, chat, body) "
            "VALUES (?1,?2,?2,?3,?4,?5,?6)",
            (said.id, at, said.thread, parent, said.kind == Kind.MESSAGE, body),
        )
        if added.rowcount != 1:
            return False
        if said.alias:
            self._db.execute("INSERT OR IGNORE INTO aliases VALUES (?,?)", (said.alias, said.id))
        if said.author is not None:
            self._see(said.author)
            self._db.execute(
                "UPDATE people SET wrote = 1, seen = min(coalesce(seen, ?1), ?1) WHERE id = ?2",
                (at, said.author),
            )
        for mark in said.marks:
            for person in mark.people:
                self._see(person)
                self._db.execute(
                    "UPDATE people SET seen = min(coalesce(seen, ?1), ?1) WHERE id = ?2",
                    (at, person),
                )
        self._db.execute(
            "UPDATE places SET seen = min(coalesce(seen, ?1), ?1) WHERE id = ?2", (at, said.place)
        )
        return True

    def add_accepted(self, accepted: Accepted) -> None:
        """Remember an acceptance; it is written after its answer."""
        self._db.execute(
            "INSERT OR IGNORE INTO talk (key, sort_at, thread, parent, body) VALUES (?,?,?,?,?)",
            (
                f"accepted {accepted.answer}",
                0,
                accepted.question,
                accepted.answer,
                pickle.dumps(accepted, protocol=5),
            ),
        )

    def add_tally(self, subject: str, word: str, day: str) -> None:
        """Count one more of ``word`` on ``subject`` on that day."""
        self._db.execute(
            "INSERT INTO tally VALUES (?,?,?,1) ON CONFLICT DO UPDATE SET n = n + 1",
            (subject, word, day),
        )

    def tallies(self, subject: str) -> list[tuple[str, str, int]]:
        """Return (word, day, count) for a subject, days in order."""
        rows = self._db.execute(
            "SELECT word, day, n FROM tally WHERE subject = ? ORDER BY word, day", (subject,)
        )
        return rows.fetchall()

    def tallied(self, words: Iterable[str]) -> int:
        """Return how many of these words were counted in all."""
        count = "SELECT coalesce(sum(n), 0) FROM tally WHERE word = ?"
        return sum(int(self._db.execute(count, (word,)).fetchone()[0]) for word in words)

    def nth(self, key: bytes) -> int:
        """Return how often this key was asked for, this time included."""
        row = self._db.execute(
            "INSERT INTO nth VALUES (?,1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n", (key,)
        )
        return int(row.fetchone()[0])

    def _see(self, person: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO people (id, name, kind, staff) VALUES (?,?,'person',0)",
            (person, person),
        )

    def arrange(self) -> None:
        """Resolve aliases and put every message behind the ones it hangs on."""
        for column in ("thread", "parent"):
            self._db.execute(
                f"UPDATE talk SET {column} = a.key FROM aliases a WHERE a.alias = talk.{column}"  # noqa: S608 - our own names
            )
        for _ in range(_LEVELS):
            moved = 0
            for column in ("thread", "parent"):
                moved += self._db.execute(
                    f"UPDATE talk SET sort_at = p.sort_at + 1 FROM talk p "  # noqa: S608 - our own names
                    f"WHERE p.key = talk.{column} AND p.key <> talk.key "
                    f"AND p.sort_at >= talk.sort_at"
                ).rowcount
            if not moved:
                break
        self._db.execute("CREATE INDEX talk_in_time ON talk (sort_at, key)")

    def count(self, table: str) -> int:
        """Return how many rows ``people``, ``places`` or ``talk`` holds."""
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names

    def authors(self) -> int:
        """Return how many identities wrote something."""
        return int(self._db.execute("SELECT count(*) FROM people WHERE wrote").fetchone()[0])

    def people(self, *, last: datetime) -> Iterator[KnownPerson]:
        """Yield everyone, in order of their ids; ``last`` bounds those who were never seen."""
        rows = self._db.execute(
            "SELECT id, name, kind, staff, joined, noticed, seen FROM people ORDER BY id"
        )
        for id_, name, kind, staff, joined, noticed, seen in rows:
            stated = joined if joined is not None else noticed
            # Someone who wrote before the join that is on record was there before it.
            dated = stated is not None and (seen is None or stated <= seen)
            first = stated if dated else seen
            yield KnownPerson(
                person=Person(id=id_, name=name, kind=kind, staff=bool(staff)),
                joined_at=moment(first) or last,
                dated=dated,
                first_seen_at=moment(seen),
            )

    def places(self, *, last: datetime) -> Iterator[Place]:
        """Yield the places, in order of their ids, each with the moment it is known from."""
        for seen, body in self._db.execute("SELECT seen, body FROM places ORDER BY id"):
            place: Place = pickle.loads(body)  # noqa: S301 - written by us into an unnamed file
            known = [each for each in (place.opened_at, moment(seen)) if each]
            yield replace(place, opened_at=min(known, default=last))

    def moments(self, *, chat: bool, size: int) -> Iterator[list[tuple[str, datetime]]]:
        """Yield (id, moment) of the chat messages, or of all other messages."""
        rows = self._db.execute("SELECT key, at FROM talk WHERE chat = ? ORDER BY seq", (chat,))
        while chunk := rows.fetchmany(size):
            yield [(key, _EPOCH + timedelta(microseconds=at)) for key, at in chunk]

    def talk(self, *, size: int) -> Iterator[list[Said | Accepted]]:
        """Yield messages and acceptances in order of time, ``size`` at a time."""
        rows = self._db.execute("SELECT thread, parent, body FROM talk ORDER BY sort_at, key")
        while chunk := rows.fetchmany(size):
            yield [_restored(*row) for row in chunk]


def _restored(thread: str | None, parent: str | None, body: bytes) -> Said | Accepted:
    item: Said | Accepted = pickle.loads(body)  # noqa: S301 - written by us into an unnamed file
    if isinstance(item, Said) and (item.thread, item.parent) != (thread, parent):
        return replace(item, thread=thread, parent=parent)
    if isinstance(item, Accepted) and (item.question, item.answer) != (thread, parent):
        return replace(item, question=thread or item.question, answer=parent or item.answer)
    return item


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without repeats, in order."""
    return tuple(dict.fromkeys(names))
