"""Goals over HTTP: where they stand, their past, setting one, and changing a target."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.analytics.question import Grain
from juluo.api.authentication import allow
from juluo.api.errors import Refused, refusals
from juluo.api.fields import Day, Id, Words
from juluo.domains.insights.queries import local_today
from juluo.domains.members import queries as members
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.types import Wanted

router = Router(tags=["goals"])
# Figures larger than this are slips of the key, as in the forms.
LARGEST = 1e9
WORDS: dict[type[Exception], str] = {
    services.GoalIsDropped: "This goal was given up.",
}


class ReadingOut(Schema):
    """Where a target stood on a day; the band is that of the goal's end."""

    day: date
    value: float | None
    pace: float | None
    low: float | None
    middle: float | None
    high: float | None
    status: str
    data_version: str


class RevisionOut(Schema):
    """What a target was set to, when, by whom and why."""

    set_at: datetime
    set_by_id: int
    baseline: float
    target: float
    first: date
    last: date
    reason: str
    evidence: list[str]


class TargetOut(Schema):
    """A target in its metric's own unit, and its newest reading."""

    id: int
    metric: str
    unit: str
    measure: str
    grain: str
    filters: dict[str, Any]
    higher_is_better: bool
    baseline: float
    target: float
    weight: int
    status: str
    progress: float | None = Field(description="From 0 to 1.")
    reading: ReadingOut | None


class GoalOut(Schema):
    """A goal with its targets; its status is that of the target that needs somebody most."""

    id: int
    plan_id: int
    objective_id: int | None
    title: str
    why: str
    owner_id: int
    first: date
    last: date
    weight: int
    is_dropped: bool
    status: str
    progress: float | None = Field(description="From 0 to 1, weighted.")
    targets: list[TargetOut]


class TargetDetail(TargetOut):
    """A target with what was read and every value it was set to, oldest first."""

    readings: list[ReadingOut]
    revisions: list[RevisionOut]


class GoalDetail(GoalOut):
    """A goal with the past of its targets."""

    targets: list[TargetDetail]  # type: ignore[assignment]


class TargetIn(Schema):
    """What a goal is measured by. Shares from 0 to 1, times in seconds."""

    metric: Words = Field(max_length=60)
    target: float = Field(ge=0, le=LARGEST, allow_inf_nan=False)
    baseline: float | None = Field(
        None, ge=0, le=LARGEST, allow_inf_nan=False, description="The metric's own, if absent."
    )
    measure: Literal["level", "total"] = "level"
    grain: Literal["day", "week", "month"] | None = Field(
        None, description="Of a level; as suits the dates, if absent."
    )
    weight: int = Field(1, ge=1, le=100)
    spaces: list[Id] = Field([], max_length=100, description="Only these spaces.")
    sources: list[Words] = Field([], max_length=20, description="Only these sources.")
    exclude_staff: bool = False


class GoalIn(Schema):
    """A goal with its targets."""

    plan_id: Id
    title: Words = Field(min_length=1, max_length=200)
    why: Words = Field("", max_length=5000)
    first: Day
    last: Day
    objective_id: Id | None = None
    owner_id: Id | None = Field(None, description="Yourself, if absent.")
    weight: int = Field(1, ge=1, le=100)
    targets: list[TargetIn] = Field(min_length=1, max_length=10)


class ChangeIn(Schema):
    """Another figure for a target, and why."""

    target: float = Field(ge=0, le=LARGEST, allow_inf_nan=False)
    baseline: float | None = Field(
        None, ge=0, le=LARGEST, allow_inf_nan=False, description="As it is, if absent."
    )
    reason: Words = Field(min_length=1, max_length=5000)
    evidence: list[Words] = Field(
        [], max_length=20, description="References to what it rests on, such as goal:3."
    )


class Listed(Schema):
    """Which goals."""

    plan: Id | None = Field(None, description="All goals of this plan; without it, those running.")


