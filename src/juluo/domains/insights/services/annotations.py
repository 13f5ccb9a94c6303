"""Notes on the time axis."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from juluo.domains.insights.models import Annotation
from juluo.domains.members.services import record_audited
from juluo.events.base import Event, reference
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
    written = Annotation.objects.create(
        kind=kind, words=words.strip(), start=start, end=end, written_by_id=actor_id, written_at=at
    )
    _kept(AnnotationWritten(annotation_id=written.pk, kind=kind), written, actor_id, at)
    return written


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
    found = Annotation.objects.filter(pk=annotation_id, withdrawn_at=None).first()
    if found is None:
        return
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    _kept(AnnotationWithdrawn(annotation_id=found.pk), found, actor_id, at)


def _kept(event: Event, about: Annotation, actor_id: int, at: datetime) -> None:
    details = {"kind": about.kind, "start": about.start.isoformat()}
    subject = reference("annotation", about.pk)
    record_audited(event, subject=subject, actor_id=actor_id, details=details, at=at)
