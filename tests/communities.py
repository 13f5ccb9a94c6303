"""Communities to try things on: one made up, two real exports where they are at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from juluo.importers.services import ImportRequest, ask_for_import, run_import
from tests.made_up import NOW, make_community

FIXTURES = Path(__file__).parents[1].parent / "shared" / "fixtures"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How to make a community, and where in its time to look: a busy month, days across months."""

    make: Callable[[], object]
    month: date
    quarter: date
    odd: tuple[date, date]

    @property
    def end(self) -> date:
        """The first day after the month, and after the quarter."""
        return (self.month + timedelta(days=32)).replace(day=1)


def _bring_in(name: str, folder: str) -> None:
    if not FIXTURES.is_dir():
        pytest.skip("the shared exports are not here")
    request = ImportRequest(format=name, path=FIXTURES / folder, zone=ZoneInfo("UTC"), name="")
    run = ask_for_import(request=request, label=folder, at=NOW)
    run_import(run_id=run.pk, request=request)


COMMUNITIES = {
    "made up": Tried(
        make=make_community,
        month=date(2026, 1, 1),
        quarter=date(2025, 11, 1),
        odd=(date(2026, 1, 7), date(2026, 2, 10)),
    ),
    "Slack": Tried(
        make=lambda: _bring_in("slack", "slack"),
        month=date(2016, 6, 1),
        quarter=date(2016, 4, 1),
        odd=(date(2016, 5, 11), date(2016, 7, 3)),
    ),
    "Stack Exchange": Tried(
        make=lambda: _bring_in("stackexchange", "stackexchange"),
        month=date(2018, 3, 1),
        quarter=date(2018, 1, 1),
        odd=(date(2018, 2, 14), date(2018, 5, 2)),
    ),
}
