"""How members want to be told, and what they want to hear nothing of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from juluo.domains.notifications.models import KindPreference, MailPreference, Mute, Way
from juluo.domains.notifications.queries import kind_of
from juluo.eventlog.recording import record
from juluo.events.notifications import PreferencesChanged, SubjectMuted, SubjectUnmuted

# Nobody follows so much that they need more; a form cannot fill the table.
MOST_MUTES = 1000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a member wants mail; ``timezone`` empty: by the community's clock."""

    wants_digest: bool
    timezone: str
    quiet_from: time | None
    quiet_until: time | None
    digest_hour: int
    most_a_day: int


@transaction.atomic
def choose(
    *, member_id: int, ways: Mapping[str, str], wanted: Wanted | None = None, at: datetime
) -> None:
    """Let kinds of notifications reach a member in these ways, and mail at these times.

    :raises UnknownKind: if no part of the product registered one of the kinds.
    """
    for kind, way in ways.items():
        KindPreference.objects.update_or_create(
            member_id=member_id, kind=kind_of(kind).key, defaults={"way": Way(way)}
        )
    if wanted is not None:
        MailPreference.objects.update_or_create(member_id=member_id, defaults=vars(wanted))
    record(PreferencesChanged(member_id=member_id), at=at, actor_id=member_id)


@transaction.atomic
def want_mail(*, member_id: int, wanted: bool, at: datetime) -> None:
    """Let notifications go out to a member as mail, or none of them."""
    MailPreference.objects.update_or_create(member_id=member_id, defaults={"wants_mail": wanted})
    record(PreferencesChanged(member_id=member_id), at=at, actor_id=member_id)


@transaction.atomic
def mute(*, member_id: int, about: str, at: datetime) -> None:
    """Tell a member nothing more of something; asked again, nothing changes."""
    if Mute.objects.filter(member_id=member_id).count() >= MOST_MUTES:
        return
    _row, is_new = Mute.objects.get_or_create(member_id=member_id, about=about, defaults={"at": at})
    if is_new:
        event = SubjectMuted(member_id=member_id, subject_id=about)
        record(event, at=at, actor_id=member_id)


@transaction.atomic
def unmute(*, member_id: int, about: str, at: datetime) -> None:
    """Tell a member of it again."""
    if Mute.objects.filter(member_id=member_id, about=about).delete()[0]:
        event = SubjectUnmuted(member_id=member_id, subject_id=about)
        record(event, at=at, actor_id=member_id)
