"""DiscordChatExporter's JSON, read as a stream."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from juluo.importers import json_records as js
from juluo.importers.discord.shared import Seen, channel_of
from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_iso, from_snowflake
from juluo.importers.sources import Source
from juluo.importers.spool import each_once
from juluo.importers.stream import Item, Kind, Mark, Notice, Said, Unreadable

# Every other type, named or a bare number, tells of something and was said by nobody.
CONTENT = {"Default", "Reply", "0", "19"}
JOIN = "GuildMemberJoin"
_UNREAD = (ValueError, TypeError, KeyError, AttributeError)


def read(source: Source, name: str, seen: Seen) -> Iterator[Item]:
    """Yield what one file holds; where it breaks off, say so."""
    try:
        shape, top = js.outline(source, name, until="messages")
    except js.Stopped as stop:
        yield stop.unreadable()
        return
    channel = top.get("channel")
    if shape != "map" or not isinstance(channel, dict):
        yield Unreadable(
            file=name,
            place="at its start",
            rest=True,
            reason="not a channel as DiscordChatExporter writes it",
        )
        return
    place = str(channel.get("id") or channel_of(name)[0])
    yield from seen.place(place, str(channel.get("name") or ""), str(channel.get("topic") or ""))
    number = 0
    try:
        for record in js.records(source, name, "messages.item"):
            number += 1
            try:
                yield from _record(record, place, name, seen)
            except _UNREAD as error:
                reason = f"no {error}" if isinstance(error, KeyError) else str(error)
                yield Unreadable(file=name, place=f"message {number}", reason=reason[:200])
    except js.Stopped as stop:
        yield stop.unreadable()


def _record(record: Any, place: str, file: str, seen: Seen) -> Iterator[Item]:
    if not isinstance(record, dict):
        raise TypeError("not an object")
    id_ = str(record.get("id") or "")
    at = _moment(record, id_)
    author = record.get("author") if isinstance(record.get("author"), dict) else None
    who = str(author["id"]) if author and author.get("id") else None
    bot = bool(author and author.get("isBot"))
    if author and who:
        yield from seen.person(who, _name(author), bot=bot)
    if str(record.get("type", "Default")) not in CONTENT:
        joined = who if record.get("type") == JOIN else None
        yield Notice(id=id_ or None, at=at, joined=joined)
        return
    body = _body(record)
    marks = []
    for mark, people in _marks(record):
        for user in people:
            yield from seen.person(str(user["id"]), _name(user), bot=bool(user.get("isBot")))
        marks.append(mark)
    points, parent = _reference(record)
    edited = record.get("timestampEdited")
    yield Said(
        kind=Kind.MESSAGE,
        id=id_ or f"{place}/{seen.position(file, place, who or '', at.isoformat(), body)}",
        place=place,
        author=who,
        at=at,
        body=body,
        bot=bot,
        parent=parent,
        points=points,
        edited_at=from_iso(edited) if edited else None,
        files=_files(record),
        marks=tuple(marks),
    )


def _moment(record: dict[str, Any], id_: str) -> datetime:
    try:
        return from_iso(record.get("timestamp"))
    except ValueError:
        inside = from_snowflake(id_)
        if inside is None:
            raise
        return inside


def _name(user: dict[str, Any]) -> str:
    return str(user.get("nickname") or user.get("name") or user.get("id") or "")


def _body(record: dict[str, Any]) -> str:
    text = str(record.get("content") or "")
    if not text:
        forwarded = record.get("forwardedMessage")
        text = str(forwarded.get("content") or "") if isinstance(forwarded, dict) else ""
    if not text:
        # Bots speak in embeds.
        embeds = [each for each in record.get("embeds") or () if isinstance(each, dict)]
        lines = [str(each.get(key) or "") for each in embeds for key in ("title", "description")]
        text = "\n\n".join(line for line in lines if line)
    return without_tokens(text)


def _reference(record: dict[str, Any]) -> tuple[bool, str | None]:
    """Return whether the message answers another one, and which, if it says so."""
    reference = record.get("reference")
    if not isinstance(reference, dict):
        return record.get("type") == "Reply", None
    if reference.get("type") == "Forward" or record.get("forwardedMessage"):
        return False, None
    target = reference.get("messageId")
    return bool(target) or record.get("type") == "Reply", str(target) if target else None


def _marks(record: dict[str, Any]) -> Iterator[tuple[Mark, list[dict[str, Any]]]]:
    for each in record.get("reactions") or ():
        emoji = each.get("emoji") or {}
        users = [user for user in each.get("users") or () if user.get("id")]
        people = each_once(str(user["id"]) for user in users)
        count = each.get("count")
        count = max(count if isinstance(count, int) else 0, len(people))
        if count:
            word = str(emoji.get("name") or emoji.get("code") or "?")[:80]
            yield Mark(emoji=word, count=count, people=people), users


def _files(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    attached = [
        (str(each.get("fileName") or "file")[:200], "attachment")
        for each in record.get("attachments") or ()
    ]
    stickers = [
        (str(each.get("name") or "sticker")[:200], "sticker")
        for each in record.get("stickers") or ()
    ]
    return tuple(attached + stickers)
