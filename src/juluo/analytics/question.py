"""What is asked of a metric, and what comes back. Every face of Juluo uses these."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Grain(StrEnum):
    """How a window is cut into points; a week begins on Monday. ``WINDOW``: not cut at all."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WINDOW = "window"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Who and what is counted. Bots, system and test accounts are left out unless asked for."""

    include_bots: bool = False
    exclude_staff: bool = False
    spaces: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    # members.new only: count joining, where it is recorded, instead of first participation.
    by_joined: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """One metric over ``[start, end)`` local days: ``end`` is the first day not counted.

    ``by`` is a dimension of the metric. ``timezone`` is the community's unless overridden.
    """

    key: str
    start: date
    end: date
    grain: Grain
    timezone: str
    by: str | None = None
    filters: Filters = Filters()


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value: of the window's part that begins on ``start``.

    ``value`` is None where there is nothing to say (a share of nothing). A share carries
    ``part`` and ``whole``; ``low`` and ``high`` bound a 95 % interval where one is defined;
    ``sample`` is how many the value rests on. ``group`` is set when split (a space's id as
    text, a source …); ``row`` holds the further columns of a table metric.
    """

    start: date
    value: float | None
    part: float | None = None
    whole: float | None = None
    low: float | None = None
    high: float | None = None
    sample: int | None = None
    group: str | None = None
    row: tuple[tuple[str, float | str | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The points, and the evidence for them.

    ``query`` is the SQL that was run; ``data_version`` names the state of the log it ran on.
    ``note_keys`` name what a reader must know, e.g. ``not_recorded``, ``edge_points_partial``.
    """

    question: Question
    version: int
    unit: str
    points: tuple[Point, ...]
    query: str
    data_version: str
    note_keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which of the records behind a point are listed: those of all that is set."""

    role: str | None = None
    name: str | None = None
    actor_id: int | None = None
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Records:
    """The events behind one point: ``rows`` is one page of ``total``, newest first.

    Rows have the columns of EVENT_SCHEMA and ``role``: ``whole`` or ``part`` for a share or a
    ratio (a part's event belongs to the whole as well), else ``counted``.
    """

    question: Question
    total: int
    rows: tuple[dict[str, Any], ...]
    query: str
    data_version: str


def question_to_plain(question: Question) -> dict[str, Any]:
    """Return a question as plain values, ready for JSON."""
    filters = {name: value for name, value in asdict(question.filters).items() if value}
    return {
        "key": question.key,
        "start": question.start.isoformat(),
        "end": question.end.isoformat(),
        "grain": question.grain.value,
        "timezone": question.timezone,
        "by": question.by,
        "filters": filters,
    }


def question_from_plain(plain: Mapping[str, Any]) -> Question:
    """Return the question that was made plain."""
    filters: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list | tuple) else value
        for name, value in plain["filters"].items()
    }
    return Question(
        key=plain["key"],
        start=date.fromisoformat(plain["start"]),
        end=date.fromisoformat(plain["end"]),
        grain=Grain(plain["grain"]),
        timezone=plain["timezone"],
        by=plain["by"],
        filters=Filters(**filters),
    )


def point_to_plain(point: Point) -> dict[str, Any]:
    """Return a point as plain values, what is absent left out."""
    plain = {name: value for name, value in asdict(point).items() if value is not None}
    plain["start"] = point.start.isoformat()
    if point.row:
        plain["row"] = [list(pair) for pair in point.row]
    else:
        del plain["row"]
    return plain


def point_from_plain(plain: Mapping[str, Any]) -> Point:
    """Return the point that was made plain."""
    given = dict(plain)
    given.setdefault("value", None)
    given["start"] = date.fromisoformat(given["start"])
    given["row"] = tuple((name, value) for name, value in given.get("row", ()))
    return Point(**given)
