"""Reports that are made whenever a cycle is over."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.reporting.models import Report, ReportSchedule
from juluo.domains.reporting.services.composing import AlreadyBegun, begin_report
from juluo.domains.reporting.types import Kind, last_cycle
from juluo.events.base import reference
from juluo.events.reporting import ReportScheduled, ReportScheduleEnded


@transaction.atomic
def schedule_reports(
    *,
    kind: Kind,
    wait_days: int,
    recipient_ids: Sequence[int],
    mailed_format: str = "",
    with_money: bool = False,
    plan_id: int | None = None,
    actor_id: int,
    at: datetime,
) -> ReportSchedule:
    """Let reports of a kind be made, from the cycle on that is running now.

    An older schedule of the same kind ends.
    """
    on_plan = Q(plan_id=plan_id) if plan_id is not None else Q(plan=None)
    for older in ReportSchedule.objects.filter(on_plan, kind=kind, ended_at=None):
        end_schedule(schedule_id=older.pk, actor_id=actor_id, at=at)
    schedule = ReportSchedule.objects.create(
        kind=kind,
        plan_id=plan_id,
        with_money=with_money,
        wait_days=wait_days,
        mailed_format=mailed_format,
        made_by_id=actor_id,
        made_at=at,
    )
    schedule.recipients.set(recipient_ids)
    event = ReportScheduled(schedule_id=schedule.pk, kind=str(kind))
    subject = reference("report_schedule", schedule.pk)
    record_audited(event, subject=subject, actor_id=actor_id, at=at)
    return schedule


@transaction.atomic
def end_schedule(*, schedule_id: int, actor_id: int, at: datetime) -> None:
    """Make no more reports by a schedule; those that were made stay."""
    if not ReportSchedule.objects.filter(pk=schedule_id, ended_at=None).update(ended_at=at):
        return
    event = ReportScheduleEnded(schedule_id=schedule_id)
    subject = reference("report_schedule", schedule_id)
    record_audited(event, subject=subject, actor_id=actor_id, at=at)


def make_due_reports(*, now: datetime) -> list[int]:
    """Begin the report of every schedule whose cycle is over; return them.

    A cycle that was over when the schedule was made is left to those who ask for it.
    """
    today = insights.local_today(now=now)
    begun = []
    for schedule in ReportSchedule.objects.filter(ended_at=None):
        start, end = last_cycle(Kind(schedule.kind), today - timedelta(days=schedule.wait_days))
        if end > insights.local_today(now=schedule.made_at):
            report = _begun(schedule, start, end, now)
            begun += [report.pk] if report else []
    return begun


def _begun(schedule: ReportSchedule, start: date, end: date, now: datetime) -> Report | None:
    same = Report.objects.filter(schedule=schedule, start=start, end=end)
    if same.exists():
        return None
    try:
        return begin_report(
            kind=Kind(schedule.kind),
            start=start,
            end=end,
            plan_id=schedule.plan_id,
            with_money=schedule.with_money,
            schedule_id=schedule.pk,
            actor_id=schedule.made_by_id,
            at=now,
        )
    except (AlreadyBegun, IntegrityError):
        return None
