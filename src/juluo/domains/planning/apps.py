"""How Django knows this app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.planning"
