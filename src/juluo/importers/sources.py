"""Open what the caller points at: a file, a folder with its sub-folders, or a zip. Streams only."""

import os
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from juluo.importers.stream import Refused

MAX_FILES = 500_000
MAX_UNPACKED = 64 * 2**30
# Talk packs ten to forty times smaller; a bomb a thousand times.
MAX_RATIO = 150
RATIO_MATTERS_FROM = 32 * 2**20
SKIPPED = ("__MACOSX/", ".git/")


class Source(ABC):
    """The files of an export, by their relative names, in a fixed order."""

    label: str
    names: list[str]

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """Return the file as a stream of bytes."""

    def close(self) -> None:  # noqa: B027 - a folder holds nothing open
        """Let go of what is open."""

    def ending(self, *suffixes: str) -> list[str]:
        """Return the names that end like this, whatever their case."""
        return [name for name in self.names if name.lower().endswith(suffixes)]


class FolderSource(Source):
    """A folder read through with its sub-folders, or a single file of it."""

    def __init__(self, root: Path, *, only: Path | None = None) -> None:
        """List the files; links are not followed."""
        self.root = root
        self.label = (only or root).name
        found = [only] if only else _walk(root)
        self.names = sorted(path.relative_to(root).as_posix() for path in found)

    def open(self, name: str) -> IO[bytes]:
        """Return the file as a stream of bytes."""
        return (self.root / name).open("rb")


def _walk(root: Path) -> Iterator[Path]:
    count = 0
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if name not in {".git", "__MACOSX"}]
        for name in files:
            path = Path(folder, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MAX_FILES:
                raise Refused(f"{root}: more than {MAX_FILES:,} files")
            yield path


class ZipSource(Source):
    """A zip archive, read member by member, never unpacked to disk."""

    def __init__(self, path: Path) -> None:
        """Check every name and size before the first byte is read."""
        self.label = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise Refused(f"{path.name}: cannot be read as a zip archive ({error})") from error
        members = [m for m in self._zip.infolist() if not m.is_dir()]
        _check_members(path, members)
        self.names = sorted(
            m.filename
            for m in members
            if not m.filename.startswith(SKIPPED)
            and not PurePosixPath(m.filename).name.startswith(".")
        )

    def open(self, name: str) -> IO[bytes]:
        """Return the member as a stream of bytes."""
        return self._zip.open(name)

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_FILES:
        raise Refused(f"{path.name}: more than {MAX_FILES:,} files")
    if sum(m.file_size for m in members) > MAX_UNPACKED:
        raise Refused(f"{path.name}: unpacks to more than {MAX_UNPACKED // 2**30} GiB")
    for member in members:
        name = member.filename
        if name.startswith(("/", "\\")) or "\\" in name or ".." in PurePosixPath(name).parts:
            raise Refused(f"{path.name}: {name!r} points outside the archive")
        if member.flag_bits & 1:
            raise Refused(f"{path.name}: {name} is encrypted; unpack it first")
        small = member.file_size < RATIO_MATTERS_FROM
        if not small and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise Refused(
                f"{path.name}: {name} unpacks more than {MAX_RATIO} times its size (a bomb?)"
            )


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file, folder or zip as a source.

    :raises Refused: if it is missing, empty, not readable, or an unsafe archive.
    """
    if not path.exists():
        raise Refused(f"{path}: no such file or folder")
    source = _source(path)
    try:
        if not source.names:
            raise Refused(f"{path}: holds no files")
        yield source
    except PermissionError as error:
        raise Refused(f"{error.filename}: may not be read") from error
    finally:
        source.close()


def _source(path: Path) -> Source:
    if path.is_dir():
        return FolderSource(path)
    if not path.is_file():
        raise Refused(f"{path}: neither a file nor a folder")
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"PK" or path.suffix.lower() == ".zip":
        return ZipSource(path)
    # The folder above is kept in the name: some formats put the channel there.
    path = path.resolve()
    return FolderSource(path.parent.parent, only=path)


class Readable(Protocol):
    """Anything that gives its next bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class Guarded:
    """A stream that skips a byte-order mark and stops at a record that never ends."""

    def __init__(self, stream: Readable, *, limit: int) -> None:
        """Watch ``stream``; ``limit`` is how many bytes one record may take."""
        self._stream = stream
        self._limit = limit
        self._taken = 0
        self._first = True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        :raises RecordTooLong: when more than the limit was read since the last record.
        """
        data = self._stream.read(size)
        if self._first and size != 0:
            self._first = False
            if data.startswith(b"\xef\xbb\xbf"):
                data = data[3:] or self._stream.read(size)
        self._taken += len(data)
        if self._taken > self._limit:
            raise RecordTooLong(f"a record is longer than {self._limit // 2**20} MiB")
        return data

    def record_done(self) -> None:
        """Start counting anew."""
        self._taken = 0


class RecordTooLong(Exception):
    """One record takes more bytes than any message can."""
