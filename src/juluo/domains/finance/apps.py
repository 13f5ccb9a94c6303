"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """Register the app: its menu, its parts of a plan, what needs a person, what it tells."""

    name = "juluo.domains.finance"

    def ready(self) -> None:
        """Add the menu entries and tell the parts below what they must know."""
        from juluo.domains.finance import permissions
        from juluo.domains.finance.queries import say_what_waits
        from juluo.domains.insights.queries import register_needs
        from juluo.ui.navigation import NavItem, Section, register

        see, claim = permissions.can_see_money, permissions.can_claim
        register(NavItem(Section.PLAN, _("Money"), "finance:overview", "wallet", 60, see))
        register(NavItem(Section.PLAN, _("Expenses"), "finance:expenses", "receipt", 70, claim))
        register_needs(say_what_waits)
        _register_kinds()
        _register_parts()
        _register_gate_check()


def _register_kinds() -> None:
    from juluo.domains.notifications.queries import register_kind
    from juluo.domains.notifications.types import Kind

    kinds = {
        "finance.line_near_limit": (
            _("“%(line)s” has used %(percent)s%% of its budget."),
            "alert-triangle",
        ),
        "finance.line_at_limit": (_("“%(line)s” has reached its limit."), "alert-octagon"),
        "finance.line_stopped": (
            _("The limit of “%(line)s” stopped something today."),
            "player-stop",
        ),
        "finance.expense_approved": (_("“%(title)s” is approved."), "circle-check"),
        "finance.expense_rejected": (_("“%(title)s” is rejected."), "ban"),
        "finance.expense_paid": (_("“%(title)s” is paid."), "cash"),
    }
    for key, (words, icon) in kinds.items():
        register_kind(Kind(key=key, words=words, icon=icon, for_staff=True))


def _register_parts() -> None:
    from django.utils.translation import pgettext_lazy

    from juluo.domains.finance import permissions, queries
    from juluo.domains.planning.queries import register_part
    from juluo.domains.planning.types import PlanPart

    register_part(
        PlanPart(
            key="budget",
            label=_("Budget"),
            order=60,
            url_name="finance:plan_budget",
            entries=queries.budget_entries,
            labels=queries.FACTS,
            visible=permissions.can_see_money,
            show=queries.show_fact,
            columns=("category", "month", "owner", "amount"),
        )
    )
    register_part(
        PlanPart(
            key="financing",
            label=_("Financing"),
            order=70,
            url_name="finance:plan_financing",
            entries=queries.financing_entries,
            labels={
                "amount": _("Amount"),
                "kind": _("Kind"),
                "stage": pgettext_lazy("funding source", "Stage"),
                "probability": _("Chance (percent)"),
            },
            visible=permissions.can_see_money,
            show=queries.show_fact,
            columns=("kind", "stage", "probability", "amount"),
        )
    )


def _register_gate_check() -> None:
    from juluo.domains.finance import queries
    from juluo.domains.planning.queries import register_gate_check
    from juluo.domains.planning.types import GateCheck

    register_gate_check(
        GateCheck(
            key="budget_approved", label=_("The budget is approved"), ask=queries.budget_is_approved
        )
    )
