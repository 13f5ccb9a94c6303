"""Tasks over HTTP: list, write, arrange, carry through, and tie to what closes them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Refused, refusals
from juluo.api.fields import Day, Id, Words
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.queries import local_today
from juluo.domains.members import queries as members
from juluo.domains.members.permissions import Viewer
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.types import Awaited

router = Router(tags=["tasks"])
WORDS: dict[type[Exception], str] = {
    services.DueBeforeStart: "The last day comes before the first.",
    services.OtherPlan: "Phase, milestone and strategy belong to one plan.",
}
# What each step does, and the status that it leads to.
STEPS: dict[str, tuple[Callable[..., bool], str]] = {
    "start": (services.start_task, "doing"),
    "finish": (services.finish_task, "done"),
    "reopen": (services.reopen_task, "todo"),
    "drop": (services.drop_task, "dropped"),
}


KindOfWork = Literal["", "community", "content", "members", "interaction", "service"]


class TaskOut(Schema):
    """A task in a list; ``start`` and ``due`` are its first and last day."""

    id: int
    title: str
    status: str
    owner_id: int | None
    start: date | None
    due: date | None
    planned_minutes: int
    kind_of_work: str = Field(description="Empty where nobody has told.")
    is_late: bool
    plan_id: int | None
    phase_id: int | None
    milestone_id: int | None
    strategy_id: int | None
    waits_for: list[str] = Field(description="Titles of unfinished tasks that it needs.")
    closed_by_ref: str = Field(description="What closed it, where no person did: post:12.")


class LinkOut(Schema):
    """What a task is tied to, or waits for."""

    id: int
    kind: str
    title: str
    closed_at: datetime | None


class TaskDetail(TaskOut):
    """A task in full."""

    details: str
    created_at: datetime
    done_at: datetime | None
    needs: list[int]
    needed_by: list[int]
    links: list[LinkOut]


class Listed(Schema):
    """Which tasks; without anything, all of them."""

    plan: Id | None = None
    owner: Id | None = None
    status: Literal["todo", "doing", "done", "dropped"] | None = None
    kind_of_work: KindOfWork | None = Field(
        None, description="Empty: those of which nobody has told."
    )
    after: int = Field(0, ge=0, lt=2**63, description="The last id that you have.")
    limit: int = Field(100, ge=1, le=500)


class TaskIn(Schema):
    """What a new task says."""

    title: Words = Field(min_length=1, max_length=200)
    details: Words = Field("", max_length=10_000)
    plan_id: Id | None = None
    phase_id: Id | None = None
    milestone_id: Id | None = None
    strategy_id: Id | None = None
    owner_id: Id | None = None
    start: Day | None = None
    due: Day | None = None
    planned_minutes: int = Field(0, ge=0, le=300_000)
    kind_of_work: KindOfWork = ""


class ArrangeIn(Schema):
    """Who does it and when. What is absent stays; null takes it away."""

    owner_id: Id | None = None
    start: Day | None = None
    due: Day | None = None


class AwaitedIn(Schema):
    """The first publication of a space that fits."""

    space_id: Id
    member_id: Id | None = None
    words: list[Words] = Field([], max_length=10, description="All of them in its title.")
    format: Literal["", "post", "question"] = ""


class LinkIn(Schema):
    """What closes a task: an object there is, or a publication still awaited. One of the two."""

    kind: Words = Field("", max_length=20, description="question, post …")
    ref: Words = Field("", max_length=60, description="Such as post:12.")
    awaited: AwaitedIn | None = None


@router.get("/", response=list[TaskOut], summary="List tasks")
def task_list(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return tasks by id, the slots of content plans among them; ask on with ``after``."""
    allow(request, permissions.can_see_plans)
    return queries.task_list(
        today=local_today(now=timezone.now()),
        plan_id=listed.plan,
        owner_id=listed.owner,
        status=listed.status,
        kind_of_work=listed.kind_of_work,
        after=listed.after,
        limit=listed.limit,
    )


@router.get("/{int:task_id}/", response=TaskDetail, summary="Read a task")
def task(request: HttpRequest, task_id: int) -> Any:
    """Return a task with what it waits for and what closes it."""
    allow(request, permissions.can_see_plans)
    return _detail(task_id)


def _detail(task_id: int) -> dict[str, Any]:
    found = queries.task_detail(task_id, today=local_today(now=timezone.now()))
    if found is None:
        raise Http404
    links = [
        {"id": each.id, "kind": each.kind, "title": each.title, "closed_at": each.closed_at}
        for each in found.links
    ]
    return {
        **vars(found.row),
        "details": found.details,
        "created_at": found.created_at,
        "done_at": found.done_at,
        "needs": [pk for pk, _title, _status in found.needs],
        "needed_by": [pk for pk, _title, _status in found.needed_by],
        "links": links,
    }


