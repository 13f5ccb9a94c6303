"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.web"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.insights.queries import register_needs
        from juluo.domains.members import permissions
        from juluo.ui.navigation import NavItem, Section, register
        from juluo.web.home import say_what_to_set_up

        register_needs(say_what_to_set_up)
        console = permissions.can_see_console
        reading = permissions.can_read_spaces
        register(NavItem(Section.HOME, _("Home"), "web:home", "layout-dashboard", 10, console))
        figures = permissions.can_see_metrics
        register(
            NavItem(Section.ANALYSIS, _("Explorer"), "web:explorer", "chart-line", 10, figures)
        )
        register(NavItem(Section.ANALYSIS, _("Metrics"), "web:catalog", "function", 30, figures))
        setup = permissions.can_change_settings
        register(NavItem(Section.SETTINGS, _("Community"), "web:settings", "settings", 10, setup))
        register(NavItem(Section.SITE, _("Spaces"), "web:spaces", "message-2", 10, reading))
