"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RisksConfig(AppConfig):
    """Register the app, its menu, what it adds to plans and alerts, and what it tells."""

    name = "juluo.domains.risks"

    def ready(self) -> None:
        """Look by the clock; add the menu entry, the plan's part, needs and words."""
        from django.urls import reverse

        from juluo.domains.insights import queries as insights
        from juluo.domains.planning import queries as planning
        from juluo.domains.risks import permissions, queries
        from juluo.domains.risks.tasks import look_at_indicators
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        every("*/15 * * * *", look_at_indicators)
        see = permissions.can_see_risks
        register(NavItem(Section.PLAN, _("Risks"), "risks:register", "alert-octagon", 60, see))
        planning.register_part(queries.RISKS_PART)
        planning.register_evidence(
            "risk", choices=queries.risk_evidence, words=queries.risk_evidence_words
        )
        insights.register_needs(queries.say_what_risks_need)

        def make_a_risk(firing: insights.FiringShown) -> insights.AlertAction:
            url = f"{reverse('risks:new')}?alert={firing.alert_id}"
            return insights.AlertAction(label=_("Make a risk"), icon="alert-octagon", url=url)

        def write_a_risk(note_id: int) -> planning.NoteAction:
            url = f"{reverse('risks:new')}?note={note_id}"
            return planning.NoteAction(label=_("Make a risk"), icon="alert-octagon", url=url)

        insights.register_alert_action(make_a_risk)
        planning.register_note_action(write_a_risk)
        self._register_kinds()

    def _register_kinds(self) -> None:
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind

        for key, words, icon, is_urgent in (
            ("raised", _("Risk raised by its indicator: “%(risk)s”"), "trending-up", True),
            (
                "indicator_fired",
                _("An early sign of “%(risk)s” is out of bounds"),
                "bell-ringing",
                True,
            ),
            ("may_be_lowered", _("The risk “%(risk)s” may be lowered"), "trending-down", False),
            ("assigned", _("You are to watch the risk “%(risk)s”"), "alert-octagon", False),
        ):
            register_kind(
                Kind(key=f"risks.{key}", words=words, icon=icon, urgent=is_urgent, for_staff=True)
            )
