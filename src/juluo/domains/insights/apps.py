"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Register the app, its menu, and what alerts and notes say."""

    name = "juluo.domains.insights"

    def ready(self) -> None:
        """Look by the clock, and add words and menu entries."""
        from juluo.domains.insights import permissions, queries
        from juluo.domains.insights.tasks import look_at_alerts, send_due_dashboards
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        every("*/15 * * * *", look_at_alerts)
        every("7 * * * *", send_due_dashboards)
        see = permissions.can_see_alerts
        register(NavItem(Section.ANALYSIS, _("Alerts"), "insights:alerts", "bell-ringing", 15, see))
        register(
            NavItem(Section.ANALYSIS, _("Notes on time"), "insights:annotations", "notes", 40, see)
        )
        boards = permissions.can_keep_views
        register(
            NavItem(
                *(Section.ANALYSIS, _("Dashboards"), "insights:dashboards", "layout-grid"),
                *(12, boards),
                also=("/console/views/",),
            )
        )
        register_kind(
            Kind(
                key="insights.dashboard_due",
                words=_("%(dashboard)s: %(figures)s"),
                label=_("A dashboard’s figures, by its schedule"),
                icon="layout-grid",
                urgent=True,
                for_staff=True,
            )
        )
        register_kind(
            Kind(
                key="insights.alert_raised",
                words=_("Alert: %(alert)s"),
                icon="bell-ringing",
                urgent=True,
                for_staff=True,
            )
        )
        queries.register_telling("insights.import", _("Talk imported (%(format)s)"))
        queries.register_telling("insights.timezone", _("The community's time zone changed"))
        queries.register_telling("insights.space", _("Space opened: %(space)s"))
        queries.register_needs(queries.say_what_alerts_found)
