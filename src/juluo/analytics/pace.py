"""Where a target should stand on a day, whether it will be met, and how far several are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juluo.analytics.forecast import Band

# Chances of being met, and how far behind (of the whole way) is no reason for alarm yet.
LIKELY, POSSIBLE = 0.5, 0.2
_HARDLY_BEHIND = 0.1


class Status(StrEnum):
    """How a target stands."""

    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    ON_PACE = "on_pace"
    AT_RISK = "at_risk"
    OFF_PACE = "off_pace"
    REACHED = "reached"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Way:
    """From where to where a target goes, and in which days; ``end`` is the first one after.

    A *total* begins at nothing on the first day and grows to the target; a *level* goes from
    the baseline to it. ``shape`` holds, for each day, which part of a total had come by its end
    in the same days of another season; without it every day counts alike.
    """

    start: date
    end: date
    baseline: float
    target: float
    higher_is_better: bool
    is_total: bool
    shape: tuple[float, ...] = ()

    @property
    def origin(self) -> float:
        """The value that pace begins with."""
        return 0.0 if self.is_total else self.baseline

    def passed(self, until: date) -> float:
        """Return which part of the way is over when ``until`` begins, by the season's shape."""
        days = (self.end - self.start).days
        gone = min(max((until - self.start).days, 0), days)
        if gone in {0, days} or len(self.shape) != days:
            return gone / days
        return self.shape[gone - 1]

    def pace(self, until: date) -> float:
        """Return where the value should be when ``until`` begins."""
        return self.origin + (self.target - self.origin) * self.passed(until)

    def meets(self, value: float) -> bool:
        """Say whether a value is as good as the target."""
        return value >= self.target if self.higher_is_better else value <= self.target

    def progress(self, value: float | None, until: date) -> float | None:
        """Return how far a value is on the way, from 0 to 1; None if nothing is measured.

        A total that should stay low (losses) is as far as its days, less what it is over pace.
        """
        if value is None:
            return None
        if self.is_total and not self.higher_is_better:
            allowed = self.pace(until)
            part = self.passed(until) * (min(1.0, allowed / value) if value > 0 else 1.0)
        elif self.target == self.origin:
            part = 1.0 if self.meets(value) else 0.0
        else:
            part = (value - self.origin) / (self.target - self.origin)
        return min(max(part, 0.0), 1.0)


def status(
    way: Way, *, today: date, value: float | None, until: date, is_final: bool, band: "Band | None"
) -> Status:
    """Return how a target stands today.

    ``value`` is measured up to the day ``until`` (not counted); ``is_final`` says that nothing
    after it can count. Whoever is as far as pace wants, or will likely arrive, is on pace; whoever
    is behind and will hardly arrive is off pace.
    """
    if today < way.start:
        return Status.NOT_STARTED
    if value is None:
        return Status.NO_DATA
    if is_final:
        return Status.REACHED if way.meets(value) else Status.MISSED
    if way.is_total and way.meets(value) == way.higher_is_better:
        # Sums only grow: what is reached stays so, and what is over its limit too.
        return Status.REACHED if way.higher_is_better else Status.MISSED
    return _under_way(way, value, until, band)


def _under_way(way: Way, value: float, until: date, band: "Band | None") -> Status:
    wanted = way.pace(until)
    behind = wanted - value if way.higher_is_better else value - wanted
    chance = band.chance_of(way.target, higher_is_better=way.higher_is_better) if band else None
    if behind <= 0 or (chance is not None and chance >= LIKELY):
        return Status.ON_PACE
    # To hold a level is no way at all: what is hardly below it is measured by the level.
    length = abs(way.target - way.origin) or abs(way.target)
    hardly = behind <= _HARDLY_BEHIND * length
    if hardly or (chance is not None and chance >= POSSIBLE):
        return Status.AT_RISK
    return Status.OFF_PACE


@dataclass(frozen=True, kw_only=True)
class Rolled:
    """The progress of several together; ``unmeasured`` weights are not in it."""

    progress: float | None
    weight: int
    unmeasured: int


def roll_up(parts: Sequence[tuple[float | None, int]]) -> Rolled:
    """Return the weighted mean of progresses given as (progress or None, weight)."""
    measured = [(part, weight) for part, weight in parts if part is not None]
    weight = sum(each for _part, each in measured)
    together = sum(part * each for part, each in measured) / weight if weight else None
    unmeasured = sum(each for part, each in parts if part is None)
    return Rolled(progress=together, weight=weight, unmeasured=unmeasured)


def worst(statuses: Sequence[Status]) -> Status:
    """Return the status that speaks for several: the one that needs somebody most."""
    order = (
        Status.MISSED,
        Status.OFF_PACE,
        Status.AT_RISK,
        Status.NO_DATA,
        Status.NOT_STARTED,
        Status.ON_PACE,
        Status.REACHED,
    )
    return min(statuses, key=order.index, default=Status.NO_DATA)


def shape_of(values: Sequence[float | None]) -> tuple[float, ...]:
    """Return, for each day of a window, which part of its total had come by its end."""
    known = [value or 0.0 for value in values]
    total, come, shape = sum(known), 0.0, []
    if total <= 0:
        return ()
    for value in known:
        come += value
        shape.append(come / total)
    return tuple(shape)
