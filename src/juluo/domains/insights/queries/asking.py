"""Ask the metric engine: the one way from a page, a command or a report to a figure."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.cache import cache

from juluo.analytics.catalog import metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Only, Point, Question, Records
from juluo.domains.community import queries as community
from juluo.domains.members import queries as members
from juluo.eventlog import manifest
from juluo.eventlog.models import EventRecord

if TYPE_CHECKING:
    import pyarrow as pa

# An answer is kept for as long as the log it was read from is the newest.
_KEEP_SECONDS = 3600
# Conversions close with time: answers are no older than this.
_AS_OF_STEP = timedelta(minutes=5)


def question(
    key: str,
    *,
    start: date,
    end: date,
    grain: Grain,
    by: str | None = None,
    timezone: str | None = None,
    filters: Filters | None = None,
) -> Question:
    """Return a question, in the community's time zone unless another is given.

    :raises UnknownMetric: if the catalog has no metric of this key.
    """
    metric(key)
    return Question(
        key=key,
        start=start,
        end=end,
        grain=grain,
        by=by,
        timezone=timezone or community.settings().timezone,
        filters=filters or Filters(),
    )


def current_log() -> EventLog:
    """Return the whole log as of now, with everyone it may name."""
    return manifest.open_log(
        people=_people(),
        timezone=community.settings().timezone,
        same_people=members.same_people(),
    )


def _people() -> "pa.Table":
    import pyarrow as pa

    from juluo.analytics.schemas import PEOPLE_SCHEMA

    everyone = members.everyone()
    columns = {
        "member_id": [each.member_id for each in everyone],
        "kind": [each.kind for each in everyone],
        "is_staff": [each.is_staff for each in everyone],
    }
    return pa.table(columns, schema=PEOPLE_SCHEMA)


def ask(asked: Question, *, log: EventLog, now: datetime) -> Answer:
    """Return the answer, computed once for each state of the log.

    :raises juluo.analytics.engine.QuestionRefused: if the metric cannot be asked this way.
    """
    from juluo.analytics import engine

    as_of = stepped(now)
    words = f"{asked!r}|{as_of.isoformat()}"
    key = kept_under("answer", words, log=log, version=metric(asked.key).version)
    kept: Answer | None = cache.get(key)
    if kept is None:
        kept = engine.answer(asked, log=log, as_of=as_of)
        cache.set(key, kept, _KEEP_SECONDS)
    return kept


def ask_windows(
    asked: Question, windows: Sequence[tuple[date, date]], *, log: EventLog, now: datetime
) -> tuple[Point, ...]:
    """Return a figure over windows that follow on each other, oldest first, with one query.

    For figures that are compared and not cited: there is no evidence with them.

    :raises juluo.analytics.engine.QuestionRefused: if the metric cannot be asked this way.
    """
    from juluo.analytics import engine

    as_of = stepped(now)
    words = f"{asked!r}|{windows!r}|{as_of.isoformat()}"
    key = kept_under("windows", words, log=log, version=metric(asked.key).version)
    kept: tuple[Point, ...] | None = cache.get(key)
    if kept is None:
        kept = engine.points_of(asked, windows, log=log, as_of=as_of)
        cache.set(key, kept, _KEEP_SECONDS)
    return kept


def stepped(now: datetime) -> datetime:
    """Return the moment up to which answers count: some minutes ago at the most."""
    return now - ((now - datetime.min.replace(tzinfo=now.tzinfo)) % _AS_OF_STEP)


def kept_under(what: str, words: str, *, log: EventLog, version: int) -> str:
    """Return the cache's key of what was computed from this state of the log."""
    state = f"{words}|{version}|{log.data_version}|{log.timezone}"
    return f"{what}:{hashlib.sha256(state.encode()).hexdigest()}"


def behind(
    asked: Question,
    *,
    log: EventLog,
    start: date,
    group: str | None = None,
    offset: int = 0,
    limit: int = 50,
    only: Only | None = None,
    now: datetime | None = None,
) -> Records:
    """Return one page of the events behind a point: the evidence.

    :param now: as given to :func:`ask`, so that the same waits are over; if absent, nothing after
        the log's own last days has passed.
    """
    from juluo.analytics import engine

    return engine.records(
        asked,
        log=log,
        start=start,
        group=group,
        offset=offset,
        limit=limit,
        as_of=stepped(now) if now else None,
        only=only,
    )


def local_today(*, now: datetime) -> date:
    """Return today in the community's time zone."""
    return now.astimezone(ZoneInfo(community.settings().timezone)).date()


def last_local_day() -> date | None:
    """Return the local day of the log's newest contribution or reaction; None if it is empty."""
    talk = EventRecord.objects.exclude(subject_id="").order_by("-occurred_at")
    newest = talk.values_list("occurred_at", flat=True).first()
    if newest is None:
        return None
    local: datetime = newest.astimezone(ZoneInfo(community.settings().timezone))
    return local.date()
