"""What the effects' verdicts are worth: campaigns that did nothing, and ones that did something.

``python benchmarks/effects.py`` simulates campaigns without effect, judged by a hold-out, by a
mixture of series left alone (synthetic) and by before and after, and counts how many are called
effective; then true rises of five points at the planned sample, and of a series by two thirds.
Hold-outs have 80 to 2,000 people in each arm and shares of .05 to .6. Series are 60 weeks of a
community with a swing and a drift in common and a memory of their own, the last four treated.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from juluo.analytics.effects import Effect, Verdict, before_and_after, holdout, needed_sample
from juluo.analytics.effects import synthetic as against_others

FIRST_SEED = 9_000
BASES, RISE, LIFT = (0.1, 0.3, 0.5), 0.05, 0.67
WEEKS, TREATED = 60, 4
Random = np.random.Generator


def world(random: Random, effect: float) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return a treated series of weekly counts, and five that were left alone."""
    swing = 0.2 * np.sin(np.arange(WEEKS) / 8 + random.uniform(0, 2 * np.pi))
    common = np.cumsum(random.normal(0, 0.03, WEEKS)) + swing
    series = []
    for _ in range(6):
        own = np.zeros(WEEKS)
        for week in range(1, WEEKS):
            own[week] = 0.5 * own[week - 1] + random.normal(0, 0.06)
        series.append(random.poisson(np.exp(np.log(random.uniform(40, 200)) + common + own)))
    treated = series[0].astype(float)
    treated[-TREATED:] *= 1 + effect
    return treated, series[1:]


def held_out(random: Random, effect: float) -> Effect:
    """Judge one campaign against a hold-out of the same size."""
    share, many = random.uniform(0.05, 0.6), int(random.integers(80, 2000))
    return _arms(random, share, effect, many)


def _arms(random: Random, share: float, effect: float, many: int) -> Effect:
    treated, control = (int(random.binomial(many, each)) for each in (share + effect, share))
    return holdout(treated=(treated, many), control=(control, many))


def synthetic(random: Random, effect: float) -> Effect:
    """Judge one campaign against series left alone."""
    treated, others = world(random, effect)
    return against_others(treated, others, periods=TREATED)


def alone(random: Random, effect: float) -> Effect:
    """Judge one campaign by its own past."""
    treated, _others = world(random, effect)
    return before_and_after(treated, periods=TREATED)


Judge = Callable[[Random, float], Effect]
METHODS: dict[str, Judge] = {
    "hold-out": held_out,
    "synthetic": synthetic,
    "before and after": alone,
}


def called(judge: Judge, random: Random, effect: float, runs: int) -> dict[Verdict, int]:
    """Return how often each verdict was given."""
    found = [judge(random, effect).verdict for _ in range(runs)]
    return {verdict: found.count(verdict) for verdict in Verdict}


def main() -> None:
    """Print how often nothing, and something, is called effective."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    given = parser.parse_args()
    began, runs = time.process_time(), given.runs
    random = np.random.default_rng(given.seed)
    print("| done | judged by | runs | effective | harmful | not shown |")
    print("|---|---|---:|---:|---:|---:|")
    for name, judge in METHODS.items():
        _row("nothing", name, called(judge, random, 0.0, runs), runs)
    for base in BASES:
        many = needed_sample(base=base, rise=RISE)

        def planned(random: Random, effect: float, base: float = base, many: int = many) -> Effect:
            return _arms(random, base, effect, many)

        what = f"five points more than {base:.0%}"
        _row(what, f"hold-out, {many} in each arm", called(planned, random, RISE, runs), runs)
    for name in ("synthetic", "before and after"):
        _row("two thirds more", name, called(METHODS[name], random, LIFT, runs), runs)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


def _row(done: str, judged: str, found: dict[Verdict, int], runs: int) -> None:
    told = (Verdict.EFFECTIVE, Verdict.HARMFUL, Verdict.NOT_SHOWN)
    counts = " | ".join(f"{found[each]} ({found[each] / runs:.1%})" for each in told)
    print(f"| {done} | {judged} | {runs} | {counts} |")


if __name__ == "__main__":
    main()
