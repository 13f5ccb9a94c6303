"""Events about webhooks."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(Event):
    """Another program is told of events from now on."""

    name: ClassVar[str] = "webhooks.added"
    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(Event):
    """Where a webhook is, what it is told of, or its secret was changed."""

    name: ClassVar[str] = "webhooks.changed"
    webhook_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookEnded(Event):
    """A program is told nothing any more."""

    name: ClassVar[str] = "webhooks.ended"
    webhook_id: int
