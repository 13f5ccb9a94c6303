"""Who is told what of flags and decisions. Nobody is told who flagged."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.moderation.models import Case, Decision
from juluo.domains.moderation.types import Act, Reason
from juluo.domains.notifications.services import tell, tell_all


def of_case(case: Case, *, at: datetime) -> None:
    """Tell those who decide that something was flagged."""
    _tell_deciders(case, "flagged", f"moderation.case:{case.pk}", at)


def of_objection(case: Case, *, decided_by: int, at: datetime) -> None:
    """Tell those who decide, but not who did, that an author objects."""
    _tell_deciders(case, "objected", f"moderation.objected:{case.pk}", at, but=decided_by)


def of_first_aid(case: Case, *, at: datetime) -> None:
    """Tell an author that something of theirs is hidden until somebody has looked."""
    _tell_author(case, "held", {}, at)


def of_decision(case: Case, decision: Decision, *, until: datetime | None, at: datetime) -> None:
    """Tell the author what was decided and why, and those who flagged what came of it."""
    if Act.DISMISS in decision.acts:
        if case.first_aid_at:
            _tell_author(case, "stands_again", {}, at)
    else:
        _tell_author(case, _weightiest(decision, until), _why(case, decision, until), at)
    kind = "left_standing" if Act.DISMISS in decision.acts else "acted"
    tell_all(
        member_ids=list(case.flags.values_list("member_id", flat=True)),
        kind=f"moderation.{kind}",
        key=f"moderation.outcome:{case.pk}",
        at=at,
    )


def of_upholding(case: Case, *, at: datetime) -> None:
    """Tell an author that another moderator looked, and the decision stands."""
    _tell_author(case, "upheld", {}, at)


def of_withdrawal(case: Case, *, at: datetime) -> None:
    """Tell an author that a decision about them was taken back."""
    _tell_author(case, "withdrawn", {}, at)


def _weightiest(decision: Decision, until: datetime | None) -> str:
    if Act.SUSPEND in decision.acts:
        return "suspended_until" if until else "suspended"
    for act, kind in ((Act.REMOVE, "removed"), (Act.HIDE, "hidden")):
        if act in decision.acts:
            return kind
    return "warned"


def _why(case: Case, decision: Decision, until: datetime | None) -> dict[str, str]:
    """Return the reason, and the end of a suspension, in the author's language."""
    language = (case.author.language if case.author else "") or translation.get_language()
    with translation.override(language):
        facts = {"reason": str(Reason(decision.reason).label)}
        if until is not None:
            facts["until"] = date_format(localtime(until), "DATETIME_FORMAT")
    return facts


def _tell_author(case: Case, kind: str, facts: dict[str, str], at: datetime) -> None:
    if case.author is None or case.author.email is None:
        return
    tell(
        member_id=case.author.pk,
        kind=f"moderation.{kind}",
        key=f"moderation.{kind}:{case.pk}",
        facts=facts,
        url=reverse("moderation:decision", args=[case.pk]),
        at=at,
    )


def _tell_deciders(case: Case, kind: str, key: str, at: datetime, *, but: int = 0) -> None:
    keepers = discussions.moderator_ids(case.space_id) if case.space_id else []
    told = {*keepers, *(pk for pk, _name in members.staff())} - {case.author_id or 0, but}
    tell_all(
        member_ids=sorted(told),
        kind=f"moderation.{kind}",
        key=key,
        url=reverse("moderation:case", args=[case.pk]),
        about=[f"space:{case.space_id}"] if case.space_id else [],
        at=at,
    )


def of_claim(*, claim_id: int, name: str, person: str, at: datetime) -> None:
    """Tell operators that someone claims imported history."""
    roles = [Member.Role.OPERATOR, Member.Role.OWNER]
    found = Member.objects.filter(role__in=roles, is_active=True).order_by("pk")
    tell_all(
        member_ids=list(found.values_list("pk", flat=True)),
        kind="moderation.claimed",
        key=f"moderation.claimed:{claim_id}",
        facts={"name": name, "person": person},
        url=reverse("moderation:claims"),
        at=at,
    )


def of_claim_decided(
    *, claim_id: int, member_id: int, person: str, outcome: str, at: datetime
) -> None:
    """Tell a member what became of their claim."""
    tell(
        member_id=member_id,
        kind=f"moderation.claim_{outcome}",
        key=f"moderation.claim_{outcome}:{claim_id}",
        facts={"person": person},
        url=reverse("moderation:claim", args=[claim_id]),
        at=at,
    )
