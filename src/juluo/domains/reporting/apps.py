"""How Django knows this app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.reporting"
