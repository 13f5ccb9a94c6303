"""How Django knows this app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.messaging"
