"""Our forecast bands against seasonal naive's, on the past of real communities.

``python benchmarks/forecasts.py`` imports the shared exports and the demonstration into a home of
its own, asks the metric engine for whole days, weeks and months, and forecasts from many moments of
the past what came later, knowing only what was known then. It prints how often an 80 % band held
the truth and the mean interval score (Gneiting and Raftery 2007), in units of the series' usual
seasonal difference. ``--windows`` is the most for each series and distance; ``--series FILE`` keeps
the series for another run.

The baseline is the textbook's: the value a season ago (the last one, where no season was seen
twice), and 1.2816 root mean squares of the past seasonal differences, times the root of the number
of seasons ahead. Windows are spread evenly over each series. The promise is judged twice over every
window: of the real communities alone, and with the demonstration. Every second window of a series
was used to choose among variants of the method; the others were kept for judging the choice.
"""

import argparse
import json
import math
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from juluo.analytics.forecast import Past, Scale, TooLittleHistory, forecast, forecast_total
from juluo.analytics.question import Filters, Grain

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT.parent / "shared" / "fixtures"
EXPORTS = (("slack", "slack"), ("stackexchange", "stackexchange"), ("discord", "discord_html"))
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
# One or two metrics of each kind a goal can have, chosen before anything was measured.
METRICS = {
    "content.contributions": Scale.COUNT,
    "interaction.reactions": Scale.COUNT,
    "interaction.replies": Scale.COUNT,
    "members.active": Scale.COUNT,
    "members.contributing": Scale.COUNT,
    "members.new": Scale.COUNT,
    "influence.reach": Scale.COUNT,
    "content.per_active": Scale.AMOUNT,
    "members.stickiness": Scale.SHARE,
    "participation.contributors_share": Scale.SHARE,
    "response.answered_7d": Scale.SHARE,
}
SUMMED = {"content.contributions", "interaction.reactions", "interaction.replies", "members.new"}
AHEAD = {Grain.DAY: (1, 7, 14, 28), Grain.WEEK: (1, 4, 8, 13), Grain.MONTH: (1, 3)}
SEASON = {Grain.DAY: 7, Grain.WEEK: 52, Grain.MONTH: 12}
RECENT = {Grain.DAY: 28, Grain.WEEK: 26, Grain.MONTH: 12}
# A count of less than this a period, lately, is a rare event; they have a row of their own.
RARE = 2.0
COVER = 0.8
Z80 = 1.2815515594457831


@dataclass(frozen=True)
class Window:
    """One forecast of the past and what became of it."""

    community: str
    metric: str
    grain: Grain
    what: str
    is_rare: bool
    is_chosen_on: bool
    # Which part of the same values of the past was 0.
    zeros: float
    truth: float
    ours: tuple[float, float]
    naive: tuple[float, float]
    unit: float


def series() -> dict[str, list[float | None]]:
    """Import everything and return the whole periods of each community's metrics."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juluo.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from juluo.importers.demonstration import fill
    from juluo.importers.services import ImportRequest, ask_for_import, run_import

    call_command("migrate", verbosity=0)
    for name, folder in EXPORTS:
        request = ImportRequest(format=name, path=FIXTURES / folder, zone=ZoneInfo("UTC"), name="")
        run = ask_for_import(request=request, label=folder, at=NOW)
        run_import(run_id=run.pk, request=request)
    fill(now=NOW)
    sources = [name for name, _folder in EXPORTS] + ["demonstration"]
    return {
        f"{source}|{key}|{grain.value}": whole_periods(source, key, grain)
        for source in sources
        for key in METRICS
        for grain in AHEAD
    }


def whole_periods(source: str, key: str, grain: Grain) -> list[float | None]:
    """Ask a community's metric from its first to its last day, without the cut off ends."""
    from juluo.domains.insights import queries

    first, last = days_of(source)
    asked = queries.question(
        key,
        start=first,
        end=last + timedelta(days=1),
        grain=grain,
        timezone="UTC",
        filters=Filters(sources=(source,)),
    )
    answer = queries.ask(asked, log=queries.current_log(), now=NOW)
    return [point.value for point in answer.points][1:-1]


