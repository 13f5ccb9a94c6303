"""Every write to members that another package may ask for."""

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from juluo.domains.members.models import Identity, Member
from juluo.domains.members.types import OutsidePerson
from juluo.eventlog.recording import Happening, record_many
from juluo.events.members import MemberJoined
from juluo.lib.outside_keys import outside_key


@transaction.atomic
def bring_in_people(*, source: str, people: Sequence[OutsidePerson]) -> int:
    """Give each person from elsewhere a member and an identity; return how many are new.

    Someone already known by the same source and id is left as they are.
    """
    known = set(
        Identity.objects.filter(
            source=source, outside_id__in=[each.outside_id for each in people]
        ).values_list("outside_id", flat=True)
    )
    fresh = [each for each in people if each.outside_id not in known]
    members = Member.objects.bulk_create([_member(each) for each in fresh])
    pairs = list(zip(fresh, members, strict=True))
    Identity.objects.bulk_create(
        Identity(
            member=member,
            source=source,
            outside_id=each.outside_id,
            name=each.name[:150],
            first_seen_at=each.first_seen_at,
        )
        for each, member in pairs
    )
    record_many(
        Happening(
            event=MemberJoined(member_id=member.pk, dated=each.dated),
            at=each.joined_at,
            actor_id=member.pk,
            key=outside_key(source, "joined", each.outside_id),
            source=source,
        )
        for each, member in pairs
    )
    return len(fresh)


def _member(person: OutsidePerson) -> Member:
    return Member(
        display_name=person.name[:150],
        kind=person.kind,
        outside_staff=person.staff,
        joined_at=person.joined_at,
        password=make_password(None),
    )
