"""``juluo metrics`` lists the catalog; ``juluo metric KEY`` asks for one figure."""

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from juluo.project.outcome import DONE, Refusal

if TYPE_CHECKING:
    from juluo.analytics.question import Grain, Question

GRAINS = ("day", "week", "month", "window")
LARGEST_ID = 2**63 - 1


def add_to(choices: Any) -> None:
    """Add the parsers of both sub-commands."""
    listing = choices.add_parser("metrics", help="list the metrics and what they mean")
    listing.add_argument("--lang", choices=["en", "zh"], default="en")
    listing.add_argument("--json", action="store_true", help="print a JSON list")
    listing.set_defaults(run=run_list)

    one = choices.add_parser("metric", help="print one metric's values")
    one.add_argument("key", help="for example members.active; `juluo metrics` lists them")
    one.add_argument("--from", dest="start", type=day, required=True, metavar="DATE")
    one.add_argument(
        "--to", dest="end", type=day, required=True, metavar="DATE", help="first day not counted"
    )
    one.add_argument(
        "--grain",
        choices=GRAINS,
        help="how the window is cut: day, or else the metric's first grain, unless given",
    )
    one.add_argument("--by", metavar="DIMENSION", help="split, for example by space")
    one.add_argument("--timezone", metavar="ZONE", help="instead of the community's")
    one.add_argument("--space", action="append", type=_space, default=[], metavar="ID")
    one.add_argument("--source", action="append", default=[], metavar="NAME")
    one.add_argument("--include-bots", action="store_true")
    one.add_argument("--exclude-staff", action="store_true")
    one.add_argument("--joined", action="store_true", help="members.new: count joining")
    one.add_argument("--lang", choices=["en", "zh"], default="en")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.set_defaults(run=run_one)


def day(text: str) -> date:
    """Read a date.

    :raises argparse.ArgumentTypeError: if it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date; write it like 2026-03-31"
        raise argparse.ArgumentTypeError(message) from None


def _space(text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_ID:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a space")
    return int(text)


def run_list(options: argparse.Namespace) -> int:
    """Print every metric: key, title, unit and question."""
    from juluo.analytics.catalog import METRICS

    rows = [
        {
            "key": each.key,
            "version": each.version,
            "title": each.title.in_language(options.lang),
            "question": each.question.in_language(options.lang),
            "unit": each.unit,
            "kind": str(each.kind),
            "grains": [str(grain) for grain in each.grains],
            "dimensions": list(each.dimensions),
        }
        for each in METRICS.values()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['key']:34} {row['title']} ({row['unit']})\n{'':34} {row['question']}")
    return DONE


def run_one(options: argparse.Namespace) -> int:
    """Ask, and print the points."""
    from django.utils import timezone

    from juluo.analytics.engine import QuestionRefused
    from juluo.domains.insights import queries
    from juluo.project.installation import compile_words

    asked = _question(options)
    try:
        answer = queries.ask(asked, log=queries.current_log(), now=timezone.now())
    except QuestionRefused as error:
        raise Refusal(str(error)) from error
    compile_words()
    shown = queries.as_json(answer, language=options.lang)
    if options.json:
        print(json.dumps(shown, ensure_ascii=False))
    else:
        _print_table(shown)
    return DONE


def _question(options: argparse.Namespace) -> "Question":
    from juluo.analytics.catalog import UnknownMetric
    from juluo.analytics.question import Filters
    from juluo.domains.community.services import UnknownTimezone, checked_timezone
    from juluo.domains.insights import queries

    if options.end <= options.start:
        raise Refusal(f"--to {options.end} must come after --from {options.start}")
    filters = Filters(
        include_bots=options.include_bots,
        exclude_staff=options.exclude_staff,
        spaces=tuple(options.space),
        sources=tuple(options.source),
        by_joined=options.joined,
    )
    try:
        if options.timezone:
            checked_timezone(options.timezone)
        return queries.question(
            options.key,
            start=options.start,
            end=options.end,
            grain=_grain(options),
            by=options.by,
            timezone=options.timezone,
            filters=filters,
        )
    except (UnknownMetric, UnknownTimezone) as error:
        raise Refusal(str(error)) from error


def _grain(options: argparse.Namespace) -> "Grain":
    from juluo.analytics.catalog import metric
    from juluo.analytics.question import Grain

    supported = metric(options.key).grains
    if options.grain:
        return Grain(options.grain)
    return Grain.DAY if Grain.DAY in supported else supported[0]


def _print_table(shown: dict[str, Any]) -> None:
    print(
        f"{shown['title']} ({shown['unit']}), {shown['from']} to {shown['to']}, {shown['timezone']}"
    )
    for point in shown["points"]:
        value = "–" if point["value"] is None else f"{point['value']:g}"
        share = f"  ({point['part']:g} of {point['whole']:g})" if point["whole"] is not None else ""
        print(f"{point['start']}  {point.get('group', '')}  {value}{share}")
    for note in shown["notes"]:
        print(f"note: {note}", file=sys.stderr)
