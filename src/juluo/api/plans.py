"""Plans over HTTP: what they hold, part by part, and making one."""

from datetime import date, timedelta
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Refused
from juluo.api.fields import Day, Id, Words
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.planning import permissions, queries, services

router = Router(tags=["plans"])


class PlanOut(Schema):
    """A plan in a list."""

    id: int
    kind: str
    title: str
    first: date
    last: date
    status: str
    owner_id: int
    version: int = Field(description="Number of the last frozen version; 0 before the first.")


class EntryOut(Schema):
    """One thing that a plan holds: its reference, title and facts."""

    ref: str
    title: str
    facts: dict[str, Any]


class PlanDetail(PlanOut):
    """A plan with what it holds now, part by part."""

    parts: dict[str, list[EntryOut]]


class PlanIn(Schema):
    """What a new plan covers."""

    kind: Literal["annual", "quarterly", "activity", "campaign"]
    title: Words = Field(min_length=1, max_length=200)
    first: Day
    last: Day
    owner_id: Id | None = Field(None, description="Yourself, if absent.")


class SectionIn(Schema):
    """The words of a section, in Markdown."""

    text: Words = Field(max_length=40_000)


@router.get("/", response=list[PlanOut], summary="List the plans")
def plan_list(request: HttpRequest) -> Any:
    """Return the plans, running ones first."""
    allow(request, permissions.can_see_plans)
    return queries.plans(today=insights.local_today(now=timezone.now()))


@router.get("/{int:plan_id}/", response=PlanDetail, summary="Read a plan")
def plan(request: HttpRequest, plan_id: int) -> Any:
    """Return a plan with its parts, those that the key's member may see."""
    bearer = allow(request, permissions.can_see_plans)
    card = queries.plan_card(plan_id, today=insights.local_today(now=timezone.now()))
    if card is None:
        raise Http404
    parts = {
        part.key: [
            {"ref": entry.ref, "title": entry.title, "facts": dict(entry.facts)}
            for entry in part.entries(plan_id)
        ]
        for part in queries.plan_parts(bearer.member)
    }
    return {**card.__dict__, "parts": parts}


@router.post("/", response={201: PlanOut}, summary="Make a plan from its kind's template")
def make(request: HttpRequest, given: PlanIn) -> Any:
    """Make a plan; its sections are empty until somebody writes them."""
    bearer = allow(request, permissions.can_plan)
    if given.last < given.first:
        raise Refused("The last day comes before the first.", last="before first")
    owner_id = given.owner_id or bearer.member.pk
    if owner_id not in dict(members.staff()):
        raise Refused("The owner of a plan is a member of staff.", owner_id="not staff")
    made = services.make_plan(
        kind=given.kind,
        title=given.title,
        start=given.first,
        end=given.last + timedelta(days=1),
        owner_id=owner_id,
        actor_id=bearer.member.pk,
        at=timezone.now(),
    )
    today = insights.local_today(now=timezone.now())
    return Status(201, queries.plan_card(made.pk, today=today))


@router.put("/{int:plan_id}/sections/{section}/", response={204: None}, summary="Write a section")
def write(request: HttpRequest, plan_id: int, section: str, given: SectionIn) -> Any:
    """Replace the words of one section."""
    bearer = allow(request, permissions.can_plan)
    if queries.section_text(plan_id, section) is None:
        raise Http404
    services.write_section(
        plan_id=plan_id,
        key=section,
        text=given.text.replace("\r\n", "\n"),
        actor_id=bearer.member.pk,
        at=timezone.now(),
    )
    return Status(204, None)
