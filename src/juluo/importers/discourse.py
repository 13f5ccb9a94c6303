"""Discourse: topics as its API gives them, posts one a file, and lists of posts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from juluo.importers import json_records as js
from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_iso
from juluo.importers.sources import Source
from juluo.importers.spool import Spool
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

NAME = "discourse"
TITLE = "Discourse"
SUFFIXES = (".zip", ".json")
LOCAL_TIMES = False

# Where lists of posts stand in the answers of the API.
POSTS = {
    "post_stream": "post_stream.posts.item",
    "latest_posts": "latest_posts.item",
    "posts": "posts.item",
}
REGULAR, MODERATOR = 1, 2
LIKE = 2
_UNREAD = (ValueError, TypeError, KeyError, AttributeError)


@dataclass
class _Site:
    categories: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def read(
    source: Source,
    options: Options,  # noqa: ARG001 - every format is called alike
    spool: Spool,  # noqa: ARG001
) -> Iterator[Item]:
    """Yield what a folder of Discourse JSON holds.

    :raises Refused: if there is no JSON file in it.
    """
    files = source.ending(".json")
    if not files:
        raise Refused(f"{source.label}: no JSON files in it; is it a Discourse export?")
    site = _Site()
    first = [name for name in files if name.rpartition("/")[2] in ("categories.json", "site.json")]
    for name in [*first, *(each for each in files if each not in set(first))]:
        try:
            yield from _file(source, name, site)
        except js.Stopped as stop:
            yield stop.unreadable()


def _file(source: Source, name: str, site: _Site) -> Iterator[Item]:
    shape, top = js.outline(source, name, skip=frozenset(POSTS))
    if shape == "array":
        yield from _posts(source, name, "item", {}, site)
        return
    _learn_categories(top, site)
    if _is_post(top):
        yield from _read_one(top, {}, site, name, "its only record")
    for key, prefix in POSTS.items():
        if key in top:
            yield from _posts(source, name, prefix, top, site)


def _learn_categories(top: dict[str, Any], site: _Site) -> None:
    listed = top.get("categories")
    if isinstance(top.get("category_list"), dict):
        listed = top["category_list"].get("categories")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and each.get("name"):
            site.categories[str(each.get("id"))] = str(each["name"])


def _posts(
    source: Source, name: str, prefix: str, topic: dict[str, Any], site: _Site
) -> Iterator[Item]:
    for number, post in enumerate(js.records(source, name, prefix), 1):
        if isinstance(post, dict) and _is_post(post):
            yield from _read_one(post, topic, site, name, f"post {number}")
        elif topic:
            yield Unreadable(file=name, place=f"post {number}", reason="not a post")


def _is_post(record: dict[str, Any]) -> bool:
    return "post_number" in record or (
        "topic_id" in record and ("cooked" in record or "raw" in record)
    )


def _read_one(
    post: dict[str, Any], topic: dict[str, Any], site: _Site, name: str, place: str
) -> Iterator[Item]:
    try:
        yield from _post(post, topic, site)
    except _UNREAD as error:
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        yield Unreadable(file=name, place=place, reason=reason[:200])


def _post(post: dict[str, Any], topic: dict[str, Any], site: _Site) -> Iterator[Item]:
    id_, at = str(post["id"]), from_iso(post["created_at"])
    number = int(post.get("post_number") or 1)
    topic_id = post.get("topic_id") or topic.get("id")
    if topic_id is None:
        raise ValueError("names no topic")
    # Small actions, whispers among staff, and private talk are nobody's contribution here.
    private = "private_message" in (topic.get("archetype"), post.get("archetype"))
    if int(post.get("post_type") or REGULAR) not in (REGULAR, MODERATOR) or private:
        yield Notice(id=f"post-{id_}", at=at)
        return
    author, person = _author(post)
    if person is not None and person.id not in site.people:
        site.people.add(person.id)
        yield person
    place = _place(post, topic, site)
    if place.id not in site.places:
        site.places.add(place.id)
        yield place
    yield _said(post, topic, f"topic-{topic_id}", number, place.id, author, at)


def _said(
    post: dict[str, Any],
    topic: dict[str, Any],
    topic_id: str,
    number: int,
    place: str,
    author: str | None,
    at: datetime,
) -> Said:
    opening = number == 1
    to = post.get("reply_to_post_number")
    points = not opening and isinstance(to, int) and to != number
    raw = post.get("raw")
    tags = topic.get("tags") if opening else None
    title = topic.get("title") or post.get("topic_title") or post.get("title")
    return Said(
        kind=Kind.POST if opening else Kind.COMMENT,
        id=f"post-{post['id']}",
        alias=f"{topic_id}#{number}",
        place=place,
        author=author,
        at=at,
        body=without_tokens(str(raw if raw is not None else post.get("cooked") or "")),
        body_format="markdown" if raw is not None else "html",
        title=str(title or post.get("topic_slug") or "")[:300],
        tags=tuple(_tag(tag) for tag in tags) if isinstance(tags, list) else (),
        thread=None if opening else f"{topic_id}#1",
        parent=f"{topic_id}#{to}" if points else None,
        points=points,
        edited_at=_edited(post, at),
        marks=_marks(post),
    )


def _author(post: dict[str, Any]) -> tuple[str | None, Person | None]:
    username, user_id = post.get("username"), post.get("user_id")
    if user_id is None and not username:
        return None, None
    id_ = str(user_id) if user_id is not None else f"name:{username}"
    # Accounts below zero are Discourse's own: -1 is "system", the others are bots.
    kind = "system" if id_ == "-1" else "bot" if id_.startswith("-") else "person"
    name = str(post.get("name") or username or f"user{id_}")
    staff = bool(post.get("staff") or post.get("admin") or post.get("moderator"))
    return id_, Person(id=id_, name=name, kind=kind, staff=staff)


def _place(post: dict[str, Any], topic: dict[str, Any], site: _Site) -> Place:
    merged = {**post, **{key: value for key, value in topic.items() if value is not None}}
    category, id_ = merged.get("category"), merged.get("category_id")
    name = merged.get("category_name") or merged.get("category_slug")
    if isinstance(category, dict):
        id_, name = category.get("id", id_), category.get("name") or name
    elif isinstance(category, str) and category:
        name = category
    elif isinstance(category, int) and id_ is None:
        id_ = category
    if id_ is None and not name:
        return Place(id="category-none", name="Uncategorised")
    key = str(id_ if id_ is not None else name)
    return Place(
        id=f"category-{key}"[:150], name=site.categories.get(key) or str(name or f"Category {key}")
    )


def _edited(post: dict[str, Any], at: datetime) -> datetime | None:
    if int(post.get("version") or 1) <= 1:
        return None
    try:
        return max(from_iso(post.get("updated_at")), at)
    except ValueError:
        return at


def _marks(post: dict[str, Any]) -> tuple[Mark, ...]:
    reactions = post.get("reactions")
    if isinstance(reactions, list) and reactions:
        counted = [(str(each.get("id") or "?")[:80], each.get("count")) for each in reactions]
    elif isinstance(post.get("actions_summary"), list):
        counted = [
            ("like", each.get("count"))
            for each in post["actions_summary"]
            if each.get("id") == LIKE
        ]
    else:
        counted = [("like", post.get("like_count"))]
    return tuple(
        Mark(emoji=emoji, count=count)
        for emoji, count in counted
        if isinstance(count, int) and count > 0
    )


def _tag(tag: Any) -> str:
    return str(tag.get("name", "")) if isinstance(tag, dict) else str(tag)
