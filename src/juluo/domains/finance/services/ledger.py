"""Move money between accounts: every posting sums to zero, no balance passes its floor."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Q

from juluo.domains.finance.models import Account, Leg, Posting

Kind = Account.Kind
LINE_KINDS = (
    Kind.DRAFTED,
    Kind.AVAILABLE,
    Kind.COMMITTED,
    Kind.OWED,
    Kind.SPENT,
    Kind.PAID_OUT,
)
_NEVER_NEGATIVE = {Kind.AVAILABLE, Kind.COMMITTED, Kind.OWED, Kind.SPENT}


class Unbalanced(ValueError):
    """A posting's legs do not sum to zero: money would appear or vanish."""


class FloorReached(Exception):
    """An account holds less than was to be taken from it."""

    def __init__(self, account: Account) -> None:
        """Keep the account that refused."""
        super().__init__(account.key)
        self.account = account


def open_line_accounts(line_id: int) -> None:
    """Open the accounts of a new budget line, all empty."""
    Account.objects.bulk_create(
        Account(
            key=f"line:{line_id}:{kind}",
            kind=kind,
            line_id=line_id,
            floor=0 if kind in _NEVER_NEGATIVE else None,
        )
        for kind in LINE_KINDS
    )


def line_account(line_id: int, kind: Kind) -> Account:
    """Return one of a line's accounts."""
    return Account.objects.get(key=f"line:{line_id}:{kind}")


def gap_of(budget_id: int) -> Account:
    """Return the account of what no source covers of a budget."""
    return _opened(f"budget:{budget_id}:{Kind.GAP}", Kind.GAP, budget_id=budget_id)


def source_account(source_id: int, kind: Kind) -> Account:
    """Return the account of what a source pledged, or of what was received of it."""
    return _opened(f"source:{source_id}:{kind}", kind, source_id=source_id)


def stream_account(stream_id: int) -> Account:
    """Return the account of what a stream earned."""
    return _opened(f"stream:{stream_id}:{Kind.EARNED}", Kind.EARNED, stream_id=stream_id)


def cash_account(kind: Kind) -> Account:
    """Return one of the accounts that the community has once: cash, receivable, difference."""
    return _opened(str(kind), kind)


def _opened(key: str, kind: Kind, **owner: int) -> Account:
    account, _is_new = Account.objects.get_or_create(key=key, defaults={"kind": kind, **owner})
    return account


def post(
    *, cause: str, moves: Mapping[Account, int], actor_id: int | None, at: datetime
) -> Posting | None:
    """Move money: each account changes by its amount. Moving nothing posts nothing.

    Accounts change in the order of their ids, so that two postings never wait for each other
    in a circle; the floor is part of the statement that changes the balance, so that two at
    once cannot both take the last of it. A cause posts once.

    :raises Unbalanced: if the amounts do not sum to zero.
    :raises FloorReached: if an account would pass below its floor.
    """
    if sum(moves.values()) != 0:
        raise Unbalanced(cause)
    real = sorted(
        ((account, amount) for account, amount in moves.items() if amount),
        key=lambda each: each[0].pk,
    )
    if not real:
        return None
    posting = Posting.objects.create(cause=cause, actor_id=actor_id, at=at)
    legs = [
        Leg(posting=posting, account=account, amount=amount, balance_after=_moved(account, amount))
        for account, amount in real
    ]
    Leg.objects.bulk_create(legs)
    return posting


def _moved(account: Account, amount: int) -> int:
    """Change a balance unless it would pass its floor; return the new one."""
    keeps = Q(floor=None) | Q(floor__lte=F("balance") + amount)
    row = Account.objects.filter(pk=account.pk)
    if amount < 0:
        row = row.filter(keeps)
    if not row.update(balance=F("balance") + amount):
        raise FloorReached(account)
    # Ours until the transaction ends: nobody else can have changed it since.
    return Account.objects.values_list("balance", flat=True).get(pk=account.pk)


def post_back(*, cause: str, of: str, actor_id: int | None, at: datetime) -> None:
    """Undo a posting by its opposite; where nothing was posted, do nothing."""
    legs = Leg.objects.filter(posting__cause=of).select_related("account")
    moves = {leg.account: -leg.amount for leg in legs}
    post(cause=cause, moves=moves, actor_id=actor_id, at=at)
