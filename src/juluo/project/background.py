"""What a worker does, over and over: deliver events, roll the lake, run jobs, ask by the clock."""

import signal
import threading
import time
from datetime import timedelta

import structlog
from django.db import close_old_connections
from django.utils import timezone

from juluo.domains.community import queries as community
from juluo.eventlog import subscriptions
from juluo.eventlog.lake import waiting_events
from juluo.eventlog.manifest import roll_everything
from juluo.jobs import schedule, worker
from juluo.live import signals

ROLL_EVERY_SECONDS = 30.0
IDLE_SECONDS = 0.5
KEEP_DONE_JOBS = timedelta(days=14)
log = structlog.get_logger(__name__)


class Background:
    """A worker's loop; :meth:`stop` ends it after the work in hand."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._name = worker.worker_name()
        self._rolled_at = 0.0

    def stop(self, *_: object) -> None:
        """Finish what is in hand and return from :meth:`run`."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop (SIGTERM and SIGINT tell it)."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self._stopping.is_set():
            close_old_connections()
            try:
                busy = self.turn()
            except Exception:
                log.exception("worker_turn_failed")
                busy = False
            if not busy:
                self._stopping.wait(IDLE_SECONDS)

    def turn(self) -> bool:
        """Do one round; return whether there was anything to do."""
        schedule.ask_due(now=timezone.now())
        delivered = subscriptions.deliver(limit=200)
        ran = worker.run_next(worker=self._name)
        self._roll_if_due()
        return bool(delivered or ran)

    def _roll_if_due(self) -> None:
        if time.monotonic() - self._rolled_at < ROLL_EVERY_SECONDS:
            return
        if waiting_events():
            roll_everything(timezone=community.settings().timezone)
        worker.forget_done(before=timezone.now() - KEEP_DONE_JOBS)
        signals.forget(before=timezone.now() - signals.KEEP)
        self._rolled_at = time.monotonic()
