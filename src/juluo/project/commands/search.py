"""``juluo search rebuild`` mends what can be found; ``juluo search check`` looks at it."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from juluo.project.outcome import DONE, REFUSED


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("search", help="rebuild or check the search index")
    parser.add_argument(
        "act",
        choices=("rebuild", "check"),
        help="rebuild: take the words of everything that is missing or old (stopped half-way, it "
        "goes on where it was); check: compare the index with what stands there",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Rebuild, or check and exit 1 when they differ."""
    return _rebuild() if options.act == "rebuild" else _check()


def _rebuild() -> int:
    from juluo.domains.search import services

    swept = _watched(services.sweep)
    print(f"{swept.seen} looked at, {swept.made} taken anew, {swept.gone} let go")
    return DONE


def _watched(sweep: Callable[..., Any]) -> Any:
    if not sys.stderr.isatty():
        return sweep()
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(name: str, seen: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=None)
            bar.update(tasks[name], completed=seen, description=f"{name} {seen}")

        return sweep(tell=tell)


def _check() -> int:
    from juluo.domains.search.queries import agreement

    found = agreement()
    print(found.words)
    return DONE if found.agrees else REFUSED
