"""What somebody asks of a metric, made a target that can be set, or refused with its field."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Filters, Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.planning.queries.measuring import proposed_baseline
from juluo.domains.planning.rules import goals as rules
from juluo.domains.planning.rules.goals import Aim, Wanted


class NoTarget(ValueError):
    """What is asked for cannot be a target; ``field`` is what is wrong with it, and why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A target as a program asks for it, in the metric's own unit."""

    metric: str
    target: float
    baseline: float | None = None
    is_total: bool = False
    grain: Grain | None = None
    weight: int = 1
    spaces: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    exclude_staff: bool = False


def wanted(asked: Asked, *, start: date, end: date, now: datetime) -> Wanted:
    """Return the target that is asked for; a baseline left out is the metric's own last figure.

    :raises NoTarget: if the metric cannot be measured like this, or has no baseline.
    """
    aim = _aim(asked, start, end)
    if aim.definition.unit == "share" and asked.target > 1:
        raise NoTarget("target", "A share is 1 at the most.")
    baseline = asked.baseline
    if baseline is None:
        baseline = proposed_baseline(aim, start=start, end=end, now=now)
    if baseline is None:
        raise NoTarget("baseline", _("Nothing was measured yet: say which figure it begins with."))
    return Wanted(aim=aim, baseline=baseline, value=asked.target, weight=asked.weight)


def _aim(asked: Asked, start: date, end: date) -> Aim:
    definition = METRICS.get(asked.metric)
    if definition is None or definition not in rules.goal_metrics():
        raise NoTarget("metric", "Goals cannot be bound to this metric.")
    if asked.is_total and Grain.WINDOW not in definition.grains:
        raise NoTarget("is_total", _("This metric has no total over several days."))
    grain = rules.fitting_grain(definition, asked.grain, start=start, end=end)
    if not asked.is_total and not rules.holds_a_period(start, end, grain):
        raise NoTarget("grain", _("No whole period of this length lies within the days."))
    return Aim(
        metric=asked.metric,
        # A total is not cut; the column has to hold something.
        grain=Grain.MONTH if asked.is_total else grain,
        is_total=asked.is_total,
        filters=_filters(asked),
    )


def _filters(asked: Asked) -> Filters:
    if set(asked.spaces) - set(discussions.space_names(asked.spaces)):
        raise NoTarget("spaces", "There is no such space.")
    if set(asked.sources) - set(members.sources()):
        raise NoTarget("sources", "There is no such source.")
    return Filters(exclude_staff=asked.exclude_staff, spaces=asked.spaces, sources=asked.sources)