@router.post("/", response={201: TaskDetail}, summary="Write a task down")
def add(request: HttpRequest, given: TaskIn) -> Any:
    """Write a task down; its owner is told. The plan is that of its phase or strategy."""
    bearer = allow(request, permissions.can_plan)
    if given.plan_id is not None and not queries.plan_titles([given.plan_id]):
        raise Refused("There is no such plan.", plan_id="missing")
    _check_owner(given.owner_id)
    try:
        with refusals(WORDS):
            task_id = services.add_task(
                **given.dict(), actor_id=bearer.member.pk, at=timezone.now()
            )
    except ObjectDoesNotExist:
        words = "There is no such phase, milestone or strategy."
        raise Refused(words, code="missing_part") from None
    return Status(201, _detail(task_id))


def _check_owner(owner_id: int | None, *, before: int | None = None) -> None:
    if owner_id not in {None, before, *dict(members.staff())}:
        raise Refused("The owner of a task is a member of staff.", owner_id="not staff")


def _row(task_id: int) -> queries.TaskRow:
    row = queries.task_row(task_id, today=local_today(now=timezone.now()))
    if row is None:
        raise Http404
    return row


@router.patch("/{int:task_id}/", response=TaskDetail, summary="Change owner and dates of a task")
def arrange(request: HttpRequest, task_id: int, given: ArrangeIn) -> Any:
    """Change owner, first or last day. Whoever owns the task may move its last day."""
    bearer = allow(request, permissions.can_see_plans)
    row = _row(task_id)
    changes = given.dict(exclude_unset=True)
    only_due = set(changes) <= {"due"}
    allow(request, _works_on(row) if only_due else permissions.can_plan)
    _check_owner(changes.get("owner_id"), before=row.owner_id)
    with refusals(WORDS):
        services.arrange_task(
            task_id=task_id, actor_id=bearer.member.pk, at=timezone.now(), **changes
        )
    return _detail(task_id)


def _works_on(row: queries.TaskRow) -> Callable[[Viewer], bool]:
    return lambda viewer: permissions.can_work_on(viewer, owner_id=row.owner_id)


@router.post("/{int:task_id}/links/", response={201: TaskDetail}, summary="Link a task")
def link(request: HttpRequest, task_id: int, given: LinkIn) -> Any:
    """Tie a task to what closes it; what is done already closes it at once."""
    bearer = allow(request, permissions.can_plan)
    _row(task_id)
    about = _awaited(given.awaited) if given.awaited is not None else _named(given)
    services.link_task(task_id=task_id, **about, actor_id=bearer.member.pk, at=timezone.now())
    return Status(201, _detail(task_id))


def _named(given: LinkIn) -> dict[str, Any]:
    kind = queries.link_kind(given.kind)
    if kind is None or kind.key == queries.AWAITED or not kind.title(given.ref, {}):
        raise Refused("There is no such thing to link to.", ref="missing")
    return {"kind": kind.key, "ref": given.ref}


def _awaited(given: AwaitedIn) -> dict[str, Any]:
    if not discussions.space_names([given.space_id]):
        raise Refused("There is no such space.", **{"awaited.space_id": "missing"})
    if given.member_id is not None and given.member_id not in members.names([given.member_id]):
        raise Refused("There is no such member.", **{"awaited.member_id": "missing"})
    awaited = Awaited(
        space_id=given.space_id,
        member_id=given.member_id,
        words=tuple(given.words),
        format=given.format,
    )
    return {"kind": queries.AWAITED, "ref": awaited.ref, "awaited": awaited.as_json()}


@router.delete("/{int:task_id}/links/{int:link_id}/", response={204: None}, summary="Unlink a task")
def unlink(request: HttpRequest, task_id: int, link_id: int) -> Any:
    """Untie a task from what has not closed it."""
    bearer = allow(request, permissions.can_plan)
    found = _detail(task_id)
    tied = [each for each in found["links"] if each["id"] == link_id]
    if not tied:
        raise Http404
    if not services.unlink_task(link_id=link_id, actor_id=bearer.member.pk, at=timezone.now()):
        raise Refused("It has closed the task already.", code="wrong_state")
    return Status(204, None)


# After the links, whose address it would take for its own.
@router.post("/{int:task_id}/{step}/", response=TaskDetail, summary="Start, finish, reopen, drop")
def take_step(
    request: HttpRequest, task_id: int, step: Literal["start", "finish", "reopen", "drop"]
) -> Any:
    """Carry a task on: its owner may, and whoever plans. Where it stands already, it stays."""
    bearer = allow(request, permissions.can_see_plans)
    row = _row(task_id)
    allow(request, _works_on(row))
    take, status = STEPS[step]
    changed = take(task_id=task_id, actor_id=bearer.member.pk, at=timezone.now())
    found = _detail(task_id)
    if not changed and found["status"] != status:
        raise Refused(f"A task that is {found['status']} has no such step.", code="wrong_state")
    return found
