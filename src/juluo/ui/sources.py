"""What places that talk came from are called: whoever reads them registers their names."""

from django.utils.functional import Promise

_NAMES: dict[str, str | Promise] = {}


def register_source(key: str, name: str | Promise) -> None:
    """Let what came from a place be shown under its name; called from ``apps.ready()``."""
    _NAMES[key] = name


def source_name(key: str) -> str:
    """Return what a place is called; its key where nobody named it."""
    return str(_NAMES.get(key, key))
