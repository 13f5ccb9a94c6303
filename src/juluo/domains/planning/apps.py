"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.planning"

    def ready(self) -> None:
        """Add the menu entries, and what others should know of plans."""
        self._register_schedule()

    def _register_schedule(self) -> None:
        from juluo.domains.insights.queries import register_needs
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.domains.planning import permissions, queries, subscribers
        from juluo.domains.planning.types import GateCheck
        from juluo.ui.navigation import NavItem, Section, register

        may = permissions.can_see_plans
        pages = (
            (_("My work"), "planning:work", "list-check", 30),
            (_("Calendar"), "planning:calendar", "calendar", 40),
            (_("Capacity"), "planning:capacity", "gauge", 50),
        )
        for label, url_name, icon, order in pages:
            register(NavItem(Section.PLAN, label, url_name, icon, order, may))
        for part in (queries.SCHEDULE_PART, queries.CONTENT_PART):
            queries.register_part(part)
        for kind in (
            Kind(
                key="planning.task_assigned",
                words=_("You were given a task: %(title)s"),
                icon="subtask",
            ),
            Kind(
                key="planning.task_closed",
                words=_("Your task is done by itself: %(title)s"),
                icon="circle-check",
            ),
            Kind(
                key="planning.content_line_assigned",
                words=_("You are to publish “%(title)s”, %(count)s times"),
                icon="calendar-plus",
            ),
        ):
            register_kind(kind)
        register_needs(queries.say_what_is_late)
        queries.register_gate_check(
            GateCheck(
                key="plan_signed_off",
                label=_("The plan is signed off"),
                ask=queries.plan_is_signed_off,
            )
        )
        for own in queries.OWN_KINDS:
            queries.register_link_kind(own)
        # Higher apps come first in the settings: their kinds of links are registered by now.
        subscribers.listen()
