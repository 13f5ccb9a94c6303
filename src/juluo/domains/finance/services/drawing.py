"""What every draw on a budget line has in common: the limit refuses, the owner hears of it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from juluo.domains.finance.models import BudgetLine
from juluo.domains.finance.services.ledger import FloorReached
from juluo.domains.finance.services.refusals import LimitReached
from juluo.domains.finance.services.warnings import tell_of_stop

T = TypeVar("T")


def within_limits(act: Callable[[], T], *, at: datetime) -> T:
    """Do it in one transaction; where a line's limit refuses, nothing happened but the telling.

    :raises LimitReached: if a line holds less than was to be taken from it.
    """
    try:
        with transaction.atomic():
            return act()
    except FloorReached as reached:
        line_id = reached.account.line_id
        if line_id is None:
            raise
    tell_of_stop(line_id=line_id, at=at)
    title = BudgetLine.objects.values_list("title", flat=True).get(pk=line_id)
    raise LimitReached(line_id, title)
