"""Draft a budget, change it with reasons, approve it, lift a line's limit."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from juluo.domains.finance import permissions
from juluo.domains.finance.models import (
    Account,
    Books,
    Budget,
    BudgetLine,
    BudgetVersion,
    Indicator,
    LimitLift,
    LineChange,
    VersionLine,
)
from juluo.domains.finance.services import ledger
from juluo.domains.finance.services.books import books_counted_in, require_currency
from juluo.domains.finance.services.refusals import (
    BelowDrawn,
    MonthOutside,
    NotAllowed,
    NothingToApprove,
    ReasonMissing,
    WrongState,
)
from juluo.domains.finance.types import Money, Stated
from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.events import finance as happened
from juluo.events.base import reference

Kind = Account.Kind


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """What a budget line says."""

    category_id: int
    title: str
    stated: Stated
    owner_id: int
    strategy_id: int | None = None
    task_id: int | None = None
    month: date | None = None
    warn_at: int = 80
    stops: bool = True


@transaction.atomic
def create_budget(
    *,
    plan_id: int | None,
    title: str,
    start: date,
    end: date,
    owner_id: int,
    actor_id: int,
    at: datetime,
) -> Budget:
    """Begin a budget; a plan has one, and asking again returns it."""
    books, _is_new = Books.objects.get_or_create(pk=1)
    facts = {
        "title": title,
        "start": start,
        "end": end,
        "currency": books.currency,
        "owner_id": owner_id,
        "created_at": at,
        "created_by_id": actor_id,
    }
    books_counted_in(Money(0, books.currency))
    if plan_id is None:
        budget, is_new = Budget.objects.create(**facts), True
    else:
        budget, is_new = Budget.objects.get_or_create(plan_id=plan_id, defaults=facts)
    if is_new:
        event = happened.BudgetMade(budget_id=budget.pk, plan_id=plan_id)
        record_audited(event, subject=reference("budget", budget.pk), actor_id=actor_id, at=at)
    return budget


@transaction.atomic
def add_line(
    *, budget_id: int, facts: LineFacts, reason: str = "", actor_id: int, at: datetime
) -> BudgetLine:
    """Add a line to the working version; once a budget was approved, with a reason.

    :raises ReasonMissing: if the budget was approved before and no reason is given.
    :raises MonthOutside: if the line's month is not one of the budget's.
    """
    budget = _changing(budget_id, reason, facts)
    line = BudgetLine(budget=budget, **_columns(facts))
    line.save()
    ledger.open_line_accounts(line.pk)
    _change(line, LineChange.Kind.ADDED, 0, reason, actor_id, at)
    event = happened.BudgetLineAdded(budget_id=budget_id, line_id=line.pk)
    record_audited(event, subject=reference("budget_line", line.pk), actor_id=actor_id, at=at)
    return line


@transaction.atomic
def change_line(
    *, line_id: int, facts: LineFacts, reason: str = "", actor_id: int, at: datetime
) -> None:
    """Change a line of the working version; its limit stays until the budget is approved again.

    :raises ReasonMissing: if the budget was approved before and no reason is given.
    :raises MonthOutside: if the line's month is not one of the budget's.
    :raises WrongState: if the line was taken out.
    """
    budget_id = BudgetLine.objects.values_list("budget_id", flat=True).get(pk=line_id)
    _changing(budget_id, reason, facts)
    line = BudgetLine.objects.get(pk=line_id)
    if line.removed_at is not None:
        raise WrongState
    before = line.amount
    for name, value in _columns(facts).items():
        setattr(line, name, value)
    line.save()
    _change(line, LineChange.Kind.CHANGED, before, reason, actor_id, at)
    event = happened.BudgetLineChanged(budget_id=budget_id, line_id=line_id)
    record_audited(event, subject=reference("budget_line", line_id), actor_id=actor_id, at=at)


@transaction.atomic
def remove_line(*, line_id: int, reason: str = "", actor_id: int, at: datetime) -> None:
    """Take a line out of the working version; taking it out again changes nothing.

    :raises ReasonMissing: if the budget was approved before and no reason is given.
    """
    budget_id = BudgetLine.objects.values_list("budget_id", flat=True).get(pk=line_id)
    _changing(budget_id, reason)
    line = BudgetLine.objects.get(pk=line_id)
    if line.removed_at is not None:
        return
    before, line.amount, line.original_amount = line.amount, 0, 0
    line.removed_at = at
    line.save(update_fields=["amount", "original_amount", "removed_at"])
    _change(line, LineChange.Kind.REMOVED, before, reason, actor_id, at)
    event = happened.BudgetLineRemoved(budget_id=budget_id, line_id=line_id)
    record_audited(event, subject=reference("budget_line", line_id), actor_id=actor_id, at=at)


def _changing(budget_id: int, reason: str, facts: LineFacts | None = None) -> Budget:
    """Return the budget, locked and marked as changed."""
    budget = Budget.objects.select_for_update().get(pk=budget_id)
    if budget.status != Budget.Status.DRAFT and not reason.strip():
        raise ReasonMissing
    if facts is not None:
        require_currency(facts.stated.amount)
        first = budget.start.replace(day=1)
        if facts.month is not None and not first <= facts.month < budget.end:
            raise MonthOutside
    if budget.status == Budget.Status.APPROVED:
        budget.status = Budget.Status.WORKING
    # What was asked to be approved is no longer what stands here.
    budget.approval_asked_at = budget.approval_asked_by = None
    budget.save(update_fields=["status", "approval_asked_at", "approval_asked_by"])
    return budget


def _columns(facts: LineFacts) -> dict[str, object]:
    return {
        "category_id": facts.category_id,
        "title": facts.title,
        "owner_id": facts.owner_id,
        "strategy_id": facts.strategy_id,
        "task_id": facts.task_id,
        "month": facts.month.replace(day=1) if facts.month else None,
        "warn_at": facts.warn_at,
        "stops": facts.stops,
        **BudgetLine.columns(facts.stated),
    }


def _change(
    line: BudgetLine, kind: str, before: int, reason: str, actor_id: int, at: datetime
) -> None:
    """Keep the change and move the difference between the line and the budget's gap."""
    change = LineChange.objects.create(
        line=line,
        kind=kind,
        before=before,
        after=line.amount,
        after_version=BudgetVersion.objects.filter(budget=line.budget_id).count(),
        reason=reason.strip(),
        made_by_id=actor_id,
        made_at=at,
    )
    more = line.amount - before
    drafted = ledger.line_account(line.pk, Kind.DRAFTED)
    moves = {drafted: more, ledger.gap_of(line.budget_id): -more}
    ledger.post(cause=f"line_change:{change.pk}", moves=moves, actor_id=actor_id, at=at)


