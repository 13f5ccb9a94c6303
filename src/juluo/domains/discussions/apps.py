"""How Django knows this app."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.discussions"
