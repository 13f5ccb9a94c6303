"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Register the app and its menu."""

    name = "juluo.domains.members"

    def ready(self) -> None:
        """Add the menu entries."""
        from juluo.domains.members import permissions
        from juluo.ui.navigation import NavItem, Section, register

        register(
            NavItem(
                Section.COMMUNITY,
                _("Members"),
                "members:list",
                "users",
                10,
                permissions.can_see_members,
            )
        )
        register(
            NavItem(
                Section.COMMUNITY,
                _("Who our members are"),
                "members:who",
                "chart-pie",
                15,
                permissions.can_see_composition,
            )
        )
        register(
            NavItem(
                Section.COMMUNITY,
                _("Guidelines"),
                "members:guideline_standing",
                "scale",
                20,
                permissions.can_see_guideline_standing,
            )
        )
        register(
            NavItem(
                Section.SETTINGS,
                _("Audit"),
                "members:audit",
                "history",
                90,
                permissions.can_see_audit,
            )
        )
