"""``juluo import FORMAT PATH``: bring in talk from elsewhere."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from juluo.domains.community import queries as community
from juluo.eventlog.manifest import roll_everything
from juluo.importers.formats import FORMATS
from juluo.importers.services import ImportRequest, Watch, ask_for_import, run_import
from juluo.importers.stream import Refused
from juluo.project.outcome import DONE, REFUSED


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("import", help="import a community's talk from elsewhere")
    parser.add_argument("format", choices=sorted(FORMATS), help="what the export was made by")
    parser.add_argument("path", type=Path, help="a file, a folder, or a zip")
    parser.add_argument(
        "--timezone",
        type=_zone,
        default=ZoneInfo("UTC"),
        metavar="ZONE",
        help="where the export gives local times without a zone, e.g. Asia/Shanghai (default UTC)",
    )
    parser.add_argument(
        "--name", default="", type=_name, help="tells two communities of the same format apart"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.set_defaults(run=run)


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone") from error


def _name(text: str) -> str:
    if len(text) > 24 or not text.isprintable():
        raise argparse.ArgumentTypeError("a name has at most 24 printable characters")
    return text.strip()


def run(options: argparse.Namespace) -> int:
    """Import and print the summary; 1 when the export is refused, with the reason."""
    request = ImportRequest(
        format=options.format, path=options.path, zone=options.timezone, name=options.name
    )
    asked = ask_for_import(request=request, label=options.path.name, at=timezone.now())
    try:
        summary = _watched(asked.pk, request, quiet=options.json or not sys.stderr.isatty())
    except Refused as refusal:
        sys.stderr.write(f"juluo import: {refusal}\n")
        return REFUSED
    roll_everything(timezone=community.settings().timezone)
    sys.stdout.write(
        json.dumps(summary, ensure_ascii=False) + "\n" if options.json else _words(summary)
    )
    return DONE


def _watched(run_id: int, request: ImportRequest, *, quiet: bool) -> dict[str, Any]:
    if quiet:
        return run_import(run_id=run_id, request=request)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def watch(phase: str, done: int, total: int | None) -> None:
            bar.update(task, description=phase, completed=done, total=total)

        watching: Watch = watch
        return run_import(run_id=run_id, request=request, watch=watching)


def _words(summary: dict[str, Any]) -> str:
    lines = [f"{key:>12}  {value}" for key, value in summary.items() if key != "problems"]
    problems = [
        f"{each['file']}: {each['place']}: {each['reason']}" for each in summary["problems"]
    ]
    if problems:
        lines += ["", "Not readable:", *(f"  {line}" for line in problems)]
    return "\n".join(lines) + "\n"
