"""One case is in one moderator's hands."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Case
from juluo.domains.moderation.services.refusals import AlreadyDecided, NotThere, TakenByOther
from juluo.domains.moderation.types import Status
from juluo.events.base import reference
from juluo.events.moderation import CaseTaken

WAITING = (Status.OPEN, Status.OBJECTED)


@transaction.atomic
def take_case(*, case_id: int, actor: Member, at: datetime) -> None:
    """Take a case in hand for a quarter of an hour; taking it again begins anew.

    :raises NotThere: if there is no such case for them.
    :raises AlreadyDecided: if nothing is left to decide.
    :raises TakenByOther: if another moderator has it.
    """
    seen = Case.objects.filter(permissions.cases_for(actor), pk=case_id)
    if not seen.exists():
        raise NotThere
    free = Q(taken_by=None) | Q(taken_until__lte=at) | Q(taken_by=actor)
    rows = Case.objects.filter(pk=case_id, status__in=WAITING)
    # One statement: of two who take it at once, one does.
    if not rows.filter(free).update(taken_by=actor, taken_until=at + rules.HOLDS_FOR):
        case = Case.objects.select_related("taken_by").get(pk=case_id)
        if case.status not in WAITING or case.taken_by is None:
            raise AlreadyDecided
        raise TakenByOther(case.taken_by.display_name)
    space_id = seen.values_list("space_id", flat=True).first()
    event = CaseTaken(case_id=case_id, space_id=space_id)
    record_audited(event, subject=reference("case", case_id), actor_id=actor.pk, at=at)


@transaction.atomic
def release_case(*, case_id: int, actor: Member) -> None:
    """Give a case back that one has in hand.

    :raises NotThere: if one has not.
    """
    mine = Case.objects.filter(pk=case_id, taken_by=actor)
    if not mine.update(taken_by=None, taken_until=None):
        raise NotThere


def held_case(case_id: int, actor: Member, at: datetime) -> Case:
    """Return a case that a moderator may work on, held until the transaction ends.

    :raises NotThere: if there is none that they see.
    :raises TakenByOther: if another moderator has it.
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related("author", "taken_by")
    case = rows.filter(permissions.cases_for(actor), pk=case_id).first()
    if case is None:
        raise NotThere
    is_held = case.taken_until is not None and case.taken_until > at
    if is_held and case.taken_by is not None and case.taken_by_id != actor.pk:
        raise TakenByOther(case.taken_by.display_name)
    return case
