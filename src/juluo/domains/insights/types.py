"""Values other packages may hold in their hands."""

from collections.abc import Mapping
from typing import Any, Protocol

from juluo.domains.insights.models import Alert
from juluo.domains.insights.rules import Look

__all__ = ["Look", "WatchRule", "WatchSide", "Watched"]

WatchRule = Alert.Rule
WatchSide = Alert.Side


class Watched(Protocol):
    """Whatever holds a rule over one metric: an alert, a leading indicator of a risk."""

    @property
    def metric(self) -> str:
        """The catalog's key."""

    @property
    def filters(self) -> Mapping[str, Any]:
        """The question's filters as they are stored."""

    @property
    def grain(self) -> str:
        """How time is cut: day, week or month."""

    @property
    def rule(self) -> str:
        """Which rule: threshold, change or anomaly."""

    @property
    def side(self) -> str:
        """On which side it fires."""

    @property
    def value(self) -> float:
        """The limit, as :func:`juluo.domains.insights.queries.limit_stored` keeps it."""
