"""What may follow what: expenses, sources of financing."""

EXPENSE_STEPS: dict[str, dict[str, str]] = {
    "submitted": {"approve": "approved", "reject": "rejected", "cancel": "cancelled"},
    "approved": {"pay": "paid", "cancel": "cancelled"},
    "rejected": {},
    "paid": {},
    "cancelled": {},
}

STAGE_STEPS: dict[str, tuple[str, ...]] = {
    "idea": ("applied", "agreed", "refused"),
    "applied": ("agreed", "refused"),
    "agreed": ("receiving", "closed", "refused"),
    "receiving": ("closed",),
    "refused": ("idea",),
    "closed": (),
}


def after(status: str, act: str) -> str | None:
    """Return what an expense becomes by an act; None where the act is not allowed."""
    return EXPENSE_STEPS[status].get(act)


def stage_may_follow(before: str, then: str) -> bool:
    """Tell whether a source of financing may go from one stage to another."""
    return then in STAGE_STEPS[before]


def financed(stage: str, *, amount: int, received: int) -> int:
    """Return what a source covers of a budget: what is agreed, in the end what came."""
    if stage in {"agreed", "receiving"}:
        return max(amount, received)
    return received if stage == "closed" else 0
