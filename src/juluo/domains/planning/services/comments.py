"""Remarks on plans."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.domains.planning.models import Plan, PlanComment
from juluo.events.base import reference
from juluo.events.planning import CommentResolved, PlanCommented


@transaction.atomic
def comment(
    *, plan_id: int, text: str, author_id: int, at: datetime, section_key: str = ""
) -> PlanComment:
    """Remark on a plan or on one of its sections; the plan's owner is told."""
    plan = Plan.objects.get(pk=plan_id)
    remark = PlanComment.objects.create(
        plan=plan, section_key=section_key, author_id=author_id, text=text.strip(), written_at=at
    )
    event = PlanCommented(plan_id=plan_id, comment_id=remark.pk)
    record_audited(event, subject=reference("plan", plan_id), actor_id=author_id, at=at)
    if plan.owner_id != author_id:
        notify(
            member_id=plan.owner_id,
            kind="planning.plan_commented",
            key=f"planning.plan_commented:{remark.pk}",
            facts={"plan": plan.title},
            url=f"{reverse('planning:plan', args=[plan_id])}#comment-{remark.pk}",
            at=at,
        )
    return remark


@transaction.atomic
def resolve_comment(*, plan_id: int, comment_id: int, actor_id: int, at: datetime) -> None:
    """Mark a remark as dealt with; one that is already stays as it is."""
    found = PlanComment.objects.filter(pk=comment_id, plan_id=plan_id, resolved_at=None)
    if found.update(resolved_at=at, resolved_by_id=actor_id):
        event = CommentResolved(plan_id=plan_id, comment_id=comment_id)
        record_audited(event, subject=reference("plan", plan_id), actor_id=actor_id, at=at)
