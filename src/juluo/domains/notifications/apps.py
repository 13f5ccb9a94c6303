"""How Django knows this app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.notifications"
