"""Take a plan in hand to change what is in it: every service of this domain begins here."""

from juluo.domains.planning.models import Plan


class PlanIsClosed(Exception):
    """The plan has come to its end; nothing in it changes any more."""


def open_plan(plan_id: int) -> Plan:
    """Return a plan that can still change, locked for this transaction.

    :raises Plan.DoesNotExist: if there is no such plan.
    :raises PlanIsClosed: if it is closed.
    """
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if not plan.is_open:
        raise PlanIsClosed
    return plan


def in_open_plan(plan_id: int | None) -> None:
    """Let what belongs to a plan change only while that is open; what has no plan is free.

    :raises PlanIsClosed: if the plan is closed.
    """
    if plan_id is not None:
        open_plan(plan_id)
