"""Tell those who keep order of questions that nobody answers in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from juluo.domains.discussions.models import Post, Space, SpaceMember
from juluo.domains.discussions.services.entering import subject_of
from juluo.domains.discussions.services.telling import title_of
from juluo.domains.members import queries as members
from juluo.domains.notifications.services import tell_all
from juluo.eventlog.recording import record
from juluo.events.discussions import QuestionEscalated

# What has waited for longer is history, as what imports bring.
HISTORY_AFTER = timedelta(days=31)
AT_ONCE = 200


def escalate_late_questions(*, now: datetime) -> int:
    """Tell of each question past its space's reply target, once; return how many that are."""
    return sum(_escalate(pk, now) for pk in _late(now))


def _late(now: datetime) -> list[int]:
    waits = Q(answer_count=0, closed_at=None, deleted_at=None, escalated_at=None)
    rows = Post.objects.filter(
        waits,
        kind=Post.Kind.QUESTION,
        published_at__gt=now - HISTORY_AFTER,
        published_at__lte=now - timedelta(hours=1),
        space__archived_at=None,
    ).order_by("published_at", "pk")
    asked = rows.values_list("pk", "published_at", "space__reply_hours")
    late = [pk for pk, at, hours in asked if at + timedelta(hours=hours) <= now]
    return late[:AT_ONCE]


@transaction.atomic
def _escalate(post_id: int, now: datetime) -> bool:
    """Take a late question up; of several who look at once, one does."""
    mine = Post.objects.filter(
        pk=post_id, escalated_at=None, answer_count=0, closed_at=None, deleted_at=None
    )
    if not mine.update(escalated_at=now):
        return False
    post = Post.objects.select_related("space").get(pk=post_id)
    here = subject_of(post)
    record(QuestionEscalated(subject_id=here, thread_id=here, space_id=post.space_id), at=now)
    tell_all(
        member_ids=_keepers(post.space),
        kind="discussions.late",
        key=f"discussions.late:{post.pk}",
        facts={"title": title_of(post), "space": post.space.name},
        url=reverse("discussions:post", args=[post.pk]),
        about=[f"space:{post.space_id}", here],
        at=now,
    )
    return True


def _keepers(space: Space) -> list[int]:
    """Return the moderators of a space, or the operators where it has none."""
    keepers = SpaceMember.objects.filter(
        space=space, role=SpaceMember.Role.MODERATOR, member__is_active=True
    )
    return list(keepers.values_list("member_id", flat=True)) or members.operators()
