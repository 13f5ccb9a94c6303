"""How Django knows this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Register the app."""

    name = "juluo.web"
