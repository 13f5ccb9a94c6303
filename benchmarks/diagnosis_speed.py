"""How long a diagnosis takes over a year of a large community.

``python benchmarks/diagnosis_speed.py --events 1000000`` makes the log of ``engine.py``, lets a
large space lose most of its events in November, and explains seven days and four weeks of some
metrics, in CPU seconds: the engine's cells of all windows, the search, and the days of what was
found.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
from engine import AS_OF, ZONE, make_log

from juluo.analytics.diagnosis import diagnose
from juluo.analytics.log import EventLog
from juluo.analytics.question import Grain, Question
from juluo.analytics.rollup import build_month

METRICS = (
    "content.contributions",
    "members.active",
    "response.answered_1d",
    "content.per_active",
    "interaction.per_contribution",
    "members.quick_ratio",
)
# Home of the member who writes most.
LARGEST, FELL = 1 + 7919 % 40, "2024-11-18"
WINDOWS = (
    (date(2024, 11, 25), date(2024, 12, 2)),
    (date(2024, 11, 4), date(2024, 12, 2)),
)


def emptied(log: EventLog) -> EventLog:
    """Take nine in ten of the largest space's events away, from a day on."""
    for month in log.months[10:]:
        (path,) = month.files
        fuller = path.rename(path.with_suffix(".full"))
        duckdb.execute(f"""COPY (
          SELECT * FROM read_parquet('{fuller}') WHERE NOT (occurred_at >= '{FELL}' AND
            space_id = {LARGEST} AND hash(key) % 10 > 0) ORDER BY occurred_at
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)""")
        if month.rollup:
            build_month(month.files, ZONE, month.rollup)
    return log


def main() -> None:
    """Make the log, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--metrics", nargs="*", default=METRICS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juluo-bench-") as name:
        log = emptied(make_log(Path(name), given.events))
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
