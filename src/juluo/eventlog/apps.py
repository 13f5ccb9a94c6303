"""How Django knows this app."""

import pkgutil
from importlib import import_module

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    """Register the app."""

    name = "juluo.eventlog"

    def ready(self) -> None:
        """Know every type of event, so that stored lines can be told apart by their verbs."""
        import juluo.events

        for module in pkgutil.iter_modules(juluo.events.__path__):
            import_module(f"juluo.events.{module.name}")