def days_of(source: str) -> tuple[date, date]:
    """Return the first and the last day of a community's talk."""
    from juluo.eventlog.models import EventRecord

    talk = EventRecord.objects.filter(source=source).exclude(subject_id="")
    moments = talk.order_by("occurred_at").values_list("occurred_at", flat=True)
    return moments[0].date(), moments.reverse()[0].date()


def windows(name: str, values: list[float | None], most: int) -> Iterator[Window]:
    """Forecast a series from moments spread evenly over it."""
    grain = Grain(name.rpartition("|")[2])
    metric = name.split("|")[1]
    for ahead in AHEAD[grain]:
        yield from spread(name, values, ahead, total=False, most=most)
        if metric in SUMMED and ahead > 1:
            yield from spread(name, values, ahead, total=True, most=most)


def spread(
    name: str, values: list[float | None], ahead: int, *, total: bool, most: int
) -> Iterator[Window]:
    """Take at most so many moments at this distance."""
    origins = range(8, len(values) - ahead + 1)
    if not origins:
        return
    chosen = np.unique(np.linspace(origins[0], origins[-1], most).round().astype(int))
    tried = (one(name, values, int(origin), ahead, total=total) for origin in chosen)
    for place, found in enumerate(each for each in tried if each is not None):
        yield replace(found, is_chosen_on=place % 2 == 0)


def one(
    name: str, values: list[float | None], origin: int, ahead: int, *, total: bool
) -> Window | None:
    """Forecast from one moment; None where we say nothing, or there is nothing to compare."""
    community, metric, word = name.split("|")
    grain, known, later = Grain(word), values[:origin], values[origin : origin + ahead]
    if later[-1] is None or (total and None in later):
        return None
    past = Past(values=tuple(known), grain=grain, scale=METRICS[metric])
    try:
        band = forecast_total(past, periods=ahead) if total else forecast(past, ahead=ahead)
    except TooLittleHistory:
        return None
    filled = carried(known)
    baseline = seasonal_naive(filled, SEASON[grain], ahead, total=total)
    if baseline is None:
        return None
    low, high, unit = baseline
    return Window(
        community=community,
        metric=metric,
        grain=grain,
        what=f"{'sum of' if total else 'after'} {ahead}",
        is_rare=METRICS[metric] is Scale.COUNT and filled[-RECENT[grain] :].mean() < RARE,
        is_chosen_on=False,
        zeros=zeros(filled, ahead if total else 1),
        truth=sum(later) if total else later[-1],  # type: ignore[arg-type]
        ours=(band.low, band.high),
        naive=(low, high),
        unit=unit,
    )


def carried(values: list[float | None]) -> "np.ndarray":
    """Fill gaps with the value before."""
    filled, last = [], 0.0
    for value in values:
        last = last if value is None else value
        filled.append(last)
    return np.array(filled)


def zeros(filled: "np.ndarray", periods: int) -> float:
    """Return which part of all sums of so many values was 0."""
    sums = np.convolve(filled, np.ones(periods), mode="valid")
    return float(np.mean(sums == 0)) if len(sums) else 0.0


