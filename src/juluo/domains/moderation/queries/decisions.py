"""What an author reads of a decision about something of theirs: never who flagged."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.safestring import SafeString

from juluo.domains.moderation.models import Case, Decision, Objection, Sanction
from juluo.domains.moderation.queries.cases import labels_of
from juluo.domains.moderation.types import Act, Kind, Outcome, Reason, SanctionKind, Status
from juluo.lib.talk_html import talk_html


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """A decision as the one it is about sees it; ``html`` is their own text, safe."""

    case_id: int
    kind_label: str
    title: str
    html: SafeString
    is_held: bool
    is_decided: bool
    acts: tuple[str, ...]
    reason: str
    words: str
    guidelines: int | None
    at: datetime | None
    is_suspended: bool
    suspended_until: datetime | None
    is_withdrawn: bool
    objection: str
    objection_waits: bool
    objection_outcome: str
    may_object: bool


def decision_for(*, case_id: int, member_id: int) -> DecisionView | None:
    """Return a decision to the one it is about; to everybody else None. Two queries.

    Before there is one, only that something of theirs is hidden for now; of a flag that hid
    nothing, and of something left standing that was never hidden, nothing.
    """
    rows = Case.objects.select_related("decision", "objection").filter(author_id=member_id)
    case = rows.filter(pk=case_id).first()
    if case is None:
        return None
    decision: Decision | None = getattr(case, "decision", None)
    stands = decision is not None and decision.acts == [Act.DISMISS]
    if (decision is None or stands) and case.first_aid_at is None:
        return None
    return _view(case, decision, stands=stands)


def standing_suspension(*, member_id: int, now: datetime) -> DecisionView | None:
    """Return the decision that closes an account, to its member; None where none does."""
    goes_on = Q(until=None) | Q(until__gt=now)
    rows = Sanction.objects.filter(
        goes_on, member_id=member_id, kind=SanctionKind.SUSPENSION, ended_at=None
    )
    case_id = rows.order_by("-at", "-pk").values_list("case_id", flat=True).first()
    return decision_for(case_id=case_id, member_id=member_id) if case_id else None


def _view(case: Case, decision: Decision | None, *, stands: bool) -> DecisionView:
    objection: Objection | None = getattr(case, "objection", None)
    suspension = case.sanctions.filter(kind=SanctionKind.SUSPENSION).first()
    return DecisionView(
        case_id=case.pk,
        kind_label=case.get_kind_display(),
        title=case.title if case.kind != Kind.PROFILE else "",
        html=talk_html(case.body, case.body_format),
        is_held=decision is None and case.is_away,
        is_decided=decision is not None,
        acts=labels_of(decision.acts) if decision else (),
        reason=str(Reason(decision.reason).label) if decision and decision.reason else "",
        words=decision.words if decision else "",
        guidelines=decision.guidelines if decision else None,
        at=decision.at if decision else None,
        is_suspended=suspension is not None and suspension.ended_at is None,
        suspended_until=suspension.until if suspension else None,
        is_withdrawn=case.status == Status.WITHDRAWN,
        objection=objection.words if objection else "",
        objection_waits=objection is not None and objection.outcome == Outcome.WAITS,
        objection_outcome=objection.get_outcome_display() if objection else "",
        may_object=case.status == Status.DECIDED and not stands,
    )
