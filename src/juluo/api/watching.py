"""Alerts and notes on the time axis over HTTP."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Refused
from juluo.api.fields import Day, Words
from juluo.domains.insights import permissions, queries, services

router = Router(tags=["alerts and notes"])


class AlertOut(Schema):
    """An alert, and how its episodes were judged."""

    id: int
    title: str
    metric: str
    grain: str
    rule: str
    side: str
    value: float
    owner_id: int
    muted_until: datetime | None
    raised: int
    worth: int = Field(description="Episodes worth telling, of those judged.")
    decided: int
    going_on: bool


class AnnotationOut(Schema):
    """A note on the time axis."""

    id: int
    kind: str
    words: str
    first: date
    last: date | None
    is_told: bool = Field(description="Told by an event of the log, not written by hand.")


class AnnotationIn(Schema):
    """What happened, and when."""

    kind: Literal["campaign", "activity", "outage", "rule_change", "data", "other"]
    words: Words = Field(min_length=1, max_length=300)
    first: Day
    last: Day | None = Field(None, description="Only if it lasted longer than a day.")


class Span(Schema):
    """Local days."""

    start: date | None = Field(None, alias="from", description="First local day.")
    end: date | None = Field(None, alias="to", description="First local day not covered.")


@router.get("/alerts/", response=list[AlertOut], summary="List the alerts")
def alerts(request: HttpRequest) -> Any:
    """Return the alerts that are on, with their precision."""
    allow(request, permissions.can_see_alerts)
    return queries.alerts(language="en")


@router.get("/annotations/", response=list[AnnotationOut], summary="List notes on the time axis")
def annotations(request: HttpRequest, span: Query[Span]) -> Any:
    """Return the notes that touch some days, newest first."""
    allow(request, permissions.can_see_alerts)
    return queries.annotations(start=span.start, end=span.end)


@router.post(
    "/annotations/", response={201: dict[str, int]}, summary="Write a note on the time axis"
)
def annotate(request: HttpRequest, given: AnnotationIn) -> Any:
    """Note what happened: a release, an outage, a campaign. Charts and alerts show it."""
    bearer = allow(request, permissions.can_annotate)
    if given.last is not None and given.last < given.first:
        raise Refused("The last day comes before the first.", last="before first")
    note = services.annotate(
        kind=given.kind,
        words=given.words,
        start=given.first,
        end=given.last + timedelta(days=1) if given.last else None,
        actor_id=bearer.member.pk,
        at=timezone.now(),
    )
    return Status(201, {"id": note.pk})
