"""Keep what a team decided about a week."""

from datetime import date, datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import WeekReview
from juluo.events.base import reference
from juluo.events.planning import WeekReviewed


@transaction.atomic
def keep_week_review(*, monday: date, decisions: str, actor_id: int, at: datetime) -> WeekReview:
    """Keep what was decided when a week was looked back on; the last words stand."""
    review, _is_new = WeekReview.objects.update_or_create(
        monday=monday,
        defaults={"decisions": decisions.strip(), "written_by_id": actor_id, "written_at": at},
    )
    event = WeekReviewed(week=monday.isoformat())
    record_audited(event, subject=reference("week", review.pk), actor_id=actor_id, at=at)
    return review
