"""State what the community stands for, and keep what was seen around it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import Plan, Positioning, WatchNote, WatchReview
from juluo.domains.planning.services.changes import open_plan
from juluo.events.base import reference
from juluo.events.planning import (
    PositioningStated,
    WatchNoteReviewed,
    WatchNoteWithdrawn,
    WatchNoteWritten,
)

REVIEW_AFTER = timedelta(days=90)


@transaction.atomic
def state_positioning(
    *, value: str, audience: str, tone: str, reason: str = "", actor_id: int, at: datetime
) -> Positioning:
    """State a new version of the positioning; the same words again change nothing."""
    # Two who state at once take turns at the last version; the number is unique besides.
    last = Positioning.objects.select_for_update().order_by("-number").first()
    said = (value.strip(), audience.strip(), tone.strip())
    if last is not None and (last.value, last.audience, last.tone) == said:
        return last
    newest = Positioning.objects.aggregate(newest=Max("number"))["newest"] or 0
    stated = Positioning.objects.create(
        number=newest + 1,
        value=said[0],
        audience=said[1],
        tone=said[2],
        reason=reason.strip(),
        stated_by_id=actor_id,
        stated_at=at,
    )
    event = PositioningStated(number=stated.number)
    record_audited(event, subject=reference("positioning", stated.pk), actor_id=actor_id, at=at)
    return stated


@transaction.atomic
def write_note(
    *,
    kind: str,
    about: str,
    statement: str,
    observed_on: date,
    author_id: int,
    at: datetime,
    meaning: str = "",
    evidence_url: str = "",
    review_on: date | None = None,
    plan_ids: Collection[int] = (),
) -> WatchNote:
    """Keep an observation; it is looked at again after ninety days unless another day is given."""
    written = WatchNote.objects.create(
        kind=kind,
        about=about.strip(),
        statement=statement.strip(),
        meaning=meaning.strip(),
        evidence_url=evidence_url,
        observed_on=observed_on,
        review_on=review_on or observed_on + REVIEW_AFTER,
        author_id=author_id,
        written_at=at,
    )
    written.plans.set(Plan.objects.filter(pk__in=plan_ids))
    event = WatchNoteWritten(note_id=written.pk, kind=kind)
    record_audited(event, subject=reference("watch", written.pk), actor_id=author_id, at=at)
    return written


@transaction.atomic
def review_note(
    *,
    note_id: int,
    verdict: str,
    review_on: date,
    actor_id: int,
    at: datetime,
    words: str = "",
) -> None:
    """Keep a second look at an observation, and the day of the next."""
    reviewed = WatchNote.objects.select_for_update().get(pk=note_id, withdrawn_at=None)
    WatchReview.objects.create(
        note=reviewed, verdict=verdict, words=words.strip(), reviewed_by_id=actor_id, reviewed_at=at
    )
    reviewed.review_on = review_on
    reviewed.save(update_fields=["review_on"])
    event = WatchNoteReviewed(note_id=note_id, verdict=verdict)
    record_audited(event, subject=reference("watch", note_id), actor_id=actor_id, at=at)


@transaction.atomic
def withdraw_note(*, note_id: int, actor_id: int, at: datetime) -> None:
    """Withdraw an observation; it stays in the versions that named it."""
    found = WatchNote.objects.filter(pk=note_id, withdrawn_at=None)
    if found.update(withdrawn_at=at):
        event = WatchNoteWithdrawn(note_id=note_id)
        record_audited(event, subject=reference("watch", note_id), actor_id=actor_id, at=at)


@transaction.atomic
def attach_notes(*, plan_id: int, note_ids: Collection[int]) -> None:
    """Let a plan rest on these observations, and on no others.

    :raises PlanIsClosed: if the plan is closed.
    """
    plan = open_plan(plan_id)
    plan.watch_notes.set(WatchNote.objects.filter(pk__in=note_ids))
