"""How Django knows this app."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.risks"
