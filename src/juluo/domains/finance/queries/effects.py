"""What one unit of a measured effect cost, with its range; or why that cannot be said."""

from dataclasses import dataclass
from datetime import date, datetime
from math import hypot
from statistics import fmean

from juluo.analytics.definition import Direction, Metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Filters, Point
from juluo.domains.finance.rules.effects import Effect, Verdict, effect, unit_cost, verdict
from juluo.domains.finance.types import Amount, Money
from juluo.domains.insights.queries import Headline, window_headlines

# The step of a metric's unit that a cost is given for.
STEPS = {"share": 0.01, "seconds": 3600.0}


@dataclass(frozen=True, kw_only=True)
class CostOfEffect:
    """A cost beside the change of a metric that it was spent on.

    ``each`` with ``each_low`` and ``each_high`` is the cost of one unit (of a share: of one
    percentage point; of a time: of an hour) and is given only where the change is measurable.
    """

    metric: Metric
    cost: Amount
    start: date
    end: date
    value: float | None
    baseline: float | None
    effect: Effect | None
    verdict: Verdict
    each: Amount | None
    each_low: Amount | None
    each_high: Amount | None
    data_version: str


def cost_of_effect(
    *,
    cost: Money,
    metric_key: str,
    start: date,
    end: date,
    log: EventLog,
    now: datetime,
    baseline: float | None = None,
    filters: Filters | None = None,
) -> CostOfEffect:
    """Set a cost against how a metric moved over the days ``[start, end)``.

    The baseline is the mean of the comparable windows before, or what is given (a goal's own).
    How far the value strays by itself comes from those windows; with too few of them, from the
    95 % intervals of the two shares. Where that leaves room for no change at all, no unit cost
    is given.
    """
    keys = (metric_key,)
    (line,) = window_headlines(start, end, log=log, now=now, keys=keys, filters=filters)
    usual = _baseline(line, baseline)
    found = _effect(line, usual)
    words = Verdict.NO_FIGURE if line.point.value is None else verdict(cost.amount, found)
    each = None
    if found is not None and words is Verdict.MEASURED:
        each = unit_cost(cost.amount, found, unit=STEPS.get(line.metric.unit, 1.0))

    def amount(value: int | None) -> Amount | None:
        return Amount(value, cost.currency) if value is not None else None

    return CostOfEffect(
        metric=line.metric,
        cost=Amount(cost.amount, cost.currency),
        start=start,
        end=end,
        value=line.point.value,
        baseline=usual,
        effect=found,
        verdict=words,
        each=amount(each.middle if each else None),
        each_low=amount(each.low if each else None),
        each_high=amount(each.high if each else None),
        data_version=line.answer.data_version,
    )


def _baseline(line: Headline, given: float | None) -> float | None:
    if given is not None:
        return given
    before = _known(line)
    return fmean(before) if before else None


def _known(line: Headline) -> list[float]:
    return [point.value for point in line.trend[:-1] if point.value is not None]


def _effect(line: Headline, baseline: float | None) -> Effect | None:
    value = line.point.value
    strays = _strays(line)
    if value is None or baseline is None or strays is None:
        return None
    below, above = strays
    lower = line.metric.better is Direction.DOWN
    return effect(value, baseline, below=below, above=above, lower=lower)


def _strays(line: Headline) -> tuple[float, float] | None:
    """Return how far below and above its baseline a value may lie by itself."""
    if line.usual is not None:
        # No figure of ours is negative, so the range may be cut off below; the reach above is
        # the whole one, and the reach below is no smaller.
        middle = fmean(_known(line))
        reach = max(line.usual.high - middle, middle - line.usual.low)
        return reach, reach
    if line.before is not None:
        return _newcombe(line.before, line.point)
    return None


def _newcombe(before: Point, after: Point) -> tuple[float, float] | None:
    """Return the reach of the difference of two shares, from their own intervals."""
    ends = (before.value, before.low, before.high, after.value, after.low, after.high)
    if any(each is None for each in ends):
        return None
    value_before, low_before, high_before, value, low, high = (float(each or 0) for each in ends)
    above = hypot(value - low, high_before - value_before)
    below = hypot(high - value, value_before - low_before)
    return below, above
