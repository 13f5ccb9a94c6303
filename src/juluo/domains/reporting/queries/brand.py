"""Whose documents these are: the community's name, and its logo and colour from the home."""

import re

from juluo.domains.community import queries as community
from juluo.lib.documents.model import Brand
from juluo.lib.home import data_home

_ACCENT = re.compile(r"#?([0-9A-Fa-f]{6})\s*")
_LARGEST_LOGO = 2_000_000
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")


def brand() -> Brand:
    """Return the community's brand: ``brand/logo.png`` (or .jpg) and ``brand/accent`` in the home.

    What is missing or unreadable is left out: a document is worth more than its logo.
    """
    name = community.settings().name
    return Brand(name=name, accent=_accent(), logo=_logo())


def _accent() -> str:
    path = data_home() / "brand" / "accent"
    found = _ACCENT.fullmatch(path.read_text("utf-8", "replace")) if path.is_file() else None
    return found[1].upper() if found else Brand().accent


def _logo() -> bytes:
    folder = data_home() / "brand"
    for name in ("logo.png", "logo.jpg"):
        path = folder / name
        if path.is_file() and path.stat().st_size <= _LARGEST_LOGO:
            picture = path.read_bytes()
            if picture.startswith(_PICTURES):
                return picture
    return b""
