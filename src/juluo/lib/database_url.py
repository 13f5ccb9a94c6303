"""Turn a database address into Django's settings."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def parse_database_url(url: str) -> dict[str, Any]:
    """Return ``DATABASES["default"]`` for ``postgresql://user:password@host:port/name?option=…``.

    A socket folder is given as ``?host=/run/postgresql``.

    :raises ValueError: for any other scheme, or an address without a database name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL begins with {parts.scheme or 'nothing'}://; write postgresql://…"
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("DATABASE_URL names no database: postgresql://user@host/NAME")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    timeouts = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # Under ASGI a kept connection belongs to a thread that is gone.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"options": timeouts, **options},
    }
