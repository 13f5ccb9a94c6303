"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.domains.reporting"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.members import permissions
        from juluo.domains.planning.queries import register_link_kind
        from juluo.domains.reporting.queries.links import REPORT_LINK
        from juluo.ui.navigation import NavItem, Section, register

        register_link_kind(REPORT_LINK)
        may = permissions.can_see_reports
        register(
            NavItem(Section.ANALYSIS, _("Reports"), "reporting:list", "report-analytics", 20, may)
        )
