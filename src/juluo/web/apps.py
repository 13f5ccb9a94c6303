"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WebConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.web"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.insights.queries import register_needs
        from juluo.domains.members import permissions
        from juluo.ui.navigation import NavItem, Section, register
        from juluo.web import needs

        for say in (
            needs.say_what_gave_up,
            needs.say_what_is_unanswered,
            needs.say_what_is_flagged,
            needs.say_who_claims_history,
            needs.say_what_to_set_up,
        ):
            register_needs(say)
        console = permissions.can_see_console
        reading = permissions.can_read_spaces
        register(NavItem(Section.HOME, _("Home"), "web:home", "layout-dashboard", 10, console))
        register(NavItem(Section.PLAN, _("This week"), "web:steer", "route", 10, console))
        figures = permissions.can_see_metrics
        register(
            NavItem(
                *(Section.ANALYSIS, _("Explorer"), "web:explorer", "chart-line", 10, figures),
                also=("/console/evidence/",),
            )
        )
        register(NavItem(Section.ANALYSIS, _("Why did it move?"), "web:why", "bulb", 15, figures))
        register(NavItem(Section.ANALYSIS, _("Metrics"), "web:catalog", "function", 30, figures))
        setup = permissions.can_change_settings
        jobs = permissions.can_see_jobs
        register(
            NavItem(Section.DATA, _("Background work"), "web:background", "activity", 30, jobs)
        )
        register(NavItem(Section.SETTINGS, _("Community"), "web:settings", "settings", 10, setup))
        home = pgettext_lazy("members", "Home")
        register(NavItem(*(Section.SITE, home, "web:feed", "home", 5, reading), also=("/tags/",)))
        register(NavItem(Section.SITE, _("Spaces"), "web:spaces", "message-2", 10, reading))
