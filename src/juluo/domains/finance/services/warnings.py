"""Tell a line's owner before its limit is reached, and when it stopped something."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from juluo.domains.finance import permissions
from juluo.domains.finance.models import Account, BudgetLine
from juluo.domains.members.types import Member
from juluo.domains.notifications.services import tell
from juluo.eventlog.recording import record
from juluo.events.finance import LimitHeld, LimitNeared

Kind = Account.Kind
NEAR = "finance.line_near_limit"
REACHED = "finance.line_at_limit"
HELD = "finance.line_stopped"


def warn_if_near(*, line_id: int, at: datetime) -> None:
    """Tell the line's owner of each threshold it passed, once for each approved version.

    Call it in the transaction of what drew on the line.
    """
    used, limit = _used_and_limit(line_id)
    if limit <= 0:
        return
    line = BudgetLine.objects.select_related("owner", "budget__owner").get(pk=line_id)
    for percent, kind in ((line.warn_at, NEAR), (100, REACHED)):
        if used * 100 >= limit * percent and _tell(line, kind, str(percent), at, percent=percent):
            record(LimitNeared(line_id=line_id, percent=percent), at=at)


@transaction.atomic
def tell_of_stop(*, line_id: int, at: datetime) -> None:
    """Tell the line's owner that its limit refused something, at most once a day."""
    line = BudgetLine.objects.select_related("owner", "budget__owner").get(pk=line_id)
    if _tell(line, HELD, f"stopped:{at.date()}", at):
        record(LimitHeld(line_id=line_id), at=at)


def _used_and_limit(line_id: int) -> tuple[int, int]:
    """Return what was drawn from a line and what was approved for it."""
    approved = {Kind.AVAILABLE, Kind.COMMITTED, Kind.OWED, Kind.SPENT}
    rows = Account.objects.filter(line_id=line_id, kind__in=approved)
    balances = dict(rows.values_list("kind", "balance"))
    limit = sum(balances.values())
    return limit - balances[Kind.AVAILABLE], limit


def _tell(line: BudgetLine, kind: str, what: str, at: datetime, **facts: int) -> bool:
    """Tell the line's owner, or the budget's where that one no longer sees money."""
    reader = _reader(line)
    if reader is None:
        return False
    version = line.budget.versions.count()
    return tell(
        member_id=reader.pk,
        kind=kind,
        key=f"budget_line:{line.pk}:{what}:version:{version}",
        facts={"line": line.title, **facts},
        url=reverse("finance:line", args=[line.pk]),
        at=at,
    )


def _reader(line: BudgetLine) -> Member | None:
    people = (line.owner, line.budget.owner)
    return next((each for each in people if permissions.can_see_money(each)), None)
