"""Give the invented community a plan to steer by: goals, work, money, alerts, all through services.

Targets are set by what the talk came to, so that one goal is on pace and one is not.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from juluo.analytics.question import Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.insights import services as insight_services
from juluo.domains.members import queries as members
from juluo.domains.members import services as member_services
from juluo.domains.members.types import Member
from juluo.domains.planning import queries, services
from juluo.domains.planning.types import Aim, Awaited, Wanted
from juluo.importers.demonstration import plan_words as words
from juluo.importers.demonstration.money import budget_of

ZONE = ZoneInfo("Asia/Shanghai")
# How long ago the goals began, if the year is as old as that.
AGO = timedelta(days=70)


@dataclass(frozen=True, kw_only=True)
class Steering:
    """Who steers, since when, and what time it is."""

    owner: int
    operator: int
    moderator: int
    begin: date
    today: date
    now: datetime

    @property
    def year(self) -> tuple[date, date]:
        """The days of the annual plan, the end not counted."""
        return date(self.today.year, 1, 1), date(self.today.year + 1, 1, 1)

    def on(self, days: int) -> datetime:
        """Return nine in the morning so many days after the beginning, never in the future."""
        day = self.begin + timedelta(days=days)
        return min(datetime.combine(day, time(9), ZONE), self.now)

    def day(self, days: int) -> date:
        """Return the day so many days after today."""
        return self.today + timedelta(days=days)


def steer(*, now: datetime) -> int | None:
    """Give the community its plans and return the annual one; nothing where it has plans.

    A community that nobody owns has nobody to sign a plan off, and gets none.
    """
    today = insights.local_today(now=now)
    owners = members.active_owner_ids()
    if not owners or queries.plans(today=today):
        return None
    begin = max(date(today.year, 1, 1), today - AGO)
    early = min(datetime.combine(begin - timedelta(days=7), time(9), ZONE), now)
    who = Steering(
        owner=owners[0],
        operator=_one_of("operator", words.OPERATOR, early),
        moderator=_one_of("moderator", words.MODERATOR, early),
        begin=begin,
        today=today,
        now=now,
    )
    _surroundings(who)
    plan_id = _annual_plan(who)
    _activity(who, plan_id)
    _watch(who)
    services.read_targets(now=now)
    return plan_id


def _one_of(role: str, name: str, at: datetime) -> int:
    """Return a member of a role; one who can never sign in is made where there is none."""
    found = Member.objects.filter(role=role, is_active=True).order_by("pk").first()
    if found is not None:
        return found.pk
    return member_services.create_member(email=None, display_name=name, role=role, at=at).pk


def _surroundings(who: Steering) -> None:
    services.state_positioning(
        value=words.VALUE,
        audience=words.AUDIENCE,
        tone=words.TONE,
        actor_id=who.operator,
        at=who.on(-6),
    )


def _annual_plan(who: Steering) -> int:
    start, end = who.year
    plan = services.make_plan(
        kind="annual",
        title=words.PLAN.format(year=start.year),
        start=start,
        end=end,
        owner_id=who.operator,
        actor_id=who.operator,
        at=who.on(-6),
    )
    for key, text in words.SECTIONS.items():
        services.write_section(
            plan_id=plan.pk, key=key, text=text, actor_id=who.operator, at=who.on(-5)
        )
    _notes(who, plan.pk)
    _baseline(who, plan.pk)
    targets = _goals(who, plan.pk)
    strategies = _strategies(who, plan.pk, targets)
    services.make_phases(plan_id=plan.pk, actor_id=who.operator, at=who.on(-3))
    budget_of(who, plan.pk, strategies)
    _sign_off(who, plan.pk)
    _start(who, strategies)
    _gates(who, plan.pk)
    _work(who, plan.pk, strategies)
    return plan.pk


def _notes(who: Steering, plan_id: int) -> None:
    for kind, about, statement, meaning in words.NOTES:
        services.write_note(
            kind=kind,
            about=about,
            statement=statement,
            meaning=meaning,
            observed_on=who.begin - timedelta(days=6),
            author_id=who.operator,
            plan_ids=[plan_id],
            at=who.on(-5),
        )


def _baseline(who: Steering, plan_id: int) -> None:
    services.take_baseline(
        plan_id=plan_id,
        start=who.begin - timedelta(weeks=4),
        end=who.begin,
        actor_id=who.operator,
        at=who.on(-4),
    )


def _goals(who: Steering, plan_id: int) -> list[int]:
    """Set three goals and return their targets: one ahead, one behind, one that should fall."""
    objective = services.add_objective(
        plan_id=plan_id,
        title=words.OBJECTIVE,
        owner_id=who.operator,
        actor_id=who.operator,
        at=who.on(-4),
    )
    wanted = (
        _total(who, "content.contributions", pace=0.9),
        _total(who, "content.questions", pace=1.6),
        _quicker(who, "response.first_reply_median"),
    )
    owners = (who.operator, who.operator, who.moderator)
    found = []
    for title, target, owner_id in zip(words.GOALS, wanted, owners, strict=True):
        goal = services.set_goal(
            plan_id=plan_id,
            title=title,
            why=words.WHY,
            owner_id=owner_id,
            start=who.begin,
            end=who.year[1],
            targets=[target],
            objective_id=objective.pk,
            actor_id=who.operator,
            at=who.on(-4),
        )
        found.append(goal.targets.get().pk)
    return found


def _measuring(who: Steering, aim: Aim) -> queries.Measuring:
    log = insights.current_log()
    return queries.Measuring(aim, start=who.begin, end=who.year[1], log=log, now=who.now)


def _total(who: Steering, key: str, *, pace: float) -> Wanted:
    """Ask for what the talk would come to by the year's end, times ``pace``, in round tens."""
    aim = Aim(metric=key, is_total=True)
    measuring = _measuring(who, aim)
    come = _so_far(who, key)
    passed = max((who.today - who.begin).days, 1)
    whole = come * (who.year[1] - who.begin).days / passed
    value = max(round(whole * pace / 10) * 10.0, 10.0)
    baseline = measuring.baseline() or 0.0
    return Wanted(aim=aim, baseline=baseline, value=value if value != baseline else value + 10)


