"""How Django knows this app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Register the app."""

    name = "juluo.jobs"
