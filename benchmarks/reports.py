"""What a report of a year costs: composing it, and each of its faces.

``python benchmarks/reports.py --events 1000000`` makes the log of ``engine.py`` with a home of its
own around it, composes a report of the year in one language section by section, then in the other
from the same memory, and gives it every face. CPU seconds and seconds by the clock.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from unittest import mock

import django
from engine import AS_OF, END, START, ZONE, make_log

T = TypeVar("T")


def measured(run: Callable[[], T]) -> tuple[T, float, float]:
    """Return what a run gave, its CPU seconds (children too) and its seconds by the clock."""
    began, clock = _cpu(), time.perf_counter()
    given = run()
    return given, _cpu() - began, time.perf_counter() - clock


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def row(what: str, spent: float, passed: float) -> None:
    """Print one line of the table."""
    print(f"| {what} | {spent:.1f} | {passed:.1f} |", flush=True)


def prepared(members: int) -> None:
    """Make the home's tables, and the members and spaces that the log tells of."""
    from django.core.management import call_command

    from juluo.domains.community.models import Community
    from juluo.domains.discussions.models import Space
    from juluo.domains.members.models import Member

    call_command("migrate", verbosity=0)
    Community.objects.update_or_create(pk=1, defaults={"name": "Benchmark", "timezone": ZONE})
    opened = datetime(2023, 6, 1, tzinfo=UTC)
    Space.objects.bulk_create(Space(pk=n, name=f"s{n}", opened_at=opened) for n in range(1, 41))
    known = range(1, members + 1)
    Member.objects.bulk_create(
        (Member(pk=n, display_name=f"m{n}", joined_at=opened) for n in known), batch_size=500
    )


def composed(language, memory):  # type: ignore[no-untyped-def]
    """Compose a report, printing what each section costs."""
    from juluo.domains.reporting.queries import composition
    from juluo.domains.reporting.types import Kind, ReportRequest

    def timed(builder):  # type: ignore[no-untyped-def]
        def build(draft):  # type: ignore[no-untyped-def]
            section, spent, passed = measured(lambda: builder(draft))
            row(f"{language}: {builder.__name__}", spent, passed)
            return section

        return build

    kind = Kind.ANNUAL
    sections = {kind: tuple(timed(each) for each in composition.SECTIONS[kind])}
    asked = ReportRequest(start=START, end=END, language=language, kind=kind)
    with mock.patch.object(composition, "SECTIONS", sections):
        return composition.composed(asked, now=AS_OF, memory=memory)


def main() -> None:
    """Make the log, compose, draw, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juluo-bench-") as name:
        os.environ.setdefault("JULUO_HOME", name)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juluo.project.settings")
        django.setup()
        from juluo.domains.reporting.queries import Memory, rendered
        from juluo.domains.reporting.queries.rendering import FORMATS, can_make

        lake = Path(name) / "log"
        lake.mkdir()
        log = make_log(lake, options.events)
        prepared(max(50, options.events // 50))
        memory = Memory(log=log, now=AS_OF)
        print("| what | CPU s | s by the clock |\n|---|---:|---:|")
        made = {}
        for language in ("zh", "en"):
            made[language], *spent = measured(lambda la=language: composed(la, memory))
            row(f"composing, {language}", *spent)
        for each in filter(can_make, FORMATS):
            document = made["zh"].document
            file, *spent = measured(lambda f=each, d=document: rendered(d, f))
            row(f"{each}, {len(file) / 1024:,.0f} KiB", *spent)


if __name__ == "__main__":
    main()
