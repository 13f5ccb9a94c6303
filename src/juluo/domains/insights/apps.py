"""How Django knows this app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.insights"
