"""How Django knows this app."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.community"
