"""How long a diagnosis takes over a year of a large community.

``python benchmarks/diagnosis_speed.py --events 1000000`` makes the log of ``engine.py`` and explains
seven days and four weeks of some metrics, in CPU seconds: the engine's cells of all windows, the
search, and the days of what was found.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from datetime import date
from pathlib import Path

from engine import AS_OF, ZONE, make_log

from juluo.analytics.diagnosis import diagnose
from juluo.analytics.question import Grain, Question

METRICS = (
    "content.contributions",
    "members.active",
    "response.answered_1d",
    "content.per_active",
    "interaction.per_contribution",
    "members.quick_ratio",
)
WINDOWS = (
    (date(2024, 11, 25), date(2024, 12, 2)),
    (date(2024, 11, 4), date(2024, 12, 2)),
)


def main() -> None:
    """Make the log, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--metrics", nargs="*", default=METRICS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juluo-bench-") as name:
        log = make_log(Path(name), given.events)
        print("| metric | days | causes | CPU s | s by the clock |\n|---|---:|---:|---:|---:|")
        for key in given.metrics:
            for start, end in WINDOWS:
                asked = Question(key=key, start=start, end=end, grain=Grain.WINDOW, timezone=ZONE)
                profile = cProfile.Profile()
                began, clock = time.process_time(), time.perf_counter()
                if given.profile:
                    profile.enable()
                found = diagnose(asked, log=log, as_of=AS_OF)
                profile.disable()
                spent, passed = time.process_time() - began, time.perf_counter() - clock
                print(f"| `{key}` | {(end - start).days} | {len(found.causes)} "
                      f"| {spent:.1f} | {passed:.1f} |", flush=True)  # fmt: skip
                if given.profile:
                    pstats.Stats(profile).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    main()
