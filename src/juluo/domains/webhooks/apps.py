"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Register the app, its menu entry, its calls, and what operators are told."""

    name = "juluo.domains.webhooks"

    def ready(self) -> None:
        """Ask for calls to be made, and add the menu entry."""
        from juluo.domains.notifications.queries import register_kind
        from juluo.domains.notifications.types import Kind
        from juluo.domains.webhooks import permissions, subscribers, tasks
        from juluo.jobs.schedule import every
        from juluo.ui.navigation import NavItem, Section, register

        assert subscribers  # noqa: S101 - imported for its subscription
        register_kind(
            Kind(
                key="webhooks.stopped",
                words=_("The webhook %(name)s failed so often that it is called no more"),
                label=_("A webhook was stopped"),
                icon="plug",
                urgent=True,
                for_staff=True,
            )
        )
        every("* * * * *", tasks.call_due)
        every("50 3 * * *", tasks.forget_old_calls)
        register(
            NavItem(
                Section.SETTINGS,
                _("Webhooks"),
                "webhooks:webhooks",
                "plug",
                90,
                permissions.can_keep_webhooks,
            )
        )
