"""Which goals are under way, and where their targets stood when they were last read."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from juluo.domains.planning.models import Goal, Plan, Target, TargetReading

# How long goals that are over are still shown among those under way.
STAYS = timedelta(days=7)


def running_goals(*, today: date) -> QuerySet[Goal]:
    """Return the goals of open plans whose days have come; those that are over stay a week."""
    goals = Goal.objects.filter(dropped_at=None, start__lte=today, end__gt=today - STAYS)
    return goals.exclude(plan__status=Plan.Status.CLOSED)


def with_readings(goal_ids: Collection[int]) -> list[tuple[Target, TargetReading | None]]:
    """Return targets with their newest readings. Two queries."""
    newest = TargetReading.objects.filter(target=OuterRef("pk")).order_by("-day")
    targets = list(
        Target.objects.filter(goal_id__in=goal_ids)
        .annotate(newest_id=Subquery(newest.values("pk")[:1]))
        .order_by("pk")
    )
    readings = TargetReading.objects.in_bulk([each.newest_id for each in targets])
    return [(each, readings.get(each.newest_id)) for each in targets]
