"""What several flags do before anybody has looked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Case, FirstAid
from juluo.domains.moderation.services import telling
from juluo.domains.moderation.services.effects import take_away
from juluo.domains.moderation.services.refusals import NotAllowed
from juluo.domains.moderation.types import Kind, Status
from juluo.eventlog.recording import record
from juluo.events.moderation import FirstAidChanged, HiddenForNow


def give_first_aid(case: Case, *, at: datetime) -> bool:
    """Hide something for now once enough members flagged it; return whether it was hidden.

    Never what staff wrote, nor a profile, nor the same text that was left standing before.
    """
    if case.is_away or case.first_aid_at or case.kind == Kind.PROFILE:
        return False
    if case.author is not None and case.author.is_staff:
        return False
    setting = FirstAid.objects.first() or FirstAid()
    found = rules.voices(_flaggers(case), at=at, days_old=setting.days_old)
    if not rules.hides(found, hide_after=setting.hide_after) or _stood_before(case):
        return False
    case.first_aid_at = at
    case.is_away = take_away(case, actor_id=None, at=at)
    case.save(update_fields=["first_aid_at", "is_away"])
    if not case.is_away:
        return False
    record(HiddenForNow(case_id=case.pk, space_id=case.space_id), at=at)
    telling.of_first_aid(case, at=at)
    return True


@transaction.atomic
def change_first_aid(*, hide_after: int, days_old: int, actor: Member, at: datetime) -> None:
    """Say how many flags hide something for now, and how long a member must be here to count.

    :raises NotAllowed: if that is not theirs to say.
    """
    if not permissions.can_change_first_aid(actor):
        raise NotAllowed
    before = FirstAid.objects.select_for_update().first() or FirstAid()
    if (before.hide_after, before.days_old) == (hide_after, days_old):
        return
    wanted = {"hide_after": hide_after, "days_old": days_old}
    FirstAid.objects.update_or_create(pk=1, defaults=wanted)
    event = FirstAidChanged(hide_after=hide_after, days_old=days_old)
    record_audited(event, subject="moderation", actor_id=actor.pk, at=at)


def _flaggers(case: Case) -> list[rules.Flagger]:
    rows = case.flags.values_list("member__joined_at", "member__is_active")
    return [
        rules.Flagger(
            joined_at=joined_at, joined_on=timezone.localdate(joined_at), is_active=is_active
        )
        for joined_at, is_active in rows
    ]


def _stood_before(case: Case) -> bool:
    """Whether moderators looked at the same words before and left them standing."""
    earlier = Case.objects.filter(subject=case.subject, title=case.title, body=case.body)
    left = earlier.filter(status=Status.DECIDED, decision__acts=["dismiss"])
    return left.exists() or earlier.filter(status=Status.WITHDRAWN).exists()
