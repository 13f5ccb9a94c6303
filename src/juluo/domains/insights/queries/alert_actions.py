"""What can be done about an episode: higher domains offer it (a task, a risk)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from juluo.domains.insights.queries.alerts import FiringShown


@dataclass(frozen=True, kw_only=True)
class AlertAction:
    """A link beside an episode."""

    label: str | Promise
    icon: str
    url: str


ActionFor = Callable[[FiringShown], AlertAction]
_ACTIONS: list[ActionFor] = []


def register_alert_action(action: ActionFor) -> None:
    """Offer something to do about an episode; called from ``apps.ready()``."""
    if action not in _ACTIONS:
        _ACTIONS.append(action)


def alert_actions(firing: FiringShown) -> list[AlertAction]:
    """Return what can be done about an episode."""
    return [action(firing) for action in _ACTIONS]
