"""How members want to be told."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.functional import Promise

from juluo.domains.community import queries as community
from juluo.domains.members.types import Member
from juluo.domains.notifications.models import KindPreference, MailPreference, Mute, Way
from juluo.domains.notifications.queries.inbox import kinds
from juluo.domains.notifications.types import Kind

# Who looks, and the ids of what they may see the names of.
Namer = Callable[[Member, Collection[int]], dict[int, str]]
_NAMERS: dict[str, Namer] = {}
# Where the facts go in a kind's words.
_PLACE = re.compile(r"%\(\w+\)[sdf]")


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When mail may reach a member."""

    wants_mail: bool
    wants_digest: bool
    timezone: str
    # Empty where the member goes by the community's clock.
    own_timezone: str
    quiet_from: time | None
    quiet_until: time | None
    digest_hour: int
    most_a_day: int

    @property
    def zone(self) -> ZoneInfo:
        """The clock the member lives by."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class KindChoice:
    """A kind of notification, and how it reaches a member."""

    key: str
    label: str | Promise
    icon: str
    way: str


@dataclass(frozen=True, kw_only=True)
class Muted:
    """Something a member hears nothing of."""

    about: str
    name: str


def register_namer(kind: str, namer: Namer) -> None:
    """Let references of a kind (``space``) be shown by name; called from ``apps.ready()``.

    A namer leaves out what the viewer may not see.
    """
    _NAMERS[kind] = namer


def rhythm_of(member_id: int) -> Rhythm:
    """Return when mail may reach a member; the defaults where they said nothing. Two queries."""
    row = MailPreference.objects.filter(pk=member_id).first() or MailPreference()
    return rhythm_from(row, community.settings().timezone)


def rhythm_from(row: MailPreference, usual_timezone: str) -> Rhythm:
    """Return what a row says of when mail may reach its member."""
    return Rhythm(
        wants_mail=row.wants_mail,
        wants_digest=row.wants_digest,
        timezone=row.timezone or usual_timezone,
        own_timezone=row.timezone,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        digest_hour=row.digest_hour,
        most_a_day=row.most_a_day,
    )


def way_of(*, member_id: int, kind: Kind) -> Way:
    """Return how a kind of notification reaches a member."""
    said = KindPreference.objects.filter(member_id=member_id, kind=kind.key)
    found = said.values_list("way", flat=True).first()
    return Way(found) if found else kind.usual_way


def kind_choices(member: Member) -> list[KindChoice]:
    """Return every kind that can reach a member, with how it does. One query."""
    rows = KindPreference.objects.filter(member_id=member.pk)
    said: dict[str, str] = dict(rows.values_list("kind", "way"))
    found = [kind for kind in kinds() if member.is_staff or not kind.for_staff]
    return [
        KindChoice(
            key=kind.key,
            label=_label(kind),
            icon=kind.icon,
            way=said.get(kind.key, kind.usual_way),
        )
        for kind in found
    ]


def label_of(key: str) -> str | Promise:
    """Return what a kind is called; empty where there is none of this key."""
    return next((_label(kind) for kind in kinds() if kind.key == key), "")


def is_muted(*, member_id: int, about: Collection[str]) -> bool:
    """Whether a member wants to hear nothing of one of these."""
    return bool(about) and Mute.objects.filter(member_id=member_id, about__in=about).exists()


def muted(member: Member) -> list[Muted]:
    """Return what a member hears nothing of, by name where they may see it."""
    rows = Mute.objects.filter(member_id=member.pk).order_by("pk")
    refs = list(rows.values_list("about", flat=True))
    named = names_of(viewer=member, refs=refs)
    return [Muted(about=ref, name=named.get(ref, ref)) for ref in refs]


def names_of(*, viewer: Member, refs: Collection[str]) -> dict[str, str]:
    """Return the names of what references mean, of what this viewer may see."""
    by_kind: dict[str, list[int]] = {}
    for ref in refs:
        kind, _, number = ref.partition(":")
        if kind in _NAMERS and number.isascii() and number.isdecimal() and len(number) < 16:
            by_kind.setdefault(kind, []).append(int(number))
    return {
        f"{kind}:{pk}": name
        for kind, ids in by_kind.items()
        for pk, name in _NAMERS[kind](viewer, ids).items()
    }


def _label(kind: Kind) -> str | Promise:
    return kind.label or _PLACE.sub("…", str(kind.words)).replace("%%", "%")
