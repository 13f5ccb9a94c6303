"""Freeze a plan into a version, and sign it off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from juluo.domains.insights.services import tell_annotation
from juluo.domains.members import queries as members
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.domains.planning import queries
from juluo.domains.planning.models import Plan, PlanVersion, SignOff
from juluo.domains.planning.rules.differences import differences
from juluo.domains.planning.services.changes import open_plan
from juluo.events.base import reference
from juluo.events.planning import PlanReturned, PlanSignedOff, PlanSubmitted


class NothingChanged(Exception):
    """The plan is as its last version says."""


class ReasonMissing(Exception):
    """A plan that was frozen before changes for a reason."""


class NothingToDecide(Exception):
    """The version is not the plan's last, or it was decided already."""


class SecondPersonNeeded(Exception):
    """Whoever froze a version does not sign it off while another owner could."""


@transaction.atomic
def submit(
    *,
    plan_id: int,
    reason: str,
    evidence: Sequence[str] = (),
    actor_id: int,
    at: datetime,
) -> PlanVersion:
    """Freeze the plan as its next version and lay it before the owners.

    :param reason: why it changed; may be empty for the first version only.
    :param evidence: references to what caused the change (``target:4``, ``watch:7``).
    :raises NothingChanged: if the last version says the same.
    :raises ReasonMissing: if a later version comes without a reason.
    :raises PlanIsClosed: if the plan is closed.
    """
    plan = open_plan(plan_id)
    last = plan.versions.order_by("-number").first()
    content = queries.content_of(plan_id)
    if last is not None and not differences(last.content, content):
        raise NothingChanged
    if last is not None and not reason.strip():
        raise ReasonMissing
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        content=content,
        reason=reason.strip(),
        evidence=list(evidence),
        made_by_id=actor_id,
        made_at=at,
    )
    plan.status = Plan.Status.SUBMITTED
    plan.save(update_fields=["status"])
    event = PlanSubmitted(plan_id=plan_id, number=version.number)
    record_audited(event, subject=reference("plan", plan_id), actor_id=actor_id, at=at)
    _ask_owners(version, actor_id=actor_id, at=at)
    return version


@transaction.atomic
def decide(
    *, plan_id: int, number: int, decision: str, note: str = "", actor_id: int, at: datetime
) -> SignOff:
    """Sign a version off or send it back, for good.

    Whoever froze it leaves the decision to another owner, where there is one.

    :raises NothingToDecide: if it is not the last version, or was decided already.
    :raises SecondPersonNeeded: if the decider made it and another owner could sign.
    :raises PlanIsClosed: if the plan is closed.
    """
    plan = open_plan(plan_id)
    version = plan.versions.order_by("-number").first()
    if version is None or version.number != number or hasattr(version, "sign_off"):
        raise NothingToDecide
    is_own = version.made_by_id == actor_id
    if is_own and any(owner_id != actor_id for owner_id in members.active_owner_ids()):
        raise SecondPersonNeeded
    sign_off = SignOff.objects.create(
        version=version,
        decision=decision,
        note=note.strip(),
        decided_by_id=actor_id,
        decided_at=at,
    )
    approved = decision == SignOff.Decision.APPROVED
    plan.status = Plan.Status.APPROVED if approved else Plan.Status.DRAFT
    plan.save(update_fields=["status"])
    event = (
        PlanSignedOff(plan_id=plan_id, number=number, alone=is_own)
        if approved
        else PlanReturned(plan_id=plan_id, number=number)
    )
    record_audited(event, subject=reference("plan", plan_id), actor_id=actor_id, at=at)
    _tell_people(version, approved=approved, actor_id=actor_id, at=at)
    if approved:
        _mark_days(plan, at=at)
    return sign_off


def _mark_days(plan: Plan, *, at: datetime) -> None:
    """Let charts show the days of an activity or campaign that is going to happen."""
    if plan.kind in {Plan.Kind.ACTIVITY, Plan.Kind.CAMPAIGN}:
        tell_annotation(
            origin=f"plan:{plan.pk}",
            kind=plan.kind,
            telling="planning.plan",
            facts={"plan": plan.title},
            start=plan.start,
            end=plan.end,
            url=reverse("planning:plan", args=[plan.pk]),
            at=at,
        )


def _ask_owners(version: PlanVersion, *, actor_id: int, at: datetime) -> None:
    for owner_id in members.active_owner_ids():
        if owner_id != actor_id:
            _notify(version, owner_id, kind="planning.plan_submitted", at=at)


def _tell_people(version: PlanVersion, *, approved: bool, actor_id: int, at: datetime) -> None:
    kind = "planning.plan_signed_off" if approved else "planning.plan_returned"
    for member_id in {version.made_by_id, version.plan.owner_id} - {actor_id}:
        _notify(version, member_id, kind=kind, at=at)


def _notify(version: PlanVersion, member_id: int, *, kind: str, at: datetime) -> None:
    plan = version.plan
    notify(
        member_id=member_id,
        kind=kind,
        key=f"{kind}:{plan.pk}:{version.number}",
        facts={"plan": plan.title, "version": version.number},
        url=reverse("planning:version", args=[plan.pk, version.number]),
        at=at,
    )