@router.get("/", response=list[GoalOut], summary="List goals")
def goal_list(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return the goals of a plan, or of all open plans those whose days have come."""
    allow(request, permissions.can_see_plans)
    today = local_today(now=timezone.now())
    if listed.plan is not None and not queries.plan_titles([listed.plan]):
        raise Http404
    return queries.goal_figures(today=today, plan_id=listed.plan)


@router.get("/{int:goal_id}/", response=GoalDetail, summary="Read a goal")
def goal(request: HttpRequest, goal_id: int) -> Any:
    """Return a goal with what was read of its targets, and what they were set to before."""
    allow(request, permissions.can_see_plans)
    return _detail(goal_id)


def _detail(goal_id: int) -> dict[str, Any]:
    found = queries.goal_figures(today=local_today(now=timezone.now()), goal_id=goal_id)
    if not found:
        raise Http404
    ids = [each.id for each in found[0].targets]
    readings, revisions = queries.readings_of(ids), queries.revisions_of(ids)
    targets = [
        {**vars(each), "readings": readings[each.id], "revisions": revisions[each.id]}
        for each in found[0].targets
    ]
    return {**vars(found[0]), "targets": targets}


@router.post("/", response={201: GoalDetail}, summary="Set a goal with its targets")
def set_goal(request: HttpRequest, given: GoalIn) -> Any:
    """Set a goal; where its days have come, its targets are read at once."""
    bearer = allow(request, permissions.can_plan)
    now = timezone.now()
    owner_id = _checked(given, bearer.member.pk)
    wanted = [_wanted(each, n, given, now) for n, each in enumerate(given.targets)]
    try:
        with refusals(WORDS):
            made = services.set_goal(
                plan_id=given.plan_id,
                title=given.title,
                why=given.why,
                owner_id=owner_id,
                start=given.first,
                end=given.last + timedelta(days=1),
                targets=wanted,
                objective_id=given.objective_id,
                weight=given.weight,
                actor_id=bearer.member.pk,
                at=now,
            )
    except ObjectDoesNotExist:
        words = "The plan has no such objective."
        raise Refused(words, objective_id="not of this plan") from None
    services.read_targets(now=now, goal_ids=[made.pk])
    return Status(201, _detail(made.pk))


def _checked(given: GoalIn, caller_id: int) -> int:
    """Return the goal's owner, after looking at what the goal names."""
    if given.last < given.first:
        raise Refused("The last day comes before the first.", last="before first")
    if not queries.plan_titles([given.plan_id]):
        raise Refused("There is no such plan.", plan_id="missing")
    owner_id = given.owner_id or caller_id
    if owner_id not in dict(members.staff()):
        raise Refused("The owner of a goal is a member of staff.", owner_id="not staff")
    return owner_id


def _wanted(given: TargetIn, place: int, goal: GoalIn, now: datetime) -> Wanted:
    asked = queries.Asked(
        metric=given.metric,
        target=given.target,
        baseline=given.baseline,
        is_total=given.measure == "total",
        grain=Grain(given.grain) if given.grain else None,
        weight=given.weight,
        spaces=tuple(given.spaces),
        sources=tuple(given.sources),
        exclude_staff=given.exclude_staff,
    )
    try:
        return queries.wanted(asked, start=goal.first, end=goal.last + timedelta(days=1), now=now)
    except queries.NoTarget as error:
        name = "measure" if error.field == "is_total" else error.field
        fields = {f"targets.{place}.{name}": str(error)}
        raise Refused(str(error), code="no_target", **fields) from error


@router.put("/targets/{int:target_id}/", response=GoalDetail, summary="Change a target")
def change_target(request: HttpRequest, target_id: int, given: ChangeIn) -> Any:
    """Set a target anew, with the reason; the old one stays to be seen. Returns its goal."""
    bearer = allow(request, permissions.can_plan)
    now = timezone.now()
    goal_id = queries.goal_of_target(target_id)
    if goal_id is None:
        raise Http404
    _check_change(given, target_id, goal_id)
    with refusals(WORDS):
        services.change_target(
            target_id=target_id,
            value=given.target,
            baseline=given.baseline,
            reason=given.reason,
            evidence=given.evidence,
            actor_id=bearer.member.pk,
            at=now,
        )
    services.read_targets(now=now, goal_ids=[goal_id])
    return _detail(goal_id)


def _check_change(given: ChangeIn, target_id: int, goal_id: int) -> None:
    row = queries.goal_figures(today=local_today(now=timezone.now()), goal_id=goal_id)[0]
    target = next(each for each in row.targets if each.id == target_id)
    if not target.unit:
        raise Refused("The catalog no longer has this metric.", code="no_target")
    if target.unit == "share" and given.target > 1:
        raise Refused("A share is 1 at the most.", code="no_target", target="above 1")
    if set(given.evidence) - {ref for ref, _words in queries.evidence_choices(row.plan_id)}:
        raise Refused("This plan has no such evidence.", evidence="missing")
