"""What can happen to reports, and to what was promised in them."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ReportAsked(Event):
    """A member of staff asked for a report as a file."""

    name: ClassVar[str] = "reporting.report_asked"
    report_id: int
    format: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ReportFinished(Event):
    """A file of a report that was asked for lies ready."""

    name: ClassVar[str] = "reporting.report_finished"
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReportBegun(Event):
    """A report was asked for; it is being composed."""

    name: ClassVar[str] = "reporting.report_begun"
    report_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ReportComposed(Event):
    """A report's content was composed from the figures as they stand."""

    name: ClassVar[str] = "reporting.report_composed"
    report_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(Event):
    """A report was frozen and laid before the owners."""

    name: ClassVar[str] = "reporting.report_submitted"
    report_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Event):
    """An owner sent a report back."""

    name: ClassVar[str] = "reporting.report_returned"
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReportSigned(Event):
    """An owner signed a report off; alone if nobody else could."""

    name: ClassVar[str] = "reporting.report_signed"
    report_id: int
    alone: bool


@dataclass(frozen=True, kw_only=True)
class ReportIssued(Event):
    """A report was issued: from now on it never changes."""

    name: ClassVar[str] = "reporting.report_issued"
    report_id: int
    kind: str
    edition: int


@dataclass(frozen=True, kw_only=True)
class ReportDropped(Event):
    """A report that was not issued was discarded."""

    name: ClassVar[str] = "reporting.report_dropped"
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReportNoteWritten(Event):
    """Somebody wrote a note beside the figures of a report."""

    name: ClassVar[str] = "reporting.note_written"
    report_id: int
    note_id: int


@dataclass(frozen=True, kw_only=True)
class ReportNoteRemoved(Event):
    """A note was taken off a report that was not yet issued."""

    name: ClassVar[str] = "reporting.note_removed"
    report_id: int
    note_id: int


@dataclass(frozen=True, kw_only=True)
class ReportCommented(Event):
    """Somebody remarked on a report."""

    name: ClassVar[str] = "reporting.report_commented"
    report_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class ReportCommentSettled(Event):
    """A remark on a report was settled."""

    name: ClassVar[str] = "reporting.comment_settled"
    report_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class ReportShared(Event):
    """A link to a report was made."""

    name: ClassVar[str] = "reporting.report_shared"
    report_id: int
    share_id: int


@dataclass(frozen=True, kw_only=True)
class ReportShareEnded(Event):
    """A link to a report was ended before its day."""

    name: ClassVar[str] = "reporting.share_ended"
    report_id: int
    share_id: int


@dataclass(frozen=True, kw_only=True)
class ReportScheduled(Event):
    """Reports of a kind are made whenever a cycle is over."""

    name: ClassVar[str] = "reporting.report_scheduled"
    schedule_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ReportScheduleEnded(Event):
    """A schedule of reports was ended."""

    name: ClassVar[str] = "reporting.schedule_ended"
    schedule_id: int


@dataclass(frozen=True, kw_only=True)
class ActionPromised(Event):
    """An action was promised in a report."""

    name: ClassVar[str] = "reporting.action_promised"
    action_id: int
    report_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class ActionChanged(Event):
    """What an action asks, of whom or until when, was changed."""

    name: ClassVar[str] = "reporting.action_changed"
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionDecided(Event):
    """An action was done, dropped, or opened again."""

    name: ClassVar[str] = "reporting.action_decided"
    action_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class ActionMeasured(Event):
    """An issued report measured what had become of an action."""

    name: ClassVar[str] = "reporting.action_measured"
    action_id: int
    report_id: int
    verdict: str
