"""``juluo manage …``: Django's own management commands."""

import argparse
from typing import Any

from django.core.management import execute_from_command_line


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("manage", help="run one of Django's management commands")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Hand the words over to Django."""
    execute_from_command_line(["juluo", *options.words])
    return 0
