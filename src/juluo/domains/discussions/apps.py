"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """Register the app, what it tells, and its part of members' pages."""

    name = "juluo.domains.discussions"

    def ready(self) -> None:
        """Add what members are told, the way to what they keep, and what they said lately."""
        from juluo.domains.discussions import tasks
        from juluo.jobs.schedule import every

        every("*/10 * * * *", tasks.escalate)
        _tell()
        _lead()
        _show_on_profiles()


def _tell() -> None:
    from juluo.domains.discussions import queries
    from juluo.domains.notifications.queries import register_kind, register_namer
    from juluo.domains.notifications.types import Kind

    told = {
        "answered": (_("%(who)s answered your question: %(title)s"), "bulb"),
        "commented": (_("%(who)s replied to you: %(title)s"), "message"),
        "accepted": (_("%(who)s accepted your answer: %(title)s"), "circle-check"),
        "deleted": (_("A moderator deleted what you wrote in: %(title)s"), "trash"),
        "opened": (_("%(who)s published: %(title)s"), "article"),
        "joining_asked": (_("%(who)s asks to join %(space)s"), "user-check"),
        "let_in": (_("You are now in %(space)s"), "users"),
    }
    late = _("Nobody has answered in time, in %(space)s: %(title)s")
    register_kind(
        Kind(
            key="discussions.late",
            words=late,
            label=_("A question in a space I keep waits too long"),
            icon="clock",
        )
    )
    for key, (words, icon) in told.items():
        register_kind(Kind(key=f"discussions.{key}", words=words, icon=icon))
    register_namer("space", queries.space_names_for)
    register_namer("post", queries.post_titles_for)


def _lead() -> None:
    from juluo.domains.discussions.permissions import can_join_spaces
    from juluo.ui.navigation import NavItem, Section, register

    register(
        NavItem(
            *(Section.SITE, _("Bookmarks"), "discussions:bookmarks", "bookmark"),
            *(40, can_join_spaces),
        )
    )


def _show_on_profiles() -> None:
    from juluo.domains.discussions import queries
    from juluo.domains.members.queries import register_profile_part
    from juluo.domains.members.types import ProfilePart

    register_profile_part(
        ProfilePart(
            key="talk",
            label=_("Said lately"),
            order=10,
            template="discussions/_said_lately.html",
            build=queries.said_lately,
            action_template="discussions/_follow_member.html",
        )
    )
