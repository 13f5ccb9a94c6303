"""Files that a crash or a power cut leaves whole or absent, never half-written."""

import hashlib
import os
from pathlib import Path


def replace_durably(draft: Path, path: Path) -> None:
    """Give a finished draft its real name, so that both data and name are on the disk."""
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(path)
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """Put a folder's entries on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
