"""What can happen to alerts and annotations."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class AlertMade(Event):
    """Somebody set an alert on a metric."""

    name: ClassVar[str] = "insights.alert_made"
    alert_id: int
    metric: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class AlertChanged(Event):
    """An alert's rule, owner or title changed."""

    name: ClassVar[str] = "insights.alert_changed"
    alert_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class AlertMuted(Event):
    """An alert was silenced for some hours; none of them: it speaks again."""

    name: ClassVar[str] = "insights.alert_muted"
    alert_id: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class AlertEnded(Event):
    """An alert was switched off for good."""

    name: ClassVar[str] = "insights.alert_ended"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    """A metric went out of an alert's bounds; told once for each episode."""

    name: ClassVar[str] = "insights.alert_raised"
    alert_id: int
    firing_id: int
    metric: str


@dataclass(frozen=True, kw_only=True)
class AlertOver(Event):
    """The metric came back within bounds."""

    name: ClassVar[str] = "insights.alert_over"
    alert_id: int
    firing_id: int


@dataclass(frozen=True, kw_only=True)
class AlertDecided(Event):
    """Somebody said what an episode was worth."""

    name: ClassVar[str] = "insights.alert_decided"
    alert_id: int
    firing_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class AnnotationWritten(Event):
    """A note was put on the time axis."""

    name: ClassVar[str] = "insights.annotation_written"
    annotation_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class AnnotationWithdrawn(Event):
    """A note was taken off the time axis."""

    name: ClassVar[str] = "insights.annotation_withdrawn"
    annotation_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerKept(Event):
    """Somebody kept a figure under an address that stays."""

    name: ClassVar[str] = "insights.answer_kept"
    answer_id: int
    metric: str


@dataclass(frozen=True, kw_only=True)
class ViewSaved(Event):
    """Somebody saved a question of the explorer under a title."""

    name: ClassVar[str] = "insights.view_saved"
    view_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ViewRemoved(Event):
    """A saved view was removed, from every dashboard too."""

    name: ClassVar[str] = "insights.view_removed"
    view_id: int


@dataclass(frozen=True, kw_only=True)
class ViewShared(Event):
    """A saved view was shown to all staff, or to its owner alone again."""

    name: ClassVar[str] = "insights.view_shared"
    view_id: int
    shared: bool


@dataclass(frozen=True, kw_only=True)
class DashboardMade(Event):
    """Somebody made a dashboard."""

    name: ClassVar[str] = "insights.dashboard_made"
    dashboard_id: int


@dataclass(frozen=True, kw_only=True)
class DashboardChanged(Event):
    """A dashboard's title, sharing, views, order or schedule changed."""

    name: ClassVar[str] = "insights.dashboard_changed"
    dashboard_id: int
    part: str


@dataclass(frozen=True, kw_only=True)
class DashboardRemoved(Event):
    """A dashboard was removed; its views stay."""

    name: ClassVar[str] = "insights.dashboard_removed"
    dashboard_id: int


@dataclass(frozen=True, kw_only=True)
class DashboardSent(Event):
    """A dashboard's figures were sent to its readers."""

    name: ClassVar[str] = "insights.dashboard_sent"
    dashboard_id: int
    readers: int
