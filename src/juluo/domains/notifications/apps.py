"""How Django knows this app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Register the app and the sending of mail."""

    name = "juluo.domains.notifications"

    def ready(self) -> None:
        """Ask for mail to be sent every minute."""
        from juluo.domains.notifications.tasks import send_mail
        from juluo.jobs.schedule import every

        every("* * * * *", send_mail)
