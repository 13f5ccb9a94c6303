"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Register the app, the sending of mail and the page of kept mail."""

    name = "juluo.domains.notifications"

    def ready(self) -> None:
        """Ask for mail to be sent, and add the menu entry."""
        from juluo.domains.notifications import permissions, tasks
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

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
