"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """Register the app, its menu entry, what pages may listen to, and what members are told."""

    name = "juluo.domains.messaging"

    def ready(self) -> None:
        """Add what other parts of the product look up."""
        from juluo.domains.messaging import permissions, queries
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.live.topics import register_topic
        from juluo.ui.navigation import NavItem, Section, register

        reading = permissions.can_read_spaces
        register(
            NavItem(
                *(Section.SITE, _("Chats"), "messaging:chats", "messages", 20, reading),
                also=("/spaces/groups/", "/spaces/messages/"),
            )
        )
        register_topic("group", queries.may_hear_group)
        register_topic("conversation", queries.may_hear_conversation)
        # What concerns one member alone: unread marks, places in groups.
        register_topic("member", lambda member, member_id: member.pk == member_id)
        for key, words, icon in (
            ("messaging.private", _("%(name)s wrote to you privately"), "lock"),
            ("messaging.answered", _("%(name)s answered you in %(group)s"), "corner-down-right"),
            ("messaging.invited", _("%(name)s invites you to the group %(group)s"), "users-group"),
            ("messaging.asked_to_join", _("%(name)s asks to join %(group)s"), "user-plus"),
            ("messaging.let_in", _("You are now in the group %(group)s"), "users-group"),
        ):
            register_kind(Kind(key=key, words=words, icon=icon))