def _so_far(who: Steering, key: str) -> float:
    """Return what a metric has come to since the beginning; something where that is nothing."""
    end = max(who.today, who.begin + timedelta(days=1))
    asked = insights.question(key, start=who.begin, end=end, grain=Grain.WINDOW)
    points = insights.ask(asked, log=insights.current_log(), now=who.now).points
    return (points[0].value if points else None) or 50.0


def _quicker(who: Steering, key: str) -> Wanted:
    """Ask for replies in four fifths of the time they took."""
    aim = Aim(metric=key, grain=Grain.MONTH)
    baseline = _measuring(who, aim).baseline() or 6 * 3600.0
    return Wanted(aim=aim, baseline=baseline, value=round(baseline * 0.8 / 600) * 600.0 or 600.0)


def _strategies(who: Steering, plan_id: int, targets: list[int]) -> list[int]:
    """Add both strategies and what each should do, before their first day."""
    found = []
    for n, (title, how) in enumerate(words.STRATEGIES):
        strategy = services.add_strategy(
            plan_id=plan_id,
            title=title,
            description=how,
            owner_id=(who.operator, who.moderator)[n],
            start=who.begin + timedelta(days=7 * n),
            end=who.year[1],
            planned_minutes=1200,
            actor_id=who.operator,
            at=who.on(-4),
        )
        services.state_effect(
            strategy_id=strategy.pk,
            target_id=targets[n + 1],
            expected_change=(30.0, -1800.0)[n],
            by=who.year[1] - timedelta(days=1),
            actor_id=who.operator,
            at=who.on(-3),
        )
        found.append(strategy.pk)
    return found


def _sign_off(who: Steering, plan_id: int) -> None:
    at = who.on(-1)
    version = services.submit(plan_id=plan_id, reason="", actor_id=who.operator, at=who.on(-2))
    services.decide(
        plan_id=plan_id, number=version.number, decision="approved", actor_id=who.owner, at=at
    )


def _start(who: Steering, strategies: list[int]) -> None:
    for n, each in enumerate(strategies):
        if who.begin + timedelta(days=7 * n) <= who.today:
            services.start_strategy(strategy_id=each, actor_id=who.operator, at=who.on(7 * n))


