"""Django's SQLite backend with a kernel queue in front of BEGIN IMMEDIATE.

SQLite's own waiters nap and are served in no order. Waiting on flock first keeps the tail
short under load (QUALITY.md, "Settings and patterns"), and a killed process frees it by itself.
Every process that writes in transactions must use this backend; a single statement in
autocommit still relies on busy_timeout.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base as sqlite3_base


class DatabaseWrapper(sqlite3_base.DatabaseWrapper):
    """A SQLite connection whose write transactions are queued by the kernel."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start without a lock: it is taken with the first transaction."""
        super().__init__(*args, **kwargs)
        self._queue: int | None = None
        self._held = False

    def _lock_path(self) -> str | None:
        name = str(self.settings_dict["NAME"])
        return None if ":memory:" in name or "mode=memory" in name else f"{name}.queue"

    def _take(self) -> None:
        path = self._lock_path()
        if path is None or self._held:
            return
        if self._queue is None:
            self._queue = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._queue, fcntl.LOCK_EX)
        self._held = True

    def _free(self) -> None:
        if self._held and self._queue is not None:
            fcntl.flock(self._queue, fcntl.LOCK_UN)
        self._held = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._free()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._free()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._free()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._free()
            if self._queue is not None:
                os.close(self._queue)
                self._queue = None
