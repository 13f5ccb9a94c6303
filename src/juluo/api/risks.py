"""The risk register over HTTP, to read."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.fields import Id
from juluo.domains.insights.queries import local_today
from juluo.domains.risks import permissions, queries

router = Router(tags=["risks"])


class Listed(Schema):
    """Which risks are listed."""

    plan: Id | None = Field(None, description="Only those of this plan.")
    status: Literal["live", "ended", ""] = Field(
        "live", description="live: may still happen; ended; empty: all."
    )


class RiskOut(Schema):
    """A risk: because of a cause it may happen that an event, which leads to a consequence."""

    id: int
    cause: str
    event: str
    consequence: str
    category: str
    owner_id: int
    plan_id: int | None
    probability: int = Field(description="1 to 5.")
    impact: int = Field(description="1 to 5.")
    score: int
    above: bool = Field(description="Above the appetite: a response is required.")
    status: str
    horizon: date | None
    review_on: date
    responses: int = Field(description="Responses that were started.")
    indicators: int
    firing: bool = Field(description="A leading indicator is out of bounds.")


@router.get("/", response=list[RiskOut], summary="List the risks")
def risk_list(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return the register, the highest score first."""
    allow(request, permissions.can_see_risks)
    today = local_today(now=timezone.now())
    return queries.register(today=today, plan_id=listed.plan, status=listed.status)
