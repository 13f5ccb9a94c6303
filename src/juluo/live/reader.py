"""Follow the signals as they are committed: one reader in each process that has streams."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection
from django.utils import timezone

from juluo.live import signals
from juluo.live.signals import Told

# SQLite has nobody who would wake us.
POLL_SECONDS = 0.15
# How long a reader waits for word before it looks whether it shall stop.
WAIT_SECONDS = 0.5
# PostgreSQL's word is enough; the table is read now and then all the same.
LOOK_EVERY = timedelta(seconds=15)
PAUSE_AFTER_FAILURE = 0.5
REMEMBERED = 20_000
log = structlog.get_logger(__name__)


class Reader:
    """Tells ``tell`` of each signal once, in a thread of its own, until stopped.

    Whatever breaks the connection, it connects again and goes on from where it was.
    """

    def __init__(self, tell: Callable[[Sequence[Told]], None]) -> None:
        self._tell = tell
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._place = 0
        self._looked_at = timezone.now()
        self._told: set[int] = set()
        self._in_order: deque[int] = deque()
        self._thread = threading.Thread(target=self._run, name="live-reader", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait until no later signal can be missed; return whether that is so."""
        return self._ready.wait(seconds)

    def stop(self) -> None:
        """Stop following and let the database go."""
        self._stopping.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._follow()
                except Exception:
                    log.warning("live_reader_failed", exc_info=True)
                    connection.close()
                    self._stopping.wait(PAUSE_AFTER_FAILURE)
        finally:
            connection.close()

    def _follow(self) -> None:
        listens = connection.vendor == "postgresql"
        if listens:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {signals.CHANNEL}")
        self._begin()
        while not self._stopping.is_set():
            if listens:
                self._hear()
            else:
                self._look()
                self._stopping.wait(POLL_SECONDS)

    def _begin(self) -> None:
        """Take up the place to follow from; after a failure, tell what was missed."""
        if self._ready.is_set():
            self._look()
            return
        self._looked_at = timezone.now()
        self._place = signals.place()
        self._ready.set()

    def _hear(self) -> None:
        """Wait for PostgreSQL's word for a moment."""
        heard = connection.connection.notifies(timeout=WAIT_SECONDS)
        for note in heard:
            self._pass_on([_told(note)])
        if timezone.now() - self._looked_at > LOOK_EVERY:
            self._look()

    def _look(self) -> None:
        """Read the table for what nobody was told of."""
        now = timezone.now()
        self._pass_on(signals.all_after(since=self._place, at=self._looked_at))
        self._looked_at = now

    def _pass_on(self, found: Sequence[Told]) -> None:
        fresh = [each for each in found if each.place not in self._told]
        if not fresh:
            return
        for each in fresh:
            self._told.add(each.place)
            self._in_order.append(each.place)
        while len(self._in_order) > REMEMBERED:
            self._told.discard(self._in_order.popleft())
        self._place = max(self._place, fresh[-1].place)
        self._tell(fresh)


def _told(note: Any) -> Told:
    number, _, topic = str(note.payload).partition(" ")
    return Told(int(number), topic)
