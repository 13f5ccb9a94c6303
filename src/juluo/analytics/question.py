"""What is asked of a metric, and what comes back. Every face of Juluo uses these."""

from dataclasses import dataclass
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
