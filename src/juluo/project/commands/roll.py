"""``juluo roll``: move what waits in the log into the lake, now."""

import argparse
from typing import Any

from juluo.project.outcome import DONE


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("roll", help="move waiting events into the lake now")
    parser.add_argument(
        "--batch", type=_at_least_one, default=20_000, metavar="N", help="events a batch"
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="make every rollup anew from the log's files"
    )
    parser.set_defaults(run=run)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of events")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Roll, then refresh the rollups of the months that were touched."""
    from juluo.domains.community import queries as community
    from juluo.eventlog.lake import roll
    from juluo.eventlog.manifest import forget_rollups, roll_everything

    timezone = community.settings().timezone
    if options.rebuild:
        forget_rollups()
    moved = roll(timezone=timezone, batch_events=options.batch).events
    moved += roll_everything(timezone=timezone)
    print(f"{moved} events moved into the lake")
    return DONE
