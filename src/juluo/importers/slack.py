"""Slack workspace exports: a folder per channel, a JSON file per day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from juluo.importers import json_records as js
from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_unix
from juluo.importers.mrkdwn import to_markdown
from juluo.importers.sources import Source
from juluo.importers.spool import Spool, each_once
from juluo.importers.stream import (
    Item,
    Kind,
    Mark,
    Notice,
    Options,
    Person,
    Place,
    Refused,
    Said,
    Unreadable,
)

NAME = "slack"
TITLE = "Slack"
SUFFIXES = (".zip", ".json")
LOCAL_TIMES = False

_DAY_FILE = re.compile(r"(?:^|.*/)([^/]+)/\d{4}-\d\d-\d\d\.json", re.IGNORECASE)
# What these records hold was said by someone; every other subtype is a notice.
CONTENT = {
    None,
    "",
    "bot_message",
    "thread_broadcast",
    "me_message",
    "file_share",
    "file_comment",
    "slackbot_response",
}
SLACKBOT = "USLACKBOT"


@dataclass
class _Workspace:
    people: dict[str, str] = field(default_factory=lambda: {SLACKBOT: "Slackbot"})
    bots: set[str] = field(default_factory=lambda: {SLACKBOT})
    channel_ids: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def read(
    source: Source,
    options: Options,  # noqa: ARG001 - every format is called alike
    spool: Spool,  # noqa: ARG001
) -> Iterator[Item]:
    """Yield what a Slack export holds.

    :raises Refused: if there is no day file of a channel in it.
    """
    days = [(match[1], name) for name in source.names if (match := _DAY_FILE.fullmatch(name))]
    if not days:
        raise Refused(f"{source.label}: no channel/YYYY-MM-DD.json in it; is it a Slack export?")
    workspace = _Workspace()
    yield from _people(source, workspace)
    yield from _channels(source, workspace)
    for folder, name in days:
        if folder not in workspace.private:
            yield from _day(source, folder, name, workspace)


def _listed(source: Source, file: str) -> Iterator[Any]:
    for name in source.ending(f"{file}.json"):
        if name.rpartition("/")[2].lower() == f"{file}.json":
            try:
                yield from (each for each in js.records(source, name) if isinstance(each, dict))
            except js.Stopped as stop:
                yield stop.unreadable()


def _people(source: Source, workspace: _Workspace) -> Iterator[Item]:
    for user in _listed(source, "users"):
        if isinstance(user, Unreadable):
            yield user
            continue
        id_ = str(user.get("id") or "")
        if not id_:
            continue
        profile = _dict(user.get("profile"))
        name = _first(
            profile.get("display_name"),
            user.get("real_name"),
            profile.get("real_name"),
            user.get("name"),
            id_,
        )
        if user.get("is_bot") or id_ == SLACKBOT:
            workspace.bots.add(id_)
        workspace.people[id_] = name
        yield Person(
            id=id_,
            name=name,
            kind="bot" if id_ in workspace.bots else "person",
            staff=bool(user.get("is_admin") or user.get("is_owner")),
        )


def _channels(source: Source, workspace: _Workspace) -> Iterator[Item]:
    for file in ("channels", "groups"):
        for channel in _listed(source, file):
            if isinstance(channel, Unreadable):
                yield channel
                continue
            id_, name = str(channel.get("id") or ""), str(channel.get("name") or "")
            if not id_ or not name:
                continue
            workspace.channel_ids[name] = id_
            workspace.channels[id_] = name
            purpose = _dict(channel.get("purpose")).get("value")
            yield Place(
                id=id_,
                name=name,
                about=without_tokens(
                    to_markdown(str(purpose or ""), people=workspace.people, channels={})
                ),
                chat=True,
                opened_at=_moment_or_none(channel.get("created")),
                archived=bool(channel.get("is_archived")),
            )
    # Words between a few people stay theirs: direct messages are not brought in.
    for file in ("dms", "mpims"):
        for talk in _listed(source, file):
            if not isinstance(talk, Unreadable):
                workspace.private |= {str(talk.get("id")), str(talk.get("name"))}


def _day(source: Source, folder: str, name: str, workspace: _Workspace) -> Iterator[Item]:
    place = workspace.channel_ids.get(folder, folder)
    if folder not in workspace.channel_ids:
        workspace.channel_ids[folder] = folder
        yield Place(id=folder, name=folder, chat=True)
    number = 0
    try:
        for record in js.records(source, name):
            number += 1
            try:
                yield from _record(record, place, workspace)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                yield Unreadable(file=name, place=f"record {number}", reason=str(error)[:200])
        if not number and js.first_event(source, name) != "start_array":
            yield Unreadable(file=name, place="at its start", reason="not a list of messages")
    except js.Stopped as stop:
        yield stop.unreadable()


def _record(record: Any, place: str, workspace: _Workspace) -> Iterator[Item]:
    if not isinstance(record, dict):
        raise TypeError("not an object")
    at = from_unix(record.get("ts"))
    subtype = record.get("subtype")
    if record.get("type", "message") != "message" or subtype not in CONTENT:
        joined = subtype in ("channel_join", "group_join") and record.get("user")
        yield Notice(id=f"{place}/{record['ts']}", at=at, joined=str(joined) if joined else None)
        return
    author, bot, unknown = _author(record, workspace)
    if unknown is not None:
        yield unknown
    thread_ts = record.get("thread_ts")
    replies = bool(thread_ts) and str(thread_ts) != str(record["ts"])
    root = f"{place}/{thread_ts}" if replies else None
    edited = record.get("edited")
    yield Said(
        kind=Kind.MESSAGE,
        id=f"{place}/{record['ts']}",
        place=place,
        author=author,
        at=at,
        body=_body(record, workspace),
        bot=bot,
        thread=root,
        parent=root,
        points=replies,
        edited_at=(_moment_or_none(_dict(edited).get("ts")) or at) if edited else None,
        files=_files(record),
        marks=_marks(record),
    )


def _author(
    record: dict[str, Any], workspace: _Workspace
) -> tuple[str | None, bool, Person | None]:
    """Return the author's id, whether it is a bot, and the person if nobody named them yet."""
    user = record.get("user") or _dict(record.get("comment")).get("user")
    bot_id, username = record.get("bot_id"), record.get("username")
    if user:
        id_ = str(user)
        is_bot = id_ in workspace.bots or record.get("subtype") == "bot_message"
        profile = _dict(record.get("user_profile"))
        name = _first(
            profile.get("display_name"),
            profile.get("real_name"),
            profile.get("name"),
            username,
            id_,
        )
    elif bot_id or username or record.get("subtype") == "bot_message":
        id_, is_bot = str(bot_id or f"bot:{username or 'unnamed'}"), True
        name = _first(username, _dict(record.get("bot_profile")).get("name"), id_)
    else:
        return None, False, None
    if id_ in workspace.people:
        return id_, is_bot, None
    workspace.people[id_] = name
    return id_, is_bot, Person(id=id_, name=name, kind="bot" if is_bot else "person")


