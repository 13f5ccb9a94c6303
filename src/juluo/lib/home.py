"""Where a community's data lives."""

import os
from pathlib import Path


def data_home() -> Path:
    """Return ``JULUO_HOME`` (default ``./var``) as an absolute path, made if missing.

    Several communities can stand side by side, each in a home of its own.
    """
    home = Path(os.environ.get("JULUO_HOME") or "var").expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home
