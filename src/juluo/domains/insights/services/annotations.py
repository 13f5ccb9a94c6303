"""Notes on the time axis."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from juluo.domains.insights.models import Annotation
from juluo.domains.members.services import audit
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.insights import AnnotationWithdrawn, AnnotationWritten


@transaction.atomic
def annotate(
    *,
    kind: str,
    words: str,
    start: date,
    end: date | None = None,
    actor_id: int,
    at: datetime,
) -> Annotation:
    """Write a note on the time axis by hand.

    :param end: the first local day not covered; absent for a single day.
    """
    note = Annotation.objects.create(
        kind=kind, words=words.strip(), start=start, end=end, written_by_id=actor_id, written_at=at
    )
    record(AnnotationWritten(annotation_id=note.pk, kind=kind), at=at, actor_id=actor_id)
    _audit(note, "insights.annotation_written", actor_id, at)
    return note


@transaction.atomic
def tell_annotation(
    *,
    origin: str,
    kind: str,
    telling: str,
    facts: dict[str, Any],
    start: date,
    end: date | None = None,
    url: str = "",
    at: datetime,
) -> None:
    """Put what an event tells of on the time axis: one note for each ``origin``.

    Told again with other days, words or facts, the note is brought up to date. Part of the
    event's own story, it records none of its own.
    """
    said = {
        "kind": kind,
        "telling": telling,
        "facts": facts,
        "start": start,
        "end": end,
        "url": url,
        "written_at": at,
    }
    Annotation.objects.update_or_create(origin=origin, defaults=said)


@transaction.atomic
def withdraw(*, annotation_id: int, actor_id: int, at: datetime) -> None:
    """Take a note off the time axis; one that is gone stays gone."""
    note = Annotation.objects.filter(pk=annotation_id, withdrawn_at=None).first()
    if note is None:
        return
    note.withdrawn_at = at
    note.save(update_fields=["withdrawn_at"])
    record(AnnotationWithdrawn(annotation_id=note.pk), at=at, actor_id=actor_id)
    _audit(note, "insights.annotation_withdrawn", actor_id, at)


def _audit(note: Annotation, action: str, actor_id: int, at: datetime) -> None:
    subject = reference("annotation", note.pk)
    details = {"kind": note.kind, "start": note.start.isoformat()}
    audit(actor_id=actor_id, action=action, subject=subject, details=details, at=at)