def _body(record: dict[str, Any], workspace: _Workspace) -> str:
    text = str(record.get("text") or "")
    if not text:
        # Integrations say what they have to say in attachments.
        lines = [
            str(each.get("text") or each.get("fallback") or each.get("title") or "")
            for each in _list(record.get("attachments"))
        ]
        text = "\n\n".join(line for line in lines if line)
    people, channels = workspace.people, workspace.channels
    return without_tokens(to_markdown(text, people=people, channels=channels)).replace("\x00", "")


def _files(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    files = [*_list(record.get("files")), *_list([record.get("file")])]
    return tuple(
        (
            _first(each.get("name"), each.get("title"), each.get("id"), "file")[:200],
            "lost"
            if each.get("mode") in ("hidden_by_limit", "tombstone")
            else str(each.get("filetype") or each.get("mimetype") or "")[:40],
        )
        for each in files
    )


def _marks(record: dict[str, Any]) -> tuple[Mark, ...]:
    marks = []
    for each in _list(record.get("reactions")):
        people = each_once(str(user) for user in each.get("users") or ())
        count = each.get("count")
        count = count if isinstance(count, int) and not isinstance(count, bool) else len(people)
        if max(count, len(people)) > 0:
            marks.append(
                Mark(
                    emoji=str(each.get("name") or "?")[:80],
                    count=max(count, len(people)),
                    people=people,
                )
            )
    return tuple(marks)


def _moment_or_none(value: Any) -> datetime | None:
    try:
        return from_unix(value)
    except ValueError:
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _first(*values: Any) -> str:
    return next((str(value).strip() for value in values if value and str(value).strip()), "")
