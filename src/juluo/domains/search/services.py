"""Every write to what can be found: take words from things, and let go of what is gone."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import models, transaction

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.messaging import queries as messaging
from juluo.domains.search.models import SearchEntry, SearchWord
from juluo.lib import search_words

BATCH = 500
LONGEST_SOUNDED = 6
# Words this process has put into the list; they need not be put there again.
_KNOWN_WORDS: set[str] = set()
_MOST_KNOWN = 300_000
# Raised when words are taken from texts in another way: every entry is then made anew.
WAY = "1"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Thing:
    """Something that can be found, whatever its kind."""

    kind: str
    id: int
    at: datetime
    author_id: int | None = None
    title: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        said = "\0".join(
            [WAY, self.kind, str(self.author_id), self.at.isoformat(), self.title, self.text]
        )
        return hashlib.blake2b(f"{said}\0{self.tags}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, kw_only=True)
class _Table:
    """Where things of some kinds come from: those after an id, and those with these ids."""

    kinds: tuple[str, ...]
    after: Callable[[int, int], list[_Thing]]
    of: Callable[[Collection[int]], list[_Thing]]


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What a walk over everything found: looked at, made anew, and let go of."""

    seen: int = 0
    made: int = 0
    gone: int = 0

    def and_(self, other: "Swept") -> "Swept":
        """Return both together."""
        return Swept(
            seen=self.seen + other.seen,
            made=self.made + other.made,
            gone=self.gone + other.gone,
        )


def _talk(texts: Iterable[discussions.TalkText]) -> list[_Thing]:
    return [
        _Thing(
            kind=each.kind,
            id=each.id,
            at=each.at,
            author_id=each.author_id,
            title=each.title,
            text=each.text,
            tags=each.tags,
        )
        for each in texts
    ]


def _messages(texts: Iterable[messaging.MessageText]) -> list[_Thing]:
    return [
        _Thing(kind="message", id=each.id, at=each.at, author_id=each.author_id, text=each.text)
        for each in texts
    ]


def _members(names: Iterable[members.MemberName]) -> list[_Thing]:
    return [_Thing(kind="member", id=each.id, at=each.at, title=each.name) for each in names]


def _talk_table(name: str, *kinds: str) -> _Table:
    return _Table(
        kinds=kinds,
        after=lambda pk, limit: _talk(discussions.talk_texts(name, after=pk, limit=limit)),
        of=lambda ids: _talk(discussions.talk_texts_of(name, ids)),
    )


TABLES: dict[str, _Table] = {
    "post": _talk_table("post", "post", "question"),
    "answer": _talk_table("answer", "answer"),
    "comment": _talk_table("comment", "comment"),
    "message": _Table(
        kinds=("message",),
        after=lambda pk, limit: _messages(messaging.message_texts(after=pk, limit=limit)),
        of=lambda ids: _messages(messaging.message_texts_of(ids)),
    ),
    "member": _Table(
        kinds=("member",),
        after=lambda pk, limit: _members(members.member_names(after=pk, limit=limit)),
        of=lambda ids: _members(members.member_names_of(ids)),
    ),
}


@transaction.atomic
def refresh(subject: str) -> None:
    """Take the words of one thing (``post:12``) as it is now; let go of it if it is gone."""
    name, _colon, number = subject.partition(":")
    table = TABLES[name]
    list(_entries(table, [int(number)]).select_for_update().values_list("pk"))
    _write(table, [int(number)], table.of([int(number)]))


@transaction.atomic
def forget(subject: str) -> None:
    """Let go of one thing, whatever it is now: its words are gone from the index."""
    name, _colon, number = subject.partition(":")
    _entries(TABLES[name], [int(number)]).delete()


def sweep(*, tell: Callable[[str, int], None] | None = None, batch: int = BATCH) -> Swept:
    """Walk over everything that can be found and mend what is missing, old or gone.

    What stands right is only read: stopped half-way, the next walk comes there quickly. ``tell``
    hears which kind is walked over, and how many of it were seen.
    """
    whole = Swept()
    for name, table in TABLES.items():
        after, found = 0, Swept()
        while True:
            things = table.after(after, batch)
            until = things[-1].id if len(things) == batch else None
            found = found.and_(_mend(table, things, after=after, until=until))
            if tell:
                tell(name, found.seen)
            if until is None:
                break
            after = until
        whole = whole.and_(found)
    return whole


@transaction.atomic
def _mend(table: _Table, things: Sequence[_Thing], *, after: int, until: int | None) -> Swept:
    """Mend a stretch of ids: after one, until another or the end."""
    here = SearchEntry.objects.filter(kind__in=table.kinds, number__gt=after)
    if until is not None:
        here = here.filter(number__lte=until)
    known = dict(here.values_list("number", "digest"))
    old = [each for each in things if known.get(each.id) != each.digest]
    gone = set(known) - {each.id for each in things}
    _write(table, [*gone, *(each.id for each in old)], old)
    return Swept(seen=len(things), made=len(old), gone=len(gone))


def _write(table: _Table, ids: Collection[int], things: Sequence[_Thing]) -> None:
    """Put these things, and nothing else, under these ids."""
    if not ids:
        return
    _entries(table, ids).delete()
    entries = [_entry(thing) for thing in things]
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    _remember(chain.from_iterable(f"{each.title_words} {each.words}".split() for each in entries))


def _entries(table: _Table, ids: Collection[int]) -> models.QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(kind__in=table.kinds, number__in=ids)


def _entry(thing: _Thing) -> SearchEntry:
    """Return the entry of a thing: the one place where words are taken from texts."""
    title = search_words.words(thing.title, every=True)
    extra = search_words.readings(thing.title) if thing.kind == "member" else []
    tags = [search_words.fold(tag) for tag in thing.tags]
    in_tags = search_words.words(" ".join(tags), every=True)
    return SearchEntry(
        kind=thing.kind,
        number=thing.id,
        author=thing.author_id,
        at=thing.at,
        tags=("," + ",".join(tags) + ",")[:300] if tags else "",
        title_words=" ".join([*title, *in_tags, *extra]),
        words=" ".join(search_words.words(thing.text, every=True)),
        pairs=" ".join(search_words.pairs(f"{thing.title} {thing.text}")),
        digest=thing.digest,
    )


def _remember(words: Iterable[str]) -> None:
    """Add words to the list from which guesses are made."""
    new = sorted({word for word in words if _is_telling(word)} - _KNOWN_WORDS)
    if not new:
        return
    rows = [SearchWord(word=w, sound=search_words.sound(w), length=len(w)) for w in new]
    # In one order, so that two who add the same words never wait for each other in a circle.
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    transaction.on_commit(lambda: _keep_in_mind(new))


def _is_telling(word: str) -> bool:
    """Whether a word could be meant by another: some letters, or a few hanzi."""
    if word.isascii():
        return 3 <= len(word) <= 20 and word.isalpha()
    return 2 <= len(word) <= LONGEST_SOUNDED and bool(search_words.HANZI.fullmatch(word))


def _keep_in_mind(words: Collection[str]) -> None:
    if len(_KNOWN_WORDS) > _MOST_KNOWN:
        _KNOWN_WORDS.clear()
    _KNOWN_WORDS.update(words)
