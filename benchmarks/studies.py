"""What the explorer's studies cost on a synthetic log.

``python benchmarks/studies.py --events 1000000`` prints CPU and wall seconds of each.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine import AS_OF, END, START, ZONE, make_log

from juluo.analytics.funnel import Funnel, answer_funnel, members_of_step
from juluo.analytics.log import EventLog
from juluo.analytics.movement import Movement, answer_movement

FUNNEL = Funnel(
    steps=("participated", "contributed", "got_reply", "contributed_later"),
    within=28,
    start=START,
    end=END,
    timezone=ZONE,
    by="month",
)
MOVEMENT = Movement(before=START, after=END, timezone=ZONE)


def studies(log: EventLog) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    return {
        "funnel, four steps, by month": lambda: answer_funnel(FUNNEL, log=log, as_of=AS_OF),
        "funnel, fifty who were lost": lambda: members_of_step(
            FUNNEL, log=log, as_of=AS_OF, step=2, state="lost"
        ),
        "movement over the year": lambda: answer_movement(MOVEMENT, log=log, as_of=AS_OF),
    }


def main() -> None:
    """Measure each study three times, warm, and print the least."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = make_log(Path(folder), given.events)
        for name, ask in studies(log).items():
            ask()
            spent = []
            for _ in range(3):
                cpu, wall = time.process_time(), time.perf_counter()
                ask()
                spent.append((time.process_time() - cpu, time.perf_counter() - wall))
            cpu, wall = min(spent)
            print(f"{name:<40} {cpu:6.2f} CPU s {wall:6.2f} s")


if __name__ == "__main__":
    main()
