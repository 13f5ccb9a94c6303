"""How Django knows this app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Register the app."""

    name = "juluo.ui"
