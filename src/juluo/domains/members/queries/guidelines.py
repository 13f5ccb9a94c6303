"""The community's guidelines, and who accepted them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from juluo.domains.members.models import Acceptance, Guidelines, Member
from juluo.domains.members.rules import guidelines as rules
from juluo.lib.talk_html import talk_html

PAGE = 50
TEXTS = ("text_zh", "text_en")


@dataclass(frozen=True, kw_only=True)
class GuidelinesView:
    """A version as its reader sees it, in their language where it has it; ``html`` is safe."""

    number: int
    html: SafeString
    change: str
    published_at: datetime
    binding_from: datetime
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version in the history, and how many accepted it."""

    number: int
    change: str
    published_at: datetime
    binding_from: datetime
    accepted: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A member who has not accepted the current version."""

    id: int
    name: str
    joined_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who accepted the current version: so many of all who are to."""

    number: int
    accepted: int
    asked: int
    waiting: tuple[Waiting, ...]


def guidelines(number: int | None = None) -> GuidelinesView | None:
    """Return a version, the current one unless said otherwise; None where there is none."""
    newest = _newest()
    row = newest if number is None else Guidelines.objects.filter(number=number).first()
    if row is None or newest is None:
        return None
    return GuidelinesView(
        number=row.number,
        html=talk_html(_text(row), "markdown"),
        change=row.change,
        published_at=row.published_at,
        binding_from=row.binding_from,
        is_current=row.pk == newest.pk,
    )


def guideline_texts() -> dict[str, str]:
    """Return the texts of the current version, to begin a new one from."""
    row = _newest()
    return {name: getattr(row, name) if row else "" for name in TEXTS}


def guideline_versions() -> list[Version]:
    """Return every version, newest first. Two queries."""
    found = Acceptance.objects.order_by().values_list("guidelines_id").annotate(Count("pk"))
    counts: dict[int, int] = dict(found)
    return [
        Version(
            number=row.number,
            change=row.change,
            published_at=row.published_at,
            binding_from=row.binding_from,
            accepted=counts.get(row.pk, 0),
        )
        for row in Guidelines.objects.order_by("-number")
    ]


def guideline_changes(number: int, before: int) -> list[tuple[str, str]] | None:
    """Return what one version says otherwise than another; None where one is missing."""
    rows = {row.number: row for row in Guidelines.objects.filter(number__in=[number, before])}
    if len({number, before} & set(rows)) < 2:
        return None
    return rules.compared(_text(rows[before]), _text(rows[number]))


def has_accepted(member_id: int) -> bool:
    """Whether a member accepted the current version; so if there is none."""
    newest = _newest()
    return newest is None or newest.acceptances.filter(member_id=member_id).exists()


def may_write(member: Member, at: datetime) -> bool:
    """Whether a member may write: not once the guidelines bind and they have not accepted.

    Two queries. Whoever writes is asked by the services of talk; reading never waits.
    """
    newest = _newest()
    if newest is None:
        return True
    return rules.may_write(
        has_accepted=newest.acceptances.filter(member_id=member.pk).exists(),
        joined_at=member.joined_at,
        published_at=newest.published_at,
        binding_from=newest.binding_from,
        now=at,
    )


def who_has_not_accepted() -> list[int]:
    """Return the ids of those who are to accept the current version and have not."""
    newest = _newest()
    if newest is None:
        return []
    return list(_waiting(newest).values_list("pk", flat=True))


def guideline_standing() -> Standing | None:
    """Return who accepted the current version, and the first who have not. Four queries."""
    newest = _newest()
    if newest is None:
        return None
    waiting = _waiting(newest)
    asked = _who_is_asked().count()
    rows = waiting.values_list("pk", "display_name", "joined_at")
    return Standing(
        number=newest.number,
        accepted=asked - waiting.count(),
        asked=asked,
        waiting=tuple(Waiting(id=pk, name=name, joined_at=at) for pk, name, at in rows[:PAGE]),
    )


def _newest() -> Guidelines | None:
    return Guidelines.objects.order_by("-number").first()


def _who_is_asked() -> Any:
    open_accounts = Member.objects.filter(kind=Member.Kind.PERSON, is_active=True)
    return open_accounts.exclude(email=None)


def _waiting(newest: Guidelines) -> Any:
    accepted = Acceptance.objects.filter(guidelines=newest).values("member_id")
    return _who_is_asked().exclude(pk__in=accepted).order_by("display_name", "pk")


def _text(row: Guidelines) -> str:
    own, other = ("text_zh", "text_en") if _reads_chinese() else ("text_en", "text_zh")
    text: str = getattr(row, own) or getattr(row, other)
    return text


def _reads_chinese() -> bool:
    return (get_language() or "").startswith("zh")
