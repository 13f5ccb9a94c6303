"""How Django knows this app."""

import pkgutil
from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventlogConfig(AppConfig):
    """Register the app, the events, and those who listen to them."""

    name = "juluo.eventlog"

    def ready(self) -> None:
        """Know every type of event and every subscriber (the room of that name in each app)."""
        import juluo.events

        for module in pkgutil.iter_modules(juluo.events.__path__):
            import_module(f"juluo.events.{module.name}")
        autodiscover_modules("subscribers")
