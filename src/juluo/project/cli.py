"""The ``juluo`` command: every sub-command is a small module registered here."""

import argparse
import os
import sys
from collections.abc import Sequence

from juluo.project.outcome import REFUSED, Refusal

# These must run whatever state the database is in.
_WITHOUT_DATABASE = {"manage", "metrics"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line. Django must be set up."""
    from juluo.project.commands import COMMANDS

    whole = argparse.ArgumentParser(
        prog="juluo",
        description="Run a community, with evidence.",
        epilog="In a checkout, ./juluo test, check, bench, lock and translate are for those who "
        "work on Juluo itself.",
    )
    choices = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(choices)
    return whole


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 refused, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juluo.project.settings")
    import django

    django.setup()
    options = parser().parse_args(arguments)
    if options.command not in _WITHOUT_DATABASE:
        from juluo.project.installation import make_ready

        make_ready()
    try:
        code = options.run(options)
    except Refusal as refusal:
        sys.stderr.write(f"juluo: {refusal}\n")
        code = REFUSED
    sys.exit(code)
