"""Write how many hours staff have, and when they are away."""

import secrets
from datetime import date, datetime

from django.db import transaction

from juluo.domains.members.services import audit, record_audited
from juluo.domains.planning.models import Absence, CalendarFeed, WeeklyHours
from juluo.events.base import reference
from juluo.events.schedule import AbsenceAdded, AbsenceRemoved, HoursStated


@transaction.atomic
def state_hours(
    *, member_id: int, minutes: int, first_day: date, actor_id: int, at: datetime
) -> None:
    """Say how much time somebody has a week from a day on; said again of that day, it is new."""
    WeeklyHours.objects.update_or_create(
        member_id=member_id,
        first_day=first_day,
        defaults={"minutes": minutes, "stated_at": at, "stated_by_id": actor_id},
    )
    record_audited(
        HoursStated(member_id=member_id, minutes=minutes),
        subject=reference("member", member_id),
        actor_id=actor_id,
        action="hours.stated",
        details={"minutes": minutes, "from": first_day.isoformat()},
        at=at,
    )


@transaction.atomic
def add_absence(
    *, member_id: int, kind: str, start: date, end: date, actor_id: int, at: datetime
) -> int:
    """Note that somebody is away on the days ``[start, end)``; return the absence's id."""
    absence = Absence.objects.create(member_id=member_id, kind=kind, start=start, end=end)
    record_audited(
        AbsenceAdded(member_id=member_id, absence_id=absence.pk),
        subject=reference("member", member_id),
        actor_id=actor_id,
        action="absence.added",
        details={"first": start.isoformat(), "end": end.isoformat(), "kind": kind},
        at=at,
    )
    return absence.pk


@transaction.atomic
def remove_absence(*, absence_id: int, actor_id: int, at: datetime) -> None:
    """Take an absence back; one that is gone changes nothing."""
    absence = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if absence is None:
        return
    absence.delete()
    record_audited(
        AbsenceRemoved(member_id=absence.member_id, absence_id=absence_id),
        subject=reference("member", absence.member_id),
        actor_id=actor_id,
        action="absence.removed",
        details={},
        at=at,
    )


@transaction.atomic
def calendar_token(*, member_id: int, at: datetime) -> str:
    """Return the secret of a member's own calendar, made on first use."""
    fresh = {"token": secrets.token_urlsafe(24), "made_at": at}
    feed, _is_new = CalendarFeed.objects.get_or_create(member_id=member_id, defaults=fresh)
    return feed.token


@transaction.atomic
def renew_calendar_token(*, member_id: int, at: datetime) -> str:
    """Give the calendar a new secret: the old address shows nothing any more."""
    fresh = {"token": secrets.token_urlsafe(24), "made_at": at}
    feed, _is_new = CalendarFeed.objects.update_or_create(member_id=member_id, defaults=fresh)
    subject = reference("member", member_id)
    audit(actor_id=member_id, action="calendar.renewed", subject=subject, at=at)
    return feed.token
