"""What reports promised, over HTTP."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Forbidden, Refused, refusals
from juluo.api.fields import Day, Id, Words
from juluo.domains.members import queries as members
from juluo.domains.planning.queries import metrics_for_gates
from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.services import NotThatFar

router = Router(tags=["reports"])
_REFUSALS: dict[type[Exception], str] = {
    NotThatFar: "The report is not in a state in which this can be done."
}


class Listed(Schema):
    """Which actions."""

    status: Literal["open", "done", "dropped", "all"] = "open"
    owner: Id | None = None


class ActionOut(Schema):
    """An action, and what the last report that measured it found."""

    id: int
    report_id: int
    finding: str
    what: str
    owner_id: int
    due: date
    status: str
    expected: str
    outcome_note: str
    decided_at: datetime | None
    verdict: str
    measured_in: int | None


class ActionIn(Schema):
    """What a draft promises; a figure needs a target, in the catalog's unit (a share as 0.6)."""

    report_id: Id
    what: Words = Field(min_length=1, max_length=300)
    owner_id: Id
    due: Day
    finding: Words = Field("", max_length=80)
    metric: Words = Field("", max_length=60)
    space_ids: list[Id] = Field([], max_length=50)
    target: float | None = None


class DecisionIn(Schema):
    """Whether it is done."""

    status: Literal["open", "done", "dropped"]
    note: Words = Field("", max_length=500)


@router.get("/", response=list[ActionOut], summary="List actions")
def action_list(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return what reports promised, the first due first."""
    bearer = allow(request, permissions.can_see_reports)
    return queries.actions(bearer.member, state=listed.status, owner_id=listed.owner)


@router.post("/", response={201: ActionOut}, summary="Promise an action")
def promise(request: HttpRequest, given: ActionIn) -> Any:
    """Add an action to a draft; the next report measures its figure by itself."""
    bearer = allow(request, permissions.can_make_report)
    if queries.report(bearer.member, given.report_id) is None:
        raise Http404
    now = timezone.now()
    _check(given)
    baseline = None
    if given.metric:
        baseline = queries.value_in_window(
            given.report_id, metric=given.metric, space_ids=given.space_ids, now=now
        )
    with refusals(_REFUSALS):
        made = services.promise_action(
            **given.model_dump(), baseline=baseline, actor_id=bearer.member.pk, at=now
        )
    return Status(201, queries.action_row(made.pk))


def _check(given: ActionIn) -> None:
    if given.owner_id not in dict(members.staff()):
        raise Refused("The owner is staff.", code="no_owner", owner_id="Not a member of staff.")
    if given.metric and given.metric not in {each.key for each in metrics_for_gates()}:
        raise Refused("There is no such figure.", code="no_metric", metric="Unknown.")
    if bool(given.metric) != (given.target is not None):
        raise Refused(
            "A figure has a target, and a target a figure.", code="no_target", target="Say it."
        )


@router.post("/{int:action_id}/decide/", response=ActionOut, summary="Decide about an action")
def decide(request: HttpRequest, action_id: int, given: DecisionIn) -> Any:
    """Say that an action is done, dropped, or open again: its owner may, and operators."""
    bearer = allow(request, permissions.can_see_reports)
    row = queries.action_row(action_id)
    if row is None or queries.report(bearer.member, row.report_id) is None:
        raise Http404
    if not permissions.can_decide_action(bearer.member, owner_id=row.owner_id):
        raise Forbidden
    with refusals(_REFUSALS):
        services.decide_action(
            action_id=action_id,
            status=given.status,
            note=given.note,
            actor_id=bearer.member.pk,
            at=timezone.now(),
        )
    return queries.action_row(action_id)