def seasonal_naive(
    known: "np.ndarray", season: int, ahead: int, *, total: bool
) -> tuple[float, float, float] | None:
    """Return the textbook's band and the usual seasonal difference; None if nothing ever moved."""
    season = season if len(known) >= 2 * season else 1
    moved = known[season:] - known[:-season]
    if not np.any(moved):
        return None
    scatter = math.sqrt(float(np.mean(np.square(moved))))
    path = known[-season:][np.arange(ahead) % season]
    middle, width = path[-1], scatter * math.sqrt((ahead - 1) // season + 1)
    if total:
        # Each place in the season walks on its own: a sum of walks, added up along each.
        steps = np.bincount(np.arange(ahead) % season)
        shared = sum(sum(min(a, b) + 1 for a in range(n) for b in range(n)) for n in steps)
        middle, width = path.sum(), scatter * math.sqrt(shared)
    unit = float(np.abs(moved).mean())
    return float(middle - Z80 * width), float(middle + Z80 * width), unit


def interval_score(truth: float, band: tuple[float, float]) -> float:
    """Return the band's width and ten times what it missed by: less is better."""
    low, high = band
    return high - low + 10 * max(low - truth, 0) + 10 * max(truth - high, 0)


def holds(truth: float, band: tuple[float, float]) -> bool:
    """Say whether a band held the truth."""
    return band[0] - 1e-9 <= truth <= band[1] + 1e-9


def table(found: list[Window], by: Callable[[Window], str]) -> None:
    """Print coverage and score for each group."""
    print("| windows of | windows | held by ours | by naive | our score | naive's | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    groups = defaultdict(list)
    for window in found:
        groups[by(window)].append(window)
    for name, group in sorted(groups.items()):
        ours = np.mean([holds(each.truth, each.ours) for each in group])
        naive = np.mean([holds(each.truth, each.naive) for each in group])
        score = np.mean([interval_score(each.truth, each.ours) / each.unit for each in group])
        other = np.mean([interval_score(each.truth, each.naive) / each.unit for each in group])
        print(f"| {name} | {len(group):,} | {ours:.1%} | {naive:.1%} | {score:.2f} | {other:.2f} "
              f"| {score / other:.2f} |")  # fmt: skip
    print()


def mostly_nothing(found: list[Window]) -> None:
    """Say how many windows no band can hold less often, and what that bounds."""
    counts = [each for each in found if METRICS[each.metric] is Scale.COUNT]
    still = [each for each in counts if each.zeros > COVER]
    came = np.mean([each.truth == 0 for each in still])
    least = (len(still) * came + (len(found) - len(still)) * COVER) / len(found)
    print(f"In {len(still):,} of {len(found):,} windows more than four in five of such counts were "
          f"0 before. 0 came in {came:.1%} of them: a band of 0 alone there, and 80 % of all "
          f"others, is {least:.1%} held.")  # fmt: skip


def is_kept(name: str, found: list[Window]) -> bool:
    """Print and return whether the bands of these windows keep the promise."""
    held = np.mean([holds(each.truth, each.ours) for each in found])
    ratio = np.mean([interval_score(each.truth, each.ours) / each.unit for each in found])
    ratio /= np.mean([interval_score(each.truth, each.naive) / each.unit for each in found])
    kept = 0.75 <= held <= 0.85 and ratio < 1 and len(found) >= 300
    print(f"Promise {'kept' if kept else 'BROKEN'} over {name}: "
          f"{held:.1%} held, score ratio {ratio:.2f}.")  # fmt: skip
    return bool(kept)


def main() -> None:
    """Measure and print; fail if the bands do not keep their promise over all windows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--series", type=Path)
    options = parser.parse_args()
    if options.series and options.series.exists():
        known = json.loads(options.series.read_text())
    else:
        known = series()
        if options.series:
            options.series.write_text(json.dumps(known))
    started = time.process_time()
    found = [
        each for name, values in known.items() for each in windows(name, values, options.windows)
    ]
    spent = time.process_time() - started
    print(f"{len(found):,} windows in {spent:.0f} CPU s\n")
    real = [each for each in found if each.community != "demonstration"]
    table(real, lambda _each: "the real communities")
    table(found, lambda _each: "all")
    table(real, lambda each: f"real, {'chosen on' if each.is_chosen_on else 'kept for judging'}")
    table(real, lambda each: f"real, {'rare events' if each.is_rare else 'everything else'}")
    table(found, lambda each: "rare events" if each.is_rare else "everything else")
    table(found, lambda each: f"{each.community}, by {each.grain.value}")
    table(found, lambda each: f"by {each.grain.value}, {each.what}")
    table(found, lambda each: f"`{each.metric}`")
    mostly_nothing(real)
    kept = [is_kept("the real communities", real), is_kept("all windows", found)]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
