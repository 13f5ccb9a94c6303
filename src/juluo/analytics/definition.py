"""What a metric's definition consists of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from juluo.analytics.question import Grain, Point

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.scope import Scope

Table = Any
# Writes the queries a metric needs, by name, and turns their rows into points.
Ask = Callable[["Scope"], Mapping[str, Table]]
Tell = Callable[["Scope", Mapping[str, "pa.Table"]], list[Point]]
# Writes the query for the events behind the scope's only point, with a column ``role``.
Evidence = Callable[["Scope"], Table]

ALL_GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.WINDOW)


class Kind(StrEnum):
    """What sort of number a metric is."""

    COUNT = "count"
    DISTINCT = "distinct"
    SHARE = "share"
    RATIO = "ratio"
    MEAN = "mean"
    QUANTILE = "quantile"
    INDEX = "index"
    SHARE_TABLE = "share_table"
    TABLE = "table"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Return the words in a language such as ``en`` or ``zh-hans``."""
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One number, one definition. ``version`` rises whenever the figure could change."""

    key: str
    title: Text
    question: Text
    formula: Text
    unit: str
    kind: Kind
    better: Direction
    ask: Ask
    tell: Tell
    evidence: Evidence
    version: int = 1
    grains: tuple[Grain, ...] = ALL_GRAINS
    dimensions: tuple[str, ...] = ()
    owner: str = "insights"
    note_keys: tuple[str, ...] = ()
    # The sum over a window's points, or over the groups of a split, is the whole.
    additive: bool = False
