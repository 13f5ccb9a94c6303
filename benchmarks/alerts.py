"""Our alerts against a plain rule of two standard deviations, on a year of real communities.

``python benchmarks/alerts.py`` takes the last year of each shared export and of the demonstration,
looks at every day and week as alerts do, knowing only what came before, and counts episodes: runs
of periods out of bounds. The plain rule: outside the mean and two standard deviations of the last
28 days or 12 weeks. A later look, which knows both sides, confirms an episode if the value lies
outside what eight periods before and eight after make likely (leaving it out; Poisson at least,
nineteen in twenty), or if the change stayed: the median of the next three periods lies outside the
middle 80 % of the eight before, on the same side. ``--series FILE`` keeps the series for another
run, shared with ``forecasts.py``.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import fmean, median, stdev

from forecasts import METRICS, series

from juluo.analytics.forecast import Scale
from juluo.analytics.question import Grain
from juluo.domains.insights.rules import look

YEAR = {Grain.DAY: 365, Grain.WEEK: 52}
PLAIN = {Grain.DAY: 28, Grain.WEEK: 12}
AROUND = 8
Values = list[float | None]


@dataclass
class Count:
    """Episodes that a rule raised, and those that a later look confirmed."""

    looks: int = 0
    raised: int = 0
    confirmed: int = 0
    judged: int = 0
    odd: int = 0
    told: int = 0
    firing: bool = field(default=False, repr=False)


def plain(before: Values, observed: float, grain: Grain) -> bool | None:
    """Tell whether a value lies outside two standard deviations of the last periods."""
    known = [value for value in before[-PLAIN[grain] :] if value is not None]
    if len(known) < PLAIN[grain]:
        return None
    return abs(observed - fmean(known)) > 2 * stdev(known)


def ours(before: Values, observed: float, grain: Grain, scale: Scale) -> bool | None:
    """Tell whether an alert with its usual width would fire."""
    found = look(
        rule="anomaly",
        side="both",
        value=3.0,
        before=before,
        observed=observed,
        grain=grain,
        counts=scale is Scale.COUNT,
        most=1.0 if scale is Scale.SHARE else None,
    )
    return found.fires


def confirmed(values: Values, place: int, scale: Scale, grain: Grain) -> bool | None:
    """Tell whether a later look finds the period odd, or the change lasting.

    None: too near the end to say.
    """
    step = 7 if grain is Grain.DAY else 1
    # Days are compared with the same weekdays.
    before = [values[place - n * step] for n in range(1, AROUND + 1) if place - n * step >= 0]
    later = (place + n * step for n in range(1, AROUND + 1))
    after = [values[each] for each in later if each < len(values)]
    sides = [value for value in (*before, *after) if value is not None]
    observed = values[place]
    if observed is None or len(after) < 3 or len(sides) < AROUND:
        return None
    scatter = stdev(sides)
    if scale is Scale.COUNT:
        scatter = max(scatter, sqrt(fmean(sides)))
    if abs(observed - fmean(sides)) > 1.96 * scatter:
        return True
    known = sorted(value for value in before if value is not None)
    if len(known) < AROUND:
        return False
    low, high = known[0], known[-1]
    next_three = median([value or 0.0 for value in after[:3]])
    return next_three < low if observed < median(known) else next_three > high


def walk(name: str, values: Values, counts: dict[tuple[str, str, str], Count]) -> None:
    """Look at each period of a series' last year with both rules."""
    community, key, cut = name.split("|")
    grain, scale = Grain(cut), METRICS[key]
    for rule in ("ours", "two sigmas"):
        count = counts[community, cut, rule]
        count.firing = False
        for place in range(max(len(values) - YEAR[grain], 0), len(values)):
            observed, before = values[place], values[:place]
            if observed is None:
                continue
            fires = (
                ours(before, observed, grain, scale)
                if rule == "ours"
                else plain(before, observed, grain)
            )
            if fires is None:
                continue
            count.looks += 1
            verdict = confirmed(values, place, scale, grain)
            count.odd += bool(verdict)
            count.told += bool(verdict and fires)
            if fires and not count.firing:
                note(count, verdict)
            count.firing = fires


def note(count: Count, verdict: bool | None) -> None:  # noqa: FBT001 - the verdict is the matter
    """Count an episode, and whether a later look confirms it."""
    count.raised += 1
    if verdict is not None:
        count.judged += 1
        count.confirmed += verdict


def main() -> None:
    """Print how many episodes each rule raised, and the share that a later look confirms."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--series", type=Path)
    given, _others = parser.parse_known_args()
    if given.series and given.series.exists():
        known: dict[str, Values] = json.loads(given.series.read_text())
    else:
        known = series()
    counts: dict[tuple[str, str, str], Count] = defaultdict(Count)
    for name, values in known.items():
        if Grain(name.rpartition("|")[2]) in YEAR:
            walk(name, values, counts)
    print("| community | grain | rule | looks | raised | confirmed later | odd later, told |")
    print("|---|---|---|---:|---:|---:|---:|")
    total: dict[str, Count] = defaultdict(Count)
    for (community, grain, rule), count in sorted(counts.items()):
        print(row(community, grain, rule, count))
        for name in ("looks", "raised", "judged", "confirmed", "odd", "told"):
            setattr(total[rule], name, getattr(total[rule], name) + getattr(count, name))
    for rule, count in sorted(total.items()):
        print(row("all", "", rule, count))


def row(community: str, grain: str, rule: str, count: Count) -> str:
    """Return one line of the table."""
    share = f" ({count.confirmed / count.judged:.0%})" if count.judged else ""
    told = f" ({count.told / count.odd:.0%})" if count.odd else ""
    return (
        f"| {community} | {grain} | {rule} | {count.looks:,} | {count.raised} "
        f"| {count.confirmed} of {count.judged}{share} | {count.told} of {count.odd}{told} |"
    )


if __name__ == "__main__":
    main()
