"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """Register the app and its part of members' pages."""

    name = "juluo.domains.discussions"

    def ready(self) -> None:
        """Add what a member said to their public page; name what can be muted."""
        from juluo.domains.discussions import queries
        from juluo.domains.members.queries import register_profile_part
        from juluo.domains.members.types import ProfilePart
        from juluo.domains.notifications.queries import register_namer

        register_profile_part(
            ProfilePart(
                key="talk",
                label=_("Said lately"),
                order=10,
                template="discussions/_said_lately.html",
                build=queries.said_lately,
            )
        )
        register_namer("space", queries.space_names_for)
        register_namer("post", queries.post_titles_for)