@transaction.atomic
def ask_for_approval(*, budget_id: int, actor_id: int, at: datetime) -> None:
    """Tell the owners that a budget waits for their approval.

    :raises NothingToApprove: if it has no lines, or nothing changed since its approval.
    """
    budget = Budget.objects.select_for_update().get(pk=budget_id)
    _require_something(budget)
    if budget.approval_asked_at is not None:
        return
    budget.approval_asked_at, budget.approval_asked_by_id = at, actor_id
    budget.save(update_fields=["approval_asked_at", "approval_asked_by"])
    event = happened.BudgetApprovalAsked(budget_id=budget_id)
    record_audited(event, subject=reference("budget", budget_id), actor_id=actor_id, at=at)


def _require_something(budget: Budget) -> None:
    has_lines = budget.lines.filter(removed_at=None).exists() or budget.versions.exists()
    if budget.status == Budget.Status.APPROVED or not has_lines:
        raise NothingToApprove


@transaction.atomic
def approve_budget(
    *, budget_id: int, note_text: str = "", actor_id: int, at: datetime
) -> BudgetVersion:
    """Freeze the working version as an approved one; its amounts become the lines' limits.

    What an owner had lifted is taken up in the new limits.

    :raises NotAllowed: if the actor may not.
    :raises NothingToApprove: if it has no lines, or nothing changed since its approval.
    :raises BelowDrawn: if a line would get less than what has been drawn from it.
    """
    if not permissions.can_approve_budget(Member.objects.get(pk=actor_id)):
        raise NotAllowed
    budget = Budget.objects.select_for_update().get(pk=budget_id)
    _require_something(budget)
    version = _freeze(budget, note_text, actor_id, at)
    _set_limits(budget, version, actor_id, at)
    budget.status = Budget.Status.APPROVED
    budget.approval_asked_at = budget.approval_asked_by = None
    budget.save(update_fields=["status", "approval_asked_at", "approval_asked_by"])
    event = happened.BudgetApproved(budget_id=budget_id, number=version.number)
    record_audited(event, subject=reference("budget", budget_id), actor_id=actor_id, at=at)
    return version


