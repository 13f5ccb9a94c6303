"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.domains.reporting"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.members import permissions
        from juluo.domains.planning.permissions import can_see_plans
        from juluo.domains.planning.queries import (
            register_effects,
            register_link_kind,
            register_part,
        )
        from juluo.domains.planning.types import PlanPart
        from juluo.domains.reporting.queries.effect_words import boxes_of_strategy
        from juluo.domains.reporting.queries.links import REPORT_LINK
        from juluo.ui.navigation import NavItem, Section, register

        register_link_kind(REPORT_LINK)
        register_effects(boxes_of_strategy)
        register_part(
            PlanPart(
                key="document",
                label=_("Document"),
                order=95,
                url_name="reporting:plan_document",
                # It holds nothing of its own: it is made from everything else.
                entries=lambda _plan_id: [],
                labels={},
                visible=can_see_plans,
            )
        )
        may = permissions.can_see_reports
        register(
            NavItem(Section.ANALYSIS, _("Reports"), "reporting:list", "report-analytics", 20, may)
        )
