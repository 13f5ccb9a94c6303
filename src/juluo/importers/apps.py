"""How Django knows this app."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """Register the app."""

    name = "juluo.importers"
