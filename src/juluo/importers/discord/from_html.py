"""DiscordChatExporter's HTML pages: message groups, quoted or minified."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO

from lxml import etree

from juluo.importers.discord.shared import Seen, channel_of
from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_local, from_snowflake
from juluo.importers.sources import Guarded, RecordTooLong, Source
from juluo.importers.stream import Item, Kind, Mark, Notice, Said, Unreadable

GROUP = "chatlog__message-group"
# A page's clock and the moment inside an id may differ by a zone, not by more.
ZONES_APART = timedelta(hours=27)
MAX_GROUP = 16 * 2**20
_TARGET = re.compile(r"['\"]?(?:message-)?(\d{1,20})['\"]?\s*\)")
_BOT = re.compile(r"\b(?:BOT|APP)\b")
_BROKEN = (
    etree.LxmlError,
    OSError,
    EOFError,
    ValueError,
    RecordTooLong,
    zlib.error,
    zipfile.BadZipFile,
)
_Element = etree._Element  # noqa: SLF001 - lxml names its element class so


def read(source: Source, name: str, seen: Seen) -> Iterator[Item]:
    """Yield what one page holds."""
    groups = 0
    begun = ended = False
    try:
        with source.open(name) as raw:
            ending = _Ending(raw)
            stream = Guarded(ending, limit=MAX_GROUP)
            for _, element in etree.iterparse(
                stream, events=("end",), tag="div", html=True, encoding="utf-8", no_network=True
            ):
                classes = element.get("class", "").split()
                ended = ended or "postamble" in classes
                if "preamble" in classes:
                    begun = True
                    yield from _channel(element, name, seen)
                if GROUP in classes:
                    groups += 1
                    stream.record_done()
                    yield from _channel(None, name, seen)
                    yield from _group(element, name, seen)
                    _forget(element)
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:160] or "not readable as HTML"
        yield Unreadable(file=name, place=f"after group {groups}", reason=reason, rest=True)
        return
    if begun and not ended and not ending.closes_the_page():
        # A cut page is good HTML to a lenient parser; only its missing end tells.
        reason = "the page breaks off before its end"
        yield Unreadable(file=name, place=f"after group {groups}", reason=reason, rest=True)
    if not groups and not _is_empty_channel(source, name):
        yield Unreadable(
            file=name,
            place="at its start",
            rest=True,
            reason="not a page that DiscordChatExporter wrote",
        )


class _Ending:
    """A stream that remembers how it ended."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """Read on, keeping the last bytes."""
        data = self._raw.read(size)
        self._last = (self._last + data[-64:])[-64:]
        return data

    def closes_the_page(self) -> bool:
        """Tell whether the last thing was the page's end tag."""
        return b"</html" in self._last.lower()


