"""Read JSON as a stream of records, with the place where reading had to stop."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

from juluo.importers.sources import Guarded, RecordTooLong, Source
from juluo.importers.stream import Unreadable

MAX_RECORD = 16 * 2**20
BROKEN = (
    ijson.JSONError,
    ijson.IncompleteJSONError,
    UnicodeDecodeError,
    ValueError,
    RecordTooLong,
    OverflowError,
    EOFError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
)


MAX_DEPTH = 64
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class _Shallow(Guarded):
    """A stream that also stops where JSON is nested deeper than any message is.

    The parser keeps the path to each level, so that depth costs it memory by the square.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Watch the stream."""
        super().__init__(stream, limit=MAX_RECORD)
        self._open = b""
        self._in_string = False
        self._escape = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        :raises RecordTooLong: when a record is too long, or nested too deeply.
        """
        data = super().read(size)
        brackets = self._open + self._outside_strings(data).translate(None, _NOT_BRACKETS)
        for _ in range(MAX_DEPTH):
            # Each round takes away the innermost level, so the rounds are the depth.
            shorter = brackets.replace(b"[]", b"").replace(b"{}", b"")
            if len(shorter) == len(brackets):
                break
            brackets = shorter
        if len(brackets) > MAX_DEPTH:
            raise RecordTooLong(f"nested more than {MAX_DEPTH} levels deep")
        self._open = brackets
        return data

    def _outside_strings(self, data: bytes) -> bytes:
        text = self._escape + data
        odd = (len(text) - len(text.rstrip(b"\\"))) % 2
        self._escape = b"\\" * odd
        text = text[: len(text) - odd]
        pieces = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = pieces[self._in_string :: 2]
        self._in_string ^= len(pieces) % 2 == 0
        return b"".join(outside)


class Stopped(Exception):
    """A file could not be read any further; ``place`` says where."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        """Say which file, where and why."""
        super().__init__(f"{file}: {place}: {reason}")
        self.file, self.place, self.reason = file, place, reason

    def unreadable(self) -> Unreadable:
        """Return the rest of the file as something that could not be read."""
        return Unreadable(file=self.file, place=self.place, reason=self.reason, rest=True)


def records(source: Source, name: str, prefix: str = "item") -> Iterator[Any]:
    """Yield the values found at an ijson prefix (``item``: the elements of the outer array).

    :raises Stopped: where the JSON breaks off, is not JSON, or a record has no end.
    """
    count = 0
    with source.open(name) as raw:
        stream = _Shallow(raw)
        try:
            for value in ijson.items(stream, prefix, use_float=True):
                count += 1
                stream.record_done()
                yield value
        except BROKEN as error:
            raise Stopped(name, f"after record {count}", _plain(error)) from error


def first_event(source: Source, name: str) -> str:
    """Return what the JSON starts with: ``start_array``, ``start_map`` or a scalar's event.

    :raises Stopped: if the file does not start like JSON.
    """
    with source.open(name) as raw:
        try:
            for _, event, _ in ijson.parse(_Shallow(raw), buf_size=4096):
                return str(event)
        except BROKEN as error:
            raise Stopped(name, "at its start", _plain(error)) from error
    raise Stopped(name, "at its start", "the file is empty")


def whole(source: Source, name: str) -> Any:
    """Return a small file's whole value.

    :raises Stopped: if it is not JSON or too long to be small.
    """
    return next(records(source, name, ""), None)


def _plain(error: Exception) -> str:
    text = " ".join(str(error).split())[:160]
    if isinstance(error, RecordTooLong):
        return text
    return f"not readable as JSON ({text})"


def outline(
    source: Source, name: str, *, skip: frozenset[str] = frozenset(), until: str | None = None
) -> tuple[str, dict[str, Any]]:
    """Return what a file is (``map``, ``array`` or ``scalar``) and, of a map, its top values.

    The values under the keys in ``skip`` are passed over and stand there as None. Reading ends
    at the key ``until``.

    :raises Stopped: where the JSON breaks off, or is not JSON.
    """
    top: dict[str, Any] = {}
    key, builder = "", None
    with source.open(name) as raw:
        stream = _Shallow(raw)
        try:
            for prefix, event, value in ijson.parse(stream, use_float=True):
                if event == "end_map":
                    stream.record_done()
                if prefix == "":
                    if event == "start_array":
                        return "array", {}
                    if event == "map_key":
                        if value == until:
                            return "map", top
                        key, builder = value, None if value in skip else ObjectBuilder()
                        top[key] = None
                    elif event not in ("start_map", "end_map"):
                        return "scalar", {}
                elif builder is not None:
                    builder.event(event, value)
                    top[key] = builder.value
        except BROKEN as error:
            raise Stopped(
                name, f"after {key!r}" if key else "at its start", _plain(error)
            ) from error
    return "map", top
