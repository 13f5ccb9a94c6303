"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """Register the app and what it tells."""

    name = "juluo.domains.discussions"

    def ready(self) -> None:
        """Add what members are told and the way to what they keep."""
        from juluo.domains.discussions.permissions import can_join_spaces
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.ui.navigation import NavItem, Section, register

        told = {
            "answered": (_("%(who)s answered your question: %(title)s"), "bulb"),
            "commented": (_("%(who)s replied to you: %(title)s"), "message"),
            "accepted": (_("%(who)s accepted your answer: %(title)s"), "circle-check"),
            "deleted": (_("A moderator deleted what you wrote in: %(title)s"), "trash"),
            "opened": (_("%(who)s published: %(title)s"), "article"),
            "joining_asked": (_("%(who)s asks to join %(space)s"), "user-check"),
            "let_in": (_("You are now in %(space)s"), "users"),
        }
        for key, (words, icon) in told.items():
            register_kind(Kind(key=f"discussions.{key}", words=words, icon=icon))
        register(
            NavItem(
                *(Section.SITE, _("Bookmarks"), "discussions:bookmarks", "bookmark"),
                *(40, can_join_spaces),
            )
        )
