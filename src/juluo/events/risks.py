"""What can happen to risks."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class RiskWritten(Event):
    """A risk was entered into the register."""

    name: ClassVar[str] = "risks.risk_written"
    risk_id: int
    category: str


@dataclass(frozen=True, kw_only=True)
class RiskChanged(Event):
    """What is said of a risk changed; ``fields`` names what."""

    name: ClassVar[str] = "risks.risk_changed"
    risk_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class RiskScored(Event):
    """Somebody gave a risk its probability and impact."""

    name: ClassVar[str] = "risks.risk_scored"
    risk_id: int
    probability: int
    impact: int


@dataclass(frozen=True, kw_only=True)
class RiskRaised(Event):
    """A leading indicator raised the probability of its risk."""

    name: ClassVar[str] = "risks.risk_raised"
    risk_id: int
    indicator_id: int
    raised_from: int
    raised_to: int


@dataclass(frozen=True, kw_only=True)
class RiskReviewed(Event):
    """Somebody looked at a risk again."""

    name: ClassVar[str] = "risks.risk_reviewed"
    risk_id: int
    verdict: str


@dataclass(frozen=True, kw_only=True)
class RiskOutcomeStated(Event):
    """Somebody said whether a risk occurred: ``occurred``, ``absent`` or ``unknown``."""

    name: ClassVar[str] = "risks.outcome_stated"
    risk_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class RiskClosed(Event):
    """A risk left the register: it occurred, or it can no longer happen."""

    name: ClassVar[str] = "risks.risk_closed"
    risk_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class RiskReopened(Event):
    """A risk that was closed stands in the register again."""

    name: ClassVar[str] = "risks.risk_reopened"
    risk_id: int


@dataclass(frozen=True, kw_only=True)
class IndicatorAdded(Event):
    """A leading indicator watches over a risk."""

    name: ClassVar[str] = "risks.indicator_added"
    risk_id: int
    indicator_id: int
    metric: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class IndicatorEnded(Event):
    """A leading indicator watches no more."""

    name: ClassVar[str] = "risks.indicator_ended"
    risk_id: int
    indicator_id: int


@dataclass(frozen=True, kw_only=True)
class IndicatorFired(Event):
    """A leading indicator left its bounds."""

    name: ClassVar[str] = "risks.indicator_fired"
    risk_id: int
    indicator_id: int
    episode_id: int


@dataclass(frozen=True, kw_only=True)
class IndicatorCalmed(Event):
    """A leading indicator is back within its bounds for long enough: lowering is proposed."""

    name: ClassVar[str] = "risks.indicator_calmed"
    risk_id: int
    indicator_id: int
    episode_id: int


@dataclass(frozen=True, kw_only=True)
class MitigationPrepared(Event):
    """A response to a risk was prepared."""

    name: ClassVar[str] = "risks.mitigation_prepared"
    risk_id: int
    mitigation_id: int
    strategy: str


@dataclass(frozen=True, kw_only=True)
class MitigationStarted(Event):
    """A response began, by hand or by an indicator; its task is in the schedule."""

    name: ClassVar[str] = "risks.mitigation_started"
    risk_id: int
    mitigation_id: int
    task_id: int | None = None
    indicator_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MitigationDropped(Event):
    """A response was given up."""

    name: ClassVar[str] = "risks.mitigation_dropped"
    risk_id: int
    mitigation_id: int


@dataclass(frozen=True, kw_only=True)
class AppetiteSet(Event):
    """The score above which a response is required was set."""

    name: ClassVar[str] = "risks.appetite_set"
    score: int
