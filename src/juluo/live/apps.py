"""How Django knows this app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Register the app."""

    name = "juluo.live"