def _is_empty_channel(source: Source, name: str) -> bool:
    with source.open(name) as raw:
        return b"chatlog" in raw.read(2**20)


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _has(word: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {word} ')"


def _find(element: _Element, *words: str) -> _Element | None:
    for word in words:
        found = element.xpath(f"(.//*[{_has(word)}])[1]")
        if isinstance(found, list) and found and isinstance(found[0], _Element):
            return found[0]
    return None


def _all(element: _Element, test: str) -> list[_Element]:
    found = element.xpath(f".//*[{test}]")
    return [each for each in found if isinstance(each, _Element)] if isinstance(found, list) else []


def _text(element: _Element | None) -> str:
    return "" if element is None else "".join(str(each) for each in element.itertext()).strip()


def _channel(preamble: _Element | None, name: str, seen: Seen) -> Iterator[Item]:
    id_, shown = channel_of(name)
    about = ""
    if preamble is not None:
        entries = [_text(each) for each in _all(preamble, _has("preamble__entry"))]
        if len(entries) > 1:
            shown = entries[1].rpartition(" / ")[2] or shown
        about = entries[2] if len(entries) > 2 else ""
    yield from seen.place(id_, shown, about)


def _group(group: _Element, file: str, seen: Seen) -> Iterator[Item]:
    header = _find(group, "chatlog__author", "chatlog__author-name")
    tag = _find(group, "chatlog__author-tag", "chatlog__bot-tag")
    bot = tag is not None and bool(_BOT.search(_text(tag).upper()))
    author: str | None = None
    if header is not None:
        name = _text(header) or header.get("title") or ""
        author = header.get("data-user-id") or (f"name:{header.get('title') or name}"[:150])
        yield from seen.person(author, name, bot=bot)
    for message in _all(group, "@data-message-id"):
        try:
            yield from _message(message, group, author, bot, file, seen)
        except ValueError as error:
            place = f"message {message.get('data-message-id')}"
            yield Unreadable(file=file, place=place, reason=str(error)[:200])


def _message(
    message: _Element,
    group: _Element,
    author: str | None,
    bot: bool,  # noqa: FBT001
    file: str,
    seen: Seen,
) -> Iterator[Item]:
    id_ = message.get("data-message-id") or ""
    at = _moment(message, group, id_, seen)
    system = _find(message, "chatlog__system-notification-content")
    if system is not None:
        yield from _notice(message, system, id_, at, seen)
        return
    reply = _find(message, "chatlog__reply", "chatlog__reference")
    content = _find(message, "chatlog__content")
    edited = _find(message, "chatlog__edited-timestamp")
    yield Said(
        kind=Kind.MESSAGE,
        id=id_,
        place=channel_of(file)[0],
        author=author,
        at=at,
        body=without_tokens(_inner(content)),
        body_format="html",
        bot=bot,
        parent=_target(reply),
        points=reply is not None,
        edited_at=_edited(edited, at, seen),
        files=_files(message),
        marks=_marks(message),
    )


def _notice(
    message: _Element, system: _Element, id_: str, at: datetime, seen: Seen
) -> Iterator[Item]:
    who = _find(message, "chatlog__system-notification-author")
    user = who.get("data-user-id") if who is not None else None
    joined = user if user and "joined the server" in _text(system).lower() else None
    if joined:
        yield from seen.person(joined, _text(who))
    yield Notice(id=id_, at=at, joined=joined)


def _moment(message: _Element, group: _Element, id_: str, seen: Seen) -> datetime:
    """Return the exact moment inside the id, unless the page tells of quite another time."""
    inside = from_snowflake(id_)
    stamps = (
        "chatlog__timestamp",
        "chatlog__short-timestamp",
        "chatlog__system-notification-timestamp",
    )
    stamp = _find(message, *stamps)
    if stamp is None:
        stamp = _find(group, *stamps)
    text = "" if stamp is None else stamp.get("title") or _text(stamp)
    try:
        shown = from_local(text, zone=seen.options.zone)
    except ValueError:
        if inside is None:
            raise
        return inside
    return inside if inside is not None and abs(inside - shown) < ZONES_APART else shown


def _edited(element: _Element | None, at: datetime, seen: Seen) -> datetime | None:
    if element is None:
        return None
    try:
        return max(from_local(element.get("title") or "", zone=seen.options.zone), at)
    except ValueError:
        return at


def _target(reply: _Element | None) -> str | None:
    if reply is None:
        return None
    for link in _all(reply, "@onclick"):
        match = _TARGET.search(link.get("onclick") or "")
        if match:
            return match[1]
    return None


def _inner(content: _Element | None) -> str:
    """Return the inside of the content as HTML, emoji as letters."""
    if content is None:
        return ""
    for edited in _all(content, _has("chatlog__edited-timestamp")):
        edited.tag = "img"
    for picture in content.iter("img"):
        picture.tail = (picture.get("alt") or "") + (picture.tail or "")
    etree.strip_elements(content, "img", with_tail=False)
    parts = [html.escape(content.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in content]
    return "".join(parts).strip().replace("\n", "<br>")


def _marks(message: _Element) -> tuple[Mark, ...]:
    marks = []
    for each in _all(message, _has("chatlog__reaction")):
        count = _text(_find(each, "chatlog__reaction-count"))
        picture = _find(each, "chatlog__emoji", "emoji")
        emoji = (picture.get("alt") if picture is not None else None) or each.get("title") or "?"
        if count.isdigit() and int(count):
            marks.append(Mark(emoji=emoji[:80], count=int(count)))
    return tuple(marks)


def _files(message: _Element) -> tuple[tuple[str, str], ...]:
    files = []
    for each in _all(message, _has("chatlog__attachment")):
        media = list(each.iter("img", "video", "source", "audio", "a"))
        addresses = [node.get("src") or node.get("href") or "" for node in media]
        address = next((one for one in addresses if one), "")
        name = _text(_find(each, "chatlog__attachment-generic-name"))
        name = name or address.partition("?")[0].rpartition("/")[2]
        files.append((name[:200] or "file", "attachment"))
    return tuple(files)
