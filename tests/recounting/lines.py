"""The log as plain lines, and the part of it that a question looks at."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from juluo.analytics.question import Grain, Question
from juluo.domains.members.models import Member
from juluo.eventlog.models import EventRecord

POST, QUESTION = "discussions.post_published", "discussions.question_asked"
ANSWER, COMMENT = "discussions.answer_given", "discussions.comment_written"
MESSAGE = "messaging.message_sent"
ACCEPT, REACTION = "discussions.answer_accepted", "discussions.reacted"
JOINED, LEFT = "members.joined", "members.left"

WRITTEN = frozenset({POST, QUESTION, ANSWER, COMMENT, MESSAGE})
OPENINGS = frozenset({POST, QUESTION})
CONTRIBUTIONS = WRITTEN | {ACCEPT}
PARTICIPATION = CONTRIBUTIONS | {REACTION}

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event; ``who`` is the member it is of, ``day`` the community's day, ``role`` evidence."""

    key: str
    name: str
    at: datetime
    day: date
    who: int | None
    space: int | None
    source: str
    subject: str
    thread: str
    parent: str
    recipient: int | None
    amount: float
    is_dated: bool
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Everything:
    """The whole log, read once, and who is no person or is staff."""

    rows: tuple[dict[str, Any], ...]
    kinds: Mapping[int, str]
    staff: frozenset[int]
    _lines: dict[str, list[Line]] = field(default_factory=dict)

    def lines(self, timezone: str) -> list[Line]:
        """Return the log as lines, with the days of a time zone."""
        if timezone not in self._lines:
            zone = ZoneInfo(timezone)
            self._lines[timezone] = [line_of(row, zone) for row in self.rows]
        return self._lines[timezone]

    def out(self, question: Question) -> set[int]:
        """Return the members a question does not count."""
        filters = question.filters
        no_people = {pk for pk, kind in self.kinds.items() if kind != "person"}
        return (set() if filters.include_bots else no_people) | (
            set(self.staff) if filters.exclude_staff else set()
        )


def everything() -> Everything:
    """Read the log and the members from the database."""
    return Everything(
        rows=tuple(EventRecord.objects.order_by("occurred_at", "key").values()),
        kinds=dict(Member.objects.values_list("pk", "kind")),
        staff=frozenset(Member.objects.exclude(role="member").values_list("pk", flat=True)),
    )


def line_of(row: Mapping[str, Any], zone: ZoneInfo) -> Line:
    """Return a row of the log, or of the records behind a figure, as a line."""
    payload = row["payload"]
    payload = json.loads(payload) if isinstance(payload, str) else payload
    name, who = row["name"], row["actor_id"]
    if name in {JOINED, LEFT}:
        who = payload.get("member_id", who)
    at = row["occurred_at"].astimezone(UTC)
    return Line(
        key=row["key"],
        name=name,
        at=at,
        day=at.astimezone(zone).date(),
        who=who,
        space=row["space_id"],
        source=row["source"],
        subject=row["subject_id"] or "",
        thread=row["thread_id"] or "",
        parent=row["parent_id"] or "",
        recipient=row["recipient_id"],
        amount=1.0 if row["value"] is None else row["value"],
        is_dated=payload.get("dated", True),
        role=row.get("role", ""),
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One point's days ``[start, end)``; the window before it is ``[before, start)``."""

    start: date
    end: date
    before: date


def begin_of(day: date, grain: Grain) -> date:
    """Return the first day of the week or month that a day lies in."""
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain is Grain.MONTH else day


def after(day: date, grain: Grain) -> date:
    """Return the first day after the day's week or month."""
    following = day + DAY
    while begin_of(following, grain) == begin_of(day, grain):
        following += DAY
    return following


def parts(question: Question) -> list[Part]:
    """Cut a window into its points."""
    start, end, grain = question.start, question.end, question.grain
    if grain is Grain.WINDOW:
        return [Part(start=start, end=end, before=start - (end - start))]
    found = []
    while start < end:
        following = min(after(start, grain), end)
        found.append(Part(start=start, end=following, before=_one_before(start, grain)))
        start = following
    return found


def _one_before(day: date, grain: Grain) -> date:
    if grain is not Grain.MONTH:
        return day - timedelta(days=7 if grain is Grain.WEEK else 1)
    last = day.replace(day=1) - DAY
    return last.replace(day=min(day.day, last.day))


class Look:
    """What one question sees: counted people's lines up to a moment, here and everywhere."""

    def __init__(
        self, question: Question, lines: Iterable[Line], *, as_of: datetime, out: set[int]
    ) -> None:
        self.question, self.as_of, self.out = question, as_of, out
        self.zone = ZoneInfo(question.timezone)
        self.today = as_of.astimezone(self.zone).date()
        # A line of nobody is kept: it was written, though we do not know by whom.
        self.everywhere = [each for each in lines if each.at <= as_of and each.who not in out]
        filters = question.filters
        self._known_firsts: dict[frozenset[str], dict[int, date]] = {}
        self.here = [
            each
            for each in self.everywhere
            if (not filters.spaces or each.space in filters.spaces)
            and (not filters.sources or each.source in filters.sources)
        ]

    @classmethod
    def of(cls, question: Question, known: Everything, *, as_of: datetime) -> "Look":
        """Look at the whole log."""
        lines = known.lines(question.timezone)
        return cls(question, lines, as_of=as_of, out=known.out(question))

    @property
    def parts(self) -> list[Part]:
        """The question's points."""
        return parts(self.question)

    @cached_property
    def _by_day(self) -> dict[date, list[Line]]:
        found: dict[date, list[Line]] = defaultdict(list)
        for each in self.here:
            found[each.day].append(each)
        return found

    def between(self, start: date, end: date, names: frozenset[str]) -> list[Line]:
        """Return the lines of these names on the days ``[start, end)``."""
        days = (start + n * DAY for n in range((end - start).days))
        return [each for day in days for each in self._by_day.get(day, ()) if each.name in names]

    def people(self, start: date, end: date, names: frozenset[str] = PARTICIPATION) -> set[int]:
        """Return the known people with such a line on the days ``[start, end)``."""
        return {each.who for each in self.between(start, end, names) if each.who is not None}

    def firsts(self, names: frozenset[str] = PARTICIPATION) -> dict[int, date]:
        """Return each known person's first day with such a line."""
        if names not in self._known_firsts:
            self._known_firsts[names] = self._firsts(names, lambda _: True)
        return self._known_firsts[names]

    def first_joinings(self) -> dict[int, date]:
        """Return each person's first dated joining."""
        return self._firsts(frozenset({JOINED}), lambda each: each.is_dated)

    def _firsts(self, names: frozenset[str], chosen: Callable[[Line], bool]) -> dict[int, date]:
        found: dict[int, date] = {}
        for each in self.here:
            if each.who is not None and each.name in names and chosen(each):
                found[each.who] = min(each.day, found.get(each.who, each.day))
        return found

    def days_of(self, names: frozenset[str]) -> dict[int, set[date]]:
        """Return the days on which each known person had such a line."""
        found: dict[int, set[date]] = defaultdict(set)
        for each in self.here:
            if each.who is not None and each.name in names:
                found[each.who].add(each.day)
        return found

    def begins(self, day: date) -> datetime:
        """Return the moment a local day begins."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def is_over(self, day: date) -> bool:
        """Say whether everything before a local day has passed."""
        return self.begins(day) <= self.as_of
