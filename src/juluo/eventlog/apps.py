"""How Django knows this app."""

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    """Register the app."""

    name = "juluo.eventlog"