def _gates(who: Steering, plan_id: int) -> None:
    """Pass the gates of the phases that have begun, and accept those whose days are over."""
    for phase in queries.plan_schedule(plan_id=plan_id, today=who.today).phases:
        for gate, day in (("entry", phase.first), ("exit", phase.last)):
            if day < who.today:
                days = max((day - who.begin).days, 0)
                services.pass_gate(
                    phase_id=phase.id, gate=gate, actor_id=who.owner, at=who.on(days)
                )


def _work(who: Steering, plan_id: int, strategies: list[int]) -> None:
    for title, due in zip(words.MILESTONES, (who.day(-20), who.day(12), who.day(40)), strict=True):
        milestone_id = services.add_milestone(
            plan_id=plan_id,
            title=title,
            owner_id=who.operator,
            due=due,
            actor_id=who.operator,
            at=who.on(0),
        )
        if due < who.today:
            services.reach_milestone(milestone_id=milestone_id, actor_id=who.operator, at=who.on(3))
    for key, days, owner_id in (
        ("rota", -24, who.operator),
        ("template", -15, who.moderator),
        ("survey", -4, who.moderator),
        ("route", 6, who.operator),
        ("ride", 20, who.operator),
    ):
        strategy_id = strategies[owner_id == who.moderator]
        _task(who, plan_id, key, days, owner_id, strategy_id)


def _task(who: Steering, plan_id: int, key: str, due: int, owner_id: int, strategy_id: int) -> None:
    task_id = services.add_task(
        plan_id=plan_id,
        strategy_id=strategy_id,
        title=words.TASKS[key],
        owner_id=owner_id,
        start=who.day(due - 5) if key != "route" else who.today,
        due=who.day(due),
        planned_minutes=120,
        actor_id=who.operator,
        at=who.on(1),
    )
    if key in {"rota", "template"}:
        services.finish_task(task_id=task_id, actor_id=owner_id, at=who.on(3))
    if key == "route":
        _await_route(who, task_id)


def _await_route(who: Steering, task_id: int) -> None:
    """Let the task wait for a post about the detour that nobody has written yet."""
    space_id = discussions.spaces_by_outside_id(source="demonstration")["routes"]
    awaited = Awaited(space_id=space_id, words=words.ROUTE_WORDS, format="post")
    services.link_task(
        task_id=task_id,
        kind=queries.AWAITED,
        ref=awaited.ref,
        awaited=awaited.as_json(),
        actor_id=who.operator,
        at=who.on(1),
    )


def _activity(who: Steering, parent_id: int) -> None:
    """Begin a plan for an activity that is under way."""
    plan = services.make_plan(
        kind="activity",
        title=words.ACTIVITY,
        start=who.day(-14),
        end=who.day(22),
        owner_id=who.moderator,
        parent_id=parent_id,
        actor_id=who.operator,
        at=min(who.on(0), who.now),
    )
    services.make_phases(plan_id=plan.pk, actor_id=who.operator, at=who.on(0))
    for n, title in enumerate(words.ACTIVITY_TASKS):
        task_id = services.add_task(
            plan_id=plan.pk,
            title=title,
            owner_id=who.moderator,
            due=who.day((-3, 5)[n]),
            planned_minutes=180,
            actor_id=who.operator,
            at=who.on(1),
        )
        step = (services.finish_task, services.start_task)[n]
        step(task_id=task_id, actor_id=who.moderator, at=who.now)


def _watch(who: Steering) -> None:
    """Set an alert, and note two things that may explain a figure."""
    insight_services.make_alert(
        title=words.ALERT,
        metric_key="members.active",
        grain="week",
        rule="change",
        side="below",
        value=0.3,
        owner_id=who.operator,
        actor_id=who.operator,
        at=who.on(0),
    )
    for (kind, said), days in zip(words.ANNOTATIONS, (-40, -12), strict=True):
        day = who.day(days)
        insight_services.annotate(
            kind=kind,
            words=said,
            start=day,
            end=day + timedelta(days=7) if kind == "campaign" else None,
            actor_id=who.operator,
            at=min(datetime.combine(day, time(18), ZONE), who.now),
        )
