"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Register the app, the sending of mail and the page of kept mail."""

    name = "juluo.domains.notifications"

    def ready(self) -> None:
        """Ask for mail to be sent, and add the menu entry."""
        from juluo.domains.notifications import permissions, subscribers, tasks
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        assert subscribers  # noqa: S101 - imported for its subscriptions
        register_kind(
            Kind(
                key="members.guidelines_published",
                words=_("Version %(number)s of the guidelines is out: please read and accept it"),
                label=_("New guidelines"),
                icon="scale",
            )
        )
        register_kind(
            Kind(
                key="members.guidelines_reminder",
                words=_("Version %(number)s of the guidelines still waits for you to accept it"),
                label=_("A reminder of the guidelines"),
                icon="scale",
                urgent=True,
            )
        )
        every("* * * * *", tasks.send_mail)
        every("*/5 * * * *", tasks.send_digests)
        every("40 3 * * *", tasks.forget_marks)
        register(
            NavItem(
                Section.SETTINGS,
                _("Kept mail"),
                "notifications:outbox",
                "mail",
                95,
                permissions.can_see_outbox,
            )
        )
