"""How Django knows this app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Register the app."""

    name = "juluo.domains.members"
