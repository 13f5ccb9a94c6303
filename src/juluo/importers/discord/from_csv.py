"""DiscordChatExporter's CSV in both dialects. It has no message ids, and once had no author ids."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from juluo.importers.discord.shared import Seen, channel_of, marks_in
from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_local
from juluo.importers.sources import Source
from juluo.importers.stream import Item, Kind, Mark, Said, Unreadable

LONGEST_LINE = 2**20
_BROKEN = (csv.Error, UnicodeError, OSError, EOFError, zlib.error, zipfile.BadZipFile)


def read(source: Source, name: str, seen: Seen) -> Iterator[Item]:
    """Yield what one file holds. An empty file is an empty channel, not an error."""
    number = 0
    try:
        with source.open(name) as raw:
            for number, row in _rows(raw):
                if row is None:
                    yield Unreadable(
                        file=name,
                        place="at its start",
                        rest=True,
                        reason="its columns are not DiscordChatExporter's",
                    )
                    return
                try:
                    yield from _row(row, name, seen)
                except ValueError as error:
                    yield Unreadable(file=name, place=f"line {number}", reason=str(error)[:200])
    except _BROKEN as error:
        reason = "not UTF-8 text" if isinstance(error, UnicodeError) else str(error)[:160]
        yield Unreadable(file=name, place=f"after line {number}", reason=reason, rest=True)


def _rows(raw: IO[bytes]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield (line, columns by name); None for the columns if the header is not one of ours."""
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    first = text.readline(LONGEST_LINE)
    if not first.strip():
        return
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter))]
    if not {"author", "date", "content"} <= set(header):
        yield 1, None
        return
    reader = csv.reader(_lines(text), delimiter=delimiter)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num + 1, dict(zip(header, cells, strict=False))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise csv.Error("a line is longer than 1 MiB")
        yield line


def _row(row: dict[str, str], file: str, seen: Seen) -> Iterator[Item]:
    if "content" not in row:
        raise ValueError("too few columns")
    at = from_local(row["date"], zone=seen.options.zone)
    place, channel = channel_of(file)
    yield from seen.place(place, channel)
    name = row["author"].strip()
    id_ = row.get("authorid", "").strip() or (f"name:{name}"[:150] if name else "")
    if id_:
        yield from seen.person(id_, name)
    body = without_tokens(row["content"])
    # The moment as the file writes it, so that another --timezone cannot make a second copy.
    key = seen.position(file, place, id_, row["date"], row["content"], row.get("attachments", ""))
    yield Said(
        kind=Kind.MESSAGE,
        id=f"{place[:100]}/{key}",
        place=place[:150],
        author=id_ or None,
        at=at,
        body=body,
        files=tuple(
            (each.rpartition("/")[2].partition("?")[0][:200] or "file", "attachment")
            for each in row.get("attachments", "").split(",")
            if each.strip()
        ),
        marks=tuple(
            Mark(emoji=emoji, count=count) for emoji, count in marks_in(row.get("reactions", ""))
        ),
    )
