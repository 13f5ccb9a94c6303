"""Stack Exchange data dumps: one XML file per table of one site."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_iso
from juluo.importers.sources import Source
from juluo.importers.spool import Spool
from juluo.importers.stream import (
    Accepted,
    Item,
    Kind,
    Mark,
    Notice,
    Options,
    Person,
    Place,
    Refused,
    Said,
    Stray,
    Unreadable,
)

NAME = "stackexchange"
TITLE = "Stack Exchange"
SUFFIXES = (".zip", ".xml")
LOCAL_TIMES = False

SITE = "site"
COMMUNITY = "-1"
VOTES = {"2": "up", "3": "down"}
ACCEPTED = "1"
_Row = dict[str, str]


def read(source: Source, options: Options, spool: Spool) -> Iterator[Item]:
    """Yield what a dump holds.

    :raises Refused: if it has no Posts.xml, or more than one site.
    """
    tables = _tables(source)
    if "posts" not in tables:
        raise Refused(f"{source.label}: no Posts.xml in it; is it a Stack Exchange dump?")
    yield Place(id=SITE, name=options.name or "Stack Exchange")
    yield from _votes(source, tables.get("votes"), spool)
    yield from _users(source, tables.get("users"))
    yield from _posts(source, tables["posts"], spool)
    yield from _comments(source, tables.get("comments"))


def _tables(source: Source) -> dict[str, str]:
    tables: dict[str, str] = {}
    for name in source.ending(".xml"):
        table = name.rpartition("/")[2][:-4].lower()
        if table in tables and table == "posts":
            raise Refused(
                f"{source.label}: {tables[table]} and {name} are two sites; "
                "import them one by one, each with its --name"
            )
        tables.setdefault(table, name)
    return tables


def _rows(source: Source, name: str | None) -> Iterator[tuple[str, _Row | Unreadable]]:
    """Yield (place, attributes) of each row; at the end of what can be read, the reason."""
    if name is None:
        return
    number = 0
    with source.open(name) as file:
        try:
            rows = etree.iterparse(
                file,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for event, element in rows:
                if event == "start":
                    if (
                        element.getparent() is None
                        and element.getroottree().docinfo.internalDTD is not None
                    ):
                        yield (
                            name,
                            Unreadable(
                                file=name,
                                place="at its start",
                                reason="has a document type; dumps have none",
                                rest=True,
                            ),
                        )
                        return
                    continue
                if element.tag == "row":
                    number += 1
                    yield f"row {number}", dict(element.attrib)
                _forget(element)
        except (etree.XMLSyntaxError, OSError, EOFError, ValueError) as error:
            reason = " ".join(str(error).split())[:160]
            yield (
                name,
                Unreadable(
                    file=name,
                    place=f"after row {number}",
                    reason=f"not readable as XML ({reason})",
                    rest=True,
                ),
            )


def _forget(element: "etree._Element") -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _votes(source: Source, name: str | None, spool: Spool) -> Iterator[Item]:
    """Count votes per post and day; they are asked for when the post is read."""
    for _, row in _rows(source, name):
        if isinstance(row, Unreadable):
            yield row
            continue
        kind = row.get("VoteTypeId", "")
        if (kind in VOTES or kind == ACCEPTED) and "PostId" in row:
            spool.add_tally(row["PostId"], kind, row.get("CreationDate", "")[:10])


def _users(source: Source, name: str | None) -> Iterator[Item]:
    for place, row in _rows(source, name):
        if isinstance(row, Unreadable):
            yield row
            continue
        try:
            id_ = row["Id"]
            yield Person(
                id=id_,
                name=row.get("DisplayName") or f"user{id_}",
                kind="system" if id_ == COMMUNITY else "person",
                joined_at=from_iso(row["CreationDate"]),
            )
        except (KeyError, ValueError) as error:
            yield Unreadable(file=str(name), place=place, reason=_reason(error))


def _posts(source: Source, name: str, spool: Spool) -> Iterator[Item]:
    placed = 0
    for place, row in _rows(source, name):
        if isinstance(row, Unreadable):
            raise Refused(f"{row.file}: {row.place}: {row.reason}")
        try:
            for item in _post(row, spool):
                placed += sum(mark.count for mark in item.marks) if isinstance(item, Said) else 0
                yield item
        except (KeyError, ValueError) as error:
            yield Unreadable(file=name, place=place, reason=_reason(error))
    # Votes on posts that the dump leaves out, deleted ones for the most part.
    yield Stray(marks=max(spool.tallied(VOTES) - placed, 0))


def _post(row: _Row, spool: Spool) -> Iterator[Item]:
    id_, at = row["Id"], from_iso(row["CreationDate"])
    if row.get("PostTypeId") not in ("1", "2"):
        # Tag wikis, their excerpts, moderators' election pages: kept by nobody in particular.
        yield Notice(id=f"post-{id_}", at=at)
        return
    author, person = _author(row.get("OwnerUserId"), row.get("OwnerDisplayName"))
    if person:
        yield person
    asked = row["PostTypeId"] == "1"
    question = None if asked else f"post-{row['ParentId']}"
    yield Said(
        kind=Kind.QUESTION if asked else Kind.ANSWER,
        id=f"post-{id_}",
        place=SITE,
        author=author,
        at=at,
        body=without_tokens(row.get("Body", "")),
        body_format="html",
        title=row.get("Title", "")[:300],
        tags=_tags(row.get("Tags", "")),
        thread=question,
        parent=question,
        points=not asked,
        edited_at=_moment(row.get("LastEditDate")),
        closed_at=_moment(row.get("ClosedDate")),
        marks=_marks(spool, id_, at),
    )
    if asked and (taken := row.get("AcceptedAnswerId")):
        day = next((day for word, day, _ in spool.tallies(taken) if word == ACCEPTED), None)
        yield Accepted(
            question=f"post-{id_}", answer=f"post-{taken}", at=_moment(day and f"{day}T00:00")
        )


def _comments(source: Source, name: str | None) -> Iterator[Item]:
    for place, row in _rows(source, name):
        if isinstance(row, Unreadable):
            yield row
            continue
        try:
            author, person = _author(row.get("UserId"), row.get("UserDisplayName"))
            if person:
                yield person
            on = f"post-{row['PostId']}"
            yield Said(
                kind=Kind.COMMENT,
                id=f"comment-{row['Id']}",
                place=SITE,
                author=author,
                at=from_iso(row["CreationDate"]),
                body=without_tokens(row.get("Text", "")),
                thread=on,
                parent=on,
                points=True,
                # The score of a comment is a bare count; the dump has no votes on comments.
            )
        except (KeyError, ValueError) as error:
            yield Unreadable(file=str(name), place=place, reason=_reason(error))


def _author(id_: str | None, name: str | None) -> tuple[str | None, Person | None]:
    """Return the author's id; an account that is gone is known by its name alone."""
    if id_:
        return id_, None
    if not name:
        return None, None
    return f"name:{name}", Person(id=f"name:{name}", name=name)


def _marks(spool: Spool, post: str, at: datetime) -> tuple[Mark, ...]:
    marks = []
    for word, day, count in spool.tallies(post):
        if word in VOTES:
            on = _moment(f"{day}T00:00")
            marks.append(Mark(emoji=VOTES[word], count=count, at=max(on, at) if on else None))
    return tuple(marks)


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag for tag in text.replace("<", "|").replace(">", "|").split("|") if tag)


def _moment(text: str | None) -> datetime | None:
    try:
        return from_iso(text) if text else None
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else str(error)[:200]
