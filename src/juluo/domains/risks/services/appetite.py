"""Set the score above which a response is required."""

from datetime import datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.risks.models import Appetite
from juluo.events.risks import AppetiteSet


@transaction.atomic
def set_appetite(*, score: int, actor_id: int, at: datetime) -> None:
    """Set the appetite; the same score again changes nothing."""
    row, _is_new = Appetite.objects.select_for_update().get_or_create(pk=1)
    if row.score == score:
        return
    before, row.score = row.score, score
    row.save(update_fields=["score"])
    event = AppetiteSet(score=score)
    details = {"score": score, "before": before}
    record_audited(event, subject="appetite:1", actor_id=actor_id, details=details, at=at)
