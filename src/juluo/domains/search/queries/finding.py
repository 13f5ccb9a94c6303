"""Find what answers a question, and show it as one viewer may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.urls import reverse

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.members.permissions import Viewer
from juluo.domains.messaging import queries as messaging
from juluo.domains.search import rules
from juluo.domains.search.queries.guessing import best_guess
from juluo.domains.search.queries.matching import MOST, Hit, hits
from juluo.domains.search.types import Narrowed
from juluo.lib import search_words

PAGE = 20
LONGEST_QUESTION = 100
SNIPPET = 180
SUGGESTED = 4
Piece = tuple[str, bool]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing that was found; ``title`` and ``snippet`` are pieces: (text, is it sought)."""

    kind: str
    url: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    at: datetime
    author_id: int | None
    author_name: str
    place_name: str
    place_url: str
    picture: str = ""
    is_solved: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found.

    ``shown_for``: other words than the ones asked for, which stood nowhere; ``is_loose``: nothing
    held all the words, this holds some of them. ``total`` is no more than MOST.
    """

    results: tuple[Result, ...]
    total: int
    page: int
    pages: int
    shown_for: str = ""
    is_loose: bool = False

    @property
    def is_all(self) -> bool:
        """Whether there is no more than can be paged through."""
        return self.total < MOST


@dataclass(frozen=True, kw_only=True)
class _Answer:
    hits: list[Hit]
    words: tuple[str, ...]
    shown_for: str = ""
    is_loose: bool = False


def find(viewer: Viewer, text: str, narrowed: Narrowed, *, page: int = 1) -> Found:
    """Return a page of what answers, within what the viewer may read at this moment."""
    answer = _answer(viewer, text[:LONGEST_QUESTION], narrowed)
    pages = max(-(-len(answer.hits) // PAGE), 1)
    page = min(max(page, 1), pages)
    shown = answer.hits[(page - 1) * PAGE : page * PAGE]
    return Found(
        results=tuple(_shown(viewer, shown, answer.words)),
        total=len(answer.hits),
        page=page,
        pages=pages,
        shown_for=answer.shown_for,
        is_loose=answer.is_loose,
    )


def find_private(viewer_id: int, text: str, *, page: int = 1) -> Found:
    """Return a page of one's own private messages that hold all the words, newest first."""
    sought = [_spellings(word) for word in text[:LONGEST_QUESTION].split()[:8]]
    found = messaging.private_found(viewer_id=viewer_id, sought=sought)
    pages = max(-(-len(found) // PAGE), 1)
    page = min(max(page, 1), pages)
    words = tuple(search_words.fold(word) for word in text[:LONGEST_QUESTION].split())
    rows = found[(page - 1) * PAGE : page * PAGE]
    return Found(
        results=tuple(_message(each, words, kind="private") for each in rows),
        total=len(found),
        page=page,
        pages=pages,
    )


def tagged(viewer: Viewer, tag: str, *, limit: int) -> list[int]:
    """Return the newest posts and questions with a tag that a viewer may read. One query."""
    if not tag.strip():
        return []
    found = hits(viewer, Narrowed(tag=tag), None, most=limit)
    return [number for kind, number in found if kind in {"post", "question"}]


def suggestions(viewer: Viewer, text: str) -> list[Result]:
    """Return a few things whose name or title begins to say what is being typed."""
    words = tuple(search_words.words(text[:LONGEST_QUESTION]))[:8]
    if not words:
        return []
    ask = partial(rules.Tongue.titled, words=words)
    found = [
        hit
        for kind in ("member", "post", "question")
        for hit in hits(viewer, Narrowed(kind=kind), ask, most=SUGGESTED)
    ]
    spaces = discussions.spaces_named(viewer, text.strip()[:LONGEST_QUESTION])
    return [*(_space(each, words) for each in spaces), *_shown(viewer, found, words)]


def _answer(viewer: Viewer, text: str, narrowed: Narrowed) -> _Answer:
    """Return what holds all the words; else what was likely meant; else what holds some."""
    words = tuple(search_words.asked(text))
    if not words:
        return _Answer(hits=hits(viewer, narrowed, None) if not text.strip() else [], words=())
    sought = rules.Sought(words=words, pairs=tuple(search_words.pairs("  ".join(_runs(text)))))
    for begun in (False, True):
        ask = partial(rules.Tongue.all_of, sought=sought, begun=begun)
        if found := hits(viewer, narrowed, ask):
            return _Answer(hits=found, words=(*words, *search_words.HANZI.findall(text)))
    if guess := best_guess(viewer, narrowed, words):
        return _Answer(hits=guess[1], words=guess[0], shown_for=_joined(guess[0]))
    if len(words) == 1:
        return _Answer(hits=[], words=words)
    loose = hits(viewer, narrowed, partial(rules.Tongue.any_of, words=words))
    return _Answer(hits=loose, words=words, is_loose=bool(loose))


def _runs(text: str) -> Iterable[str]:
    """Return the runs of hanzi, without the words that say nothing."""
    kept = (word for word in search_words.words(text) if word not in search_words.EMPTY_WORDS)
    whole = search_words.fold(text)
    runs = search_words.HANZI.findall(whole)
    # A run that is one question ("社群怎么提高活跃度") is looked for in its telling parts.
    telling = set(kept)
    for run in runs:
        parts = search_words.words(run)
        if all(part in telling for part in parts):
            yield run
        else:
            yield from (part for part in parts if part in telling)


def _joined(words: Sequence[str]) -> str:
    is_latin = any(word.isascii() for word in words)
    return (" " if is_latin else "").join(words)


def _spellings(word: str) -> list[str]:
    """Return a word as it may have been written: as typed, simplified, traditional."""
    from opencc import OpenCC

    ways = [word, OpenCC("t2s").convert(word), OpenCC("s2t").convert(word)]
    return list(dict.fromkeys(ways))


def _shown(viewer: Viewer, found: Sequence[Hit], words: Sequence[str]) -> list[Result]:
    """Return what was found in its order; what has gone meanwhile is left out."""
    ids: dict[str, list[int]] = {}
    for kind, number in found:
        ids.setdefault(kind, []).append(number)
    rows: dict[Hit, Result] = {}
    talk = {kind: numbers for kind, numbers in ids.items() if kind not in {"message", "member"}}
    for piece in discussions.talk_found(viewer, talk) if talk else []:
        rows[piece.kind, piece.id] = _talk(piece, words)
    if "message" in ids:
        for message in messaging.messages_found(viewer, ids["message"]):
            rows["message", message.id] = _message(message, words)
    if "member" in ids:
        for member in members.members_found(ids["member"]):
            rows["member", member.id] = _member(member, words)
    return [rows[hit] for hit in found if hit in rows]


def _talk(piece: discussions.TalkFound, words: Sequence[str]) -> Result:
    return Result(
        kind=piece.kind,
        url=piece.url,
        title=_marked(piece.title, words, 300),
        snippet=_marked(piece.text, words),
        at=piece.at,
        author_id=piece.author_id,
        author_name=piece.author_name,
        place_name=piece.space_name,
        place_url=reverse("web:space", args=[piece.space_id]),
        is_solved=piece.is_solved,
    )


def _message(
    message: messaging.MessageFound, words: Sequence[str], *, kind: str = "message"
) -> Result:
    return Result(
        kind=kind,
        url=message.url,
        title=(),
        snippet=_marked(message.text, words),
        at=message.at,
        author_id=message.author_id,
        author_name=message.author_name,
        place_name=message.place_name,
        place_url=message.place_url,
    )


def _member(member: members.MemberFound, words: Sequence[str]) -> Result:
    return Result(
        kind="member",
        url=reverse("members:profile", args=[member.id]),
        title=_marked(member.name, words),
        snippet=(),
        at=member.at,
        author_id=member.id,
        author_name=member.name,
        place_name=member.role_label if member.role != "member" else "",
        place_url="",
        picture=member.picture,
    )


def _space(space: tuple[int, str, str], words: Sequence[str]) -> Result:
    from django.utils import timezone

    pk, name, _icon = space
    return Result(
        kind="space",
        url=reverse("web:space", args=[pk]),
        title=_marked(name, words),
        snippet=(),
        at=timezone.now(),
        author_id=None,
        author_name="",
        place_name="",
        place_url="",
    )


def _marked(text: str, words: Sequence[str], length: int = SNIPPET) -> tuple[Piece, ...]:
    # "communities" is found by "community".
    ends = [word[:-1] for word in words if word.isascii() and len(word) > 4 and word[-1] == "y"]
    return tuple(search_words.marked(text, [*words, *ends], length=length))
