"""``juluo worker``: deliver events, roll the lake and run background jobs."""

import argparse
from typing import Any

from juluo.project.outcome import DONE


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("worker", help="run background work until stopped")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl+C."""
    from juluo.project.background import Background

    Background().run()
    return DONE
