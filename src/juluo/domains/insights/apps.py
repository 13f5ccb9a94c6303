"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.domains.insights"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.members import permissions
        from juluo.ui.navigation import NavItem, Section, register

        may = permissions.can_see_metrics
        explorer = (Section.ANALYSIS, _("Explorer"), "insights:explorer", "chart-line", 10, may)
        register(NavItem(*explorer))
        register(NavItem(Section.ANALYSIS, _("Metrics"), "insights:catalog", "function", 30, may))
