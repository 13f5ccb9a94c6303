"""What a gate of the schedule can ask of money."""

from django.utils.translation import gettext as _

from juluo.domains.finance.queries.budgets import budget_of_plan
from juluo.domains.planning.types import CheckResult


def budget_is_approved(plan_id: int) -> CheckResult:
    """Tell whether a plan's budget is approved as it stands; no amounts are said."""
    budget = budget_of_plan(plan_id)
    if budget is None:
        return CheckResult(met=False, says=_("The plan has no budget."))
    says = _("Version %(number)s") % {"number": budget.version} if budget.version else ""
    return CheckResult(met=budget.version > 0 and not budget.is_changed, says=says)
