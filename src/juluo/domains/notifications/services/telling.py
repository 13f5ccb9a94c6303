"""Tell members what concerns them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.community import queries as community
from juluo.domains.notifications import rules
from juluo.domains.notifications.models import KindPreference, MailPreference, Mute, Notification
from juluo.domains.notifications.queries import Rhythm, kind_of, rhythm_from
from juluo.domains.notifications.types import Kind, Way


def tell(
    *,
    member_id: int,
    kind: str,
    key: str,
    facts: dict[str, Any] | None = None,
    url: str = "",
    about: Collection[str] = (),
    at: datetime,
) -> bool:
    """Put something into a member's inbox; told again under the same key, it stays one.

    Call it inside the transaction of its cause. ``facts`` fill the places in the kind's words;
    ``url`` is an address of ours; ``about`` are references (``space:3``, ``post:12``): whoever
    muted one of them is not told. Return whether it was news.

    :raises UnknownKind: if no part of the product registered this kind.
    """
    told = tell_all(
        member_ids=[member_id], kind=kind, key=key, facts=facts, url=url, about=about, at=at
    )
    return bool(told)


@transaction.atomic
def tell_all(
    *,
    member_ids: Collection[int],
    kind: str,
    key: str,
    facts: dict[str, Any] | None = None,
    url: str = "",
    about: Collection[str] = (),
    at: datetime,
) -> frozenset[int]:
    """Tell several members the same, as :func:`tell` does; return those to whom it was news.

    Six queries, however many they are.

    :raises UnknownKind: if no part of the product registered this kind.
    """
    found, kept = kind_of(kind), _without_nulls(facts or {})
    ways = _ways(frozenset(member_ids), found, about)
    known = Notification.objects.filter(member_id__in=ways, key=key)
    fresh = sorted(set(ways) - set(known.values_list("member_id", flat=True)))
    rhythms = _rhythms([each for each in fresh if ways[each] == Way.AT_ONCE])
    Notification.objects.bulk_create(
        (
            Notification(
                member_id=each,
                key=key,
                kind=kind,
                facts=kept,
                url=url,
                about=list(about),
                told_at=at,
                mail_due=ways[each] == Way.AT_ONCE,
                mail_from=mail_from(rhythms[each], at) if each in rhythms else None,
                digest_due=ways[each] == Way.DAILY,
            )
            for each in fresh
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    return frozenset(fresh)


def mail_from(rhythm: Rhythm, at: datetime) -> datetime:
    """Return from when on something told now may be mailed: after the quiet hours."""
    return rules.quiet_ends(at, zone=rhythm.zone, start=rhythm.quiet_from, end=rhythm.quiet_until)


def mark_read(*, member_id: int, notification_ids: list[int] | None = None, at: datetime) -> int:
    """Mark a member's notifications as read: those given, or all. Return how many that were."""
    unread = Notification.objects.filter(member_id=member_id, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return unread.update(read_at=at)


def _without_nulls(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts without the one character that PostgreSQL cannot keep."""
    return {
        name: value.replace("\x00", " ") if isinstance(value, str) else value
        for name, value in facts.items()
    }


def _ways(member_ids: frozenset[int], kind: Kind, about: Collection[str]) -> dict[int, str]:
    """Return how each reaches those who want to hear of it at all."""
    said = KindPreference.objects.filter(member_id__in=member_ids, kind=kind.key)
    ways = dict.fromkeys(member_ids, str(kind.usual_way)) | dict(
        said.values_list("member_id", "way")
    )
    deaf: set[int] = set()
    if about:
        mutes = Mute.objects.filter(member_id__in=member_ids, about__in=about)
        deaf = set(mutes.values_list("member_id", flat=True))
    return {each: way for each, way in ways.items() if way != Way.OFF and each not in deaf}


def _rhythms(member_ids: Collection[int]) -> dict[int, Rhythm]:
    if not member_ids:
        return {}
    rows = MailPreference.objects.in_bulk(list(member_ids))
    usual = community.settings().timezone
    return {each: rhythm_from(rows.get(each) or MailPreference(), usual) for each in member_ids}
