"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What a plan holds has addresses of its own: on these pages, too, one is among the plans.
PAGES_OF_PLANS = (
    "/console/objectives/",
    "/console/goals/",
    "/console/targets/",
    "/console/strategies/",
    "/console/phases/",
    "/console/milestones/",
    "/console/tasks/",
    "/console/content/",
)


class PlanningConfig(AppConfig):
    """Register the app, its menu, and what a plan holds."""

    name = "juluo.domains.planning"

    def ready(self) -> None:
        """Add the menu entries, parts, evidence, notifications and needs."""
        self._register_plans()
        self._register_goals()
        self._register_schedule()

    def _register_plans(self) -> None:
        from juluo.domains.insights.queries import (
            register_alert_action,
            register_needs,
            register_telling,
        )
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.domains.planning import permissions, queries
        from juluo.ui.navigation import NavItem, Section, register

        see = permissions.can_see_plans
        register(
            NavItem(Section.PLAN, _("Plans"), "planning:plans", "target", 20, see, PAGES_OF_PLANS)
        )
        register(
            NavItem(Section.PLAN, _("Positioning"), "planning:positioning", "compass", 70, see)
        )
        register(NavItem(Section.PLAN, _("Watch notes"), "planning:watch", "binoculars", 80, see))
        for part in queries.own_parts():
            queries.register_part(part)
        queries.register_evidence("watch", choices=queries.note_choices, words=queries.note_words)
        queries.register_positioning_references(queries.plans_resting_on)
        register_needs(queries.say_what_plans_need)
        register_telling("planning.plan", "%(plan)s")
        register_alert_action(queries.task_about)
        for key, words, icon in (
            (
                "planning.plan_submitted",
                _("Version %(version)s of “%(plan)s” waits for your sign-off"),
                "signature",
            ),
            (
                "planning.plan_signed_off",
                _("Version %(version)s of “%(plan)s” was signed off"),
                "circle-check",
            ),
            (
                "planning.plan_returned",
                _("Version %(version)s of “%(plan)s” was sent back"),
                "arrow-back-up",
            ),
            ("planning.plan_commented", _("A new remark on “%(plan)s”"), "message-2"),
        ):
            register_kind(Kind(key=key, words=words, icon=icon, for_staff=True))

    def _register_goals(self) -> None:
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.domains.planning import queries, tasks
        from juluo.jobs.schedule import every

        queries.register_part(queries.GOALS_PART)
        queries.register_part(queries.STRATEGIES_PART)
        queries.register_evidence(
            "goal", choices=queries.goal_evidence, words=queries.goal_evidence_words
        )
        for status, words, is_urgent in (
            ("on_pace", _("“%(goal)s” is on pace again"), False),
            ("at_risk", _("“%(goal)s” is at risk"), False),
            ("off_pace", _("“%(goal)s” is off pace"), True),
            ("reached", _("“%(goal)s” is reached"), False),
            ("missed", _("“%(goal)s” was missed"), True),
        ):
            icon = str(queries.STATUS_LOOKS[status].icon)
            key = f"planning.goal_{status}"
            register_kind(Kind(key=key, words=words, icon=icon, urgent=is_urgent, for_staff=True))
        every("*/15 * * * *", tasks.read_targets)

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
                for_staff=True,
            ),
            Kind(
                key="planning.task_closed",
                words=_("Your task is done by itself: %(title)s"),
                icon="circle-check",
                for_staff=True,
            ),
            Kind(
                key="planning.content_line_assigned",
                words=_("You are to publish “%(title)s”, %(count)s times"),
                icon="calendar-plus",
                for_staff=True,
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