def _freeze(budget: Budget, note_text: str, actor_id: int, at: datetime) -> BudgetVersion:
    lines = list(budget.lines.filter(removed_at=None).select_related("category").order_by("pk"))
    version = BudgetVersion.objects.create(
        budget=budget,
        number=budget.versions.count() + 1,
        total=sum(line.amount for line in lines),
        note=note_text.strip(),
        approved_by_id=actor_id,
        approved_at=at,
    )
    kept = (
        *("category_id", "title", "strategy_id", "task_id", "month", "owner_id"),
        *("warn_at", "stops", "amount", "original_amount", "original_currency"),
        *("rate", "rate_on", "rate_source"),
    )
    VersionLine.objects.bulk_create(
        VersionLine(
            version=version,
            line=line,
            category_name=line.category.name,
            **{name: getattr(line, name) for name in kept},
        )
        for line in lines
    )
    return version


def _set_limits(budget: Budget, version: BudgetVersion, actor_id: int, at: datetime) -> None:
    accounts = Account.objects.filter(line__budget=budget)
    accounts.filter(kind=Kind.AVAILABLE, line__stops=False).update(floor=None)
    available = {each.line_id: each for each in accounts.filter(kind=Kind.AVAILABLE)}
    moves: dict[Account, int] = {}
    for drafted in accounts.filter(kind=Kind.DRAFTED).exclude(balance=0):
        moves[drafted] = -drafted.balance
        moves[available[drafted.line_id]] = drafted.balance
    try:
        cause = f"budget:{budget.pk}:version:{version.number}"
        ledger.post(cause=cause, moves=moves, actor_id=actor_id, at=at)
    except ledger.FloorReached as reached:
        raise BelowDrawn(BudgetLine.objects.get(accounts=reached.account).title) from None
    stopping = accounts.filter(kind=Kind.AVAILABLE, line__stops=True)
    stopping.update(floor=Least(Value(0), F("balance")))


@transaction.atomic
def lift_limit(
    *, line_id: int, amount: Money, reason: str, actor_id: int, at: datetime
) -> LimitLift:
    """Let a line go over its limit by an amount, until its budget is approved again.

    :raises NotAllowed: if the actor may not.
    :raises ReasonMissing: if no reason is given.
    :raises WrongState: if the line has no limit that holds.
    """
    if not permissions.can_lift(Member.objects.get(pk=actor_id)):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    require_currency(amount)
    limited = Account.objects.filter(
        line_id=line_id, kind=Kind.AVAILABLE, floor__isnull=False, line__frozen__isnull=False
    )
    # The join would lift once for each version: by id, once.
    ids = list(limited.values_list("pk", flat=True).distinct())
    if not Account.objects.filter(pk__in=ids).update(floor=F("floor") - amount.amount):
        raise WrongState
    lift = LimitLift.objects.create(
        line_id=line_id,
        amount=amount.amount,
        reason=reason.strip(),
        lifted_by_id=actor_id,
        lifted_at=at,
    )
    event = happened.LimitLifted(line_id=line_id)
    record_audited(event, subject=reference("budget_line", line_id), actor_id=actor_id, at=at)
    return lift


@transaction.atomic
def state_indicator(*, budget_id: int, metric: str, kind: str, actor_id: int, at: datetime) -> None:
    """State a metric as a benefit of the budget; stated again it stays as it is."""
    _row, is_new = Indicator.objects.get_or_create(
        budget_id=budget_id,
        metric=metric,
        dropped_at=None,
        defaults={"kind": kind, "stated_by_id": actor_id, "stated_at": at},
    )
    if is_new:
        event = happened.IndicatorStated(budget_id=budget_id, metric=metric, stated=True)
        record_audited(event, subject=reference("budget", budget_id), actor_id=actor_id, at=at)


@transaction.atomic
def drop_indicator(*, indicator_id: int, actor_id: int, at: datetime) -> None:
    """Show a metric beside the cost no longer."""
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    if indicator.dropped_at is not None:
        return
    indicator.dropped_at = at
    indicator.save(update_fields=["dropped_at"])
    event = happened.IndicatorStated(
        budget_id=indicator.budget_id, metric=indicator.metric, stated=False
    )
    record_audited(
        event, subject=reference("budget", indicator.budget_id), actor_id=actor_id, at=at
    )
