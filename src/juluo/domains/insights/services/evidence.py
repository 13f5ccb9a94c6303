"""Keep an answer as it was given, so that what cites it can be checked later."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from juluo.analytics.question import Answer, point_to_plain, question_to_plain
from juluo.domains.insights.models import KeptAnswer
from juluo.domains.insights.queries.evidence import left_out
from juluo.domains.members import queries as members
from juluo.domains.members.services import audit
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.insights import AnswerKept


@transaction.atomic
def keep(answer: Answer, *, actor_id: int, at: datetime) -> KeptAnswer:
    """Keep an answer under an address that stays; one that is kept already is given back."""
    (kept,) = keep_all([answer], actor_id=actor_id, at=at)
    if kept.as_of == at:
        record(AnswerKept(answer_id=kept.pk, metric=kept.metric), at=at, actor_id=actor_id)
        audit(
            actor_id=actor_id,
            action="insights.answer_kept",
            subject=reference("answer", kept.pk),
            details={"metric": kept.metric, "key": kept.key},
            at=at,
        )
    return kept


@transaction.atomic
def keep_all(answers: list[Answer], *, actor_id: int | None, at: datetime) -> list[KeptAnswer]:
    """Keep the answers a report rests on; part of its own story, this records no event."""
    last_line = EventRecord.objects.aggregate(last=Max("pk"))["last"] or 0
    everyone = members.everyone()
    kept = []
    for answer in answers:
        points = [point_to_plain(point) for point in answer.points]
        asked = question_to_plain(answer.question)
        told = {
            "metric": answer.question.key,
            "version": answer.version,
            "asked": asked,
            "points": points,
            "unit": answer.unit,
            "query": answer.query,
            "notes": list(answer.note_keys),
            "data_version": answer.data_version,
            "last_line": last_line,
            "left_out": left_out(everyone, answer.question.filters),
            "as_of": at,
            "kept_by_id": actor_id,
        }
        key = _key(asked, answer.version, points)
        kept.append(KeptAnswer.objects.get_or_create(key=key, defaults=told)[0])
    return kept


def _key(asked: dict[str, object], version: int, points: list[dict[str, object]]) -> str:
    words = json.dumps([asked, version, points], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
