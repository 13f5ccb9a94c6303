"""How Django knows this app."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Register the app."""

    name = "juluo.project"
