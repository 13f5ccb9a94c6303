"""How Django knows this app."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.finance"
