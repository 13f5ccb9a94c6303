"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Register the app: its menu, its clock, what it tells and what it adds to plans."""

    name = "juluo.domains.reporting"

    def ready(self) -> None:
        """Make due reports by the clock, and add words, links, needs and menu entries."""
        from juluo.domains.insights.queries import register_needs
        from juluo.domains.planning.queries import (
            register_effects,
            register_evidence,
            register_link_kind,
        )
        from juluo.domains.reporting import permissions
        from juluo.domains.reporting.queries import plan_evidence, say_what_reports_wait_for
        from juluo.domains.reporting.queries.effect_words import boxes_of_attempt
        from juluo.domains.reporting.queries.links import REPORT_LINK
        from juluo.domains.reporting.tasks import make_due_reports
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        every("10 * * * *", make_due_reports)
        register_link_kind(REPORT_LINK)
        register_effects(boxes_of_attempt)
        register_evidence(
            "report", choices=plan_evidence.report_choices, words=plan_evidence.report_words
        )
        register_needs(say_what_reports_wait_for)
        _register_plan_part()
        _register_kinds()
        may = permissions.can_see_reports
        register(
            NavItem(Section.ANALYSIS, _("Reports"), "reporting:list", "report-analytics", 20, may)
        )
        register(
            NavItem(Section.ANALYSIS, _("Improvement"), "reporting:actions", "checklist", 22, may)
        )


def _register_plan_part() -> None:
    from juluo.domains.planning.permissions import can_see_plans
    from juluo.domains.planning.queries import register_part
    from juluo.domains.planning.types import PlanPart

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


def _register_kinds() -> None:
    from juluo.domains.notifications.queries import register_kind
    from juluo.domains.notifications.types import Kind

    told = {
        "draft_ready": (_("A report's draft is ready: %(report)s"), "report-analytics", False),
        "submitted": (_("A report waits for your signature: %(report)s"), "signature", True),
        "returned": (_("A report was sent back: %(report)s"), "arrow-back-up", True),
        "signed": (_("A report was signed off: %(report)s"), "circle-check", False),
        "action_given": (_("A report was issued that asks something of you: %(report)s"),
                         "checklist", True),
    }  # fmt: skip
    for key, (words, icon, urgent) in told.items():
        register_kind(
            Kind(key=f"reporting.{key}", words=words, icon=icon, urgent=urgent, for_staff=True)
        )
