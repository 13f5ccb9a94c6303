"""Keep an uploaded export in the home until its import is over."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

LONGEST_NAME = 150
DEFAULT_LIMIT_MIB = 2048


def upload_limit() -> int:
    """Return how many bytes an upload may have (``JULUO_IMPORT_LIMIT_MIB``)."""
    return int(os.environ.get("JULUO_IMPORT_LIMIT_MIB", DEFAULT_LIMIT_MIB)) * 2**20


def keep(upload: "UploadedFile[Any]") -> str:
    """Save an upload in a folder with a random name; return its path inside the uploads folder.

    The file keeps its own last name, because some exports put the channel there.
    """
    folder = _root() / secrets.token_urlsafe(16)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / _safe_name(upload.name or "")
    with path.open("xb") as file:
        for piece in upload.chunks():
            file.write(piece)
    return path.relative_to(_root()).as_posix()


def path_of(upload: str) -> Path:
    """Return where a kept upload is."""
    return _root() / upload


def forget(upload: str) -> None:
    """Delete a kept upload and its folder; one that is gone already is fine."""
    if upload:
        shutil.rmtree(_root() / Path(upload).parts[0], ignore_errors=True)


def _root() -> Path:
    return Path(settings.HOME) / "uploads"


def _safe_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(each for each in last if each.isprintable()).lstrip(".") or "export"
    stem, dot, ending = plain.rpartition(".")
    while len(stem.encode()) + len(ending.encode()) > LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"[:LONGEST_NAME]
