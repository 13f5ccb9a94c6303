"""Who the members are: totals of what they said of themselves, never of a few."""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass

from django.conf import settings

from juluo.domains.members.models import CompositionAnswer, Member
from juluo.domains.members.queries.composition_words import CHOICES, LABELS, Words
from juluo.domains.members.rules.composition import ASKED, SMALLEST_EVER, Asked, shown_counts


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many chose one thing, of those who answered."""

    label: Words
    count: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """What members said of one thing: so many of all who could have, and what they chose.

    ``answered`` is None where too few answered for anything to be told. What nobody chose and
    what few chose is left out alike; ``is_whole`` says that nothing but noughts is left out.
    """

    key: str
    label: Words
    answered: int | None
    asked: int
    coverage: float | None
    many_each: bool
    shares: tuple[Share, ...]
    is_whole: bool


def smallest_group() -> int:
    """Return how many members must share an answer before staff are told of it."""
    return max(SMALLEST_EVER, settings.SMALLEST_GROUP)


def composition() -> list[Distribution]:
    """Return the totals of everything members are asked. Two queries.

    Only members who can sign in could have answered, and only what they let into totals counts.
    """
    could = Member.objects.filter(kind=Member.Kind.PERSON, is_active=True).exclude(email=None)
    rows = (
        CompositionAnswer.objects.exclude(seen=CompositionAnswer.Seen.NOBODY)
        .filter(member__kind=Member.Kind.PERSON, member__is_active=True)
        .exclude(member__email=None)
    )
    said: dict[str, list[list[str]]] = {each.key: [] for each in ASKED}
    for asked, chosen in rows.values_list("asked", "chosen"):
        if asked in said and chosen:
            said[asked].append(chosen)
    total = could.count()
    return [_distribution(each, said[each.key], total) for each in ASKED]


def _distribution(asked: Asked, said: list[list[str]], total: int) -> Distribution:
    least = smallest_group()
    found = Counter(choice for chosen in said for choice in chosen)
    counts = [found[choice] for choice in asked.choices]
    shown = shown_counts(
        counts,
        answered=len(said),
        least=least,
        order=_order(asked),
        one_each=asked.most == 1,
    )
    answered = len(said) if len(said) >= least else None
    return Distribution(
        key=asked.key,
        label=LABELS[asked.key],
        answered=answered,
        asked=total,
        coverage=answered / total if answered and total else None,
        many_each=asked.most > 1,
        shares=_shares(asked, shown, len(said)) if shown else (),
        is_whole=shown is not None and None not in shown,
    )


def _shares(asked: Asked, shown: list[int | None], answered: int) -> tuple[Share, ...]:
    pairs = zip(asked.choices, shown, strict=True)
    rows = [
        Share(label=CHOICES[asked.key][choice], count=count, share=count / answered)
        for choice, count in pairs
        if count
    ]
    # Ages have an order of their own.
    return tuple(rows if asked.key == "age" else sorted(rows, key=lambda row: -row.count))


def _order(asked: Asked) -> list[int]:
    """Return the places of the choices in an order that only this installation knows."""

    def rank(place: int) -> bytes:
        words = f"composition:{asked.key}:{asked.choices[place]}"
        return hmac.digest(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256)

    return sorted(range(len(asked.choices)), key=rank)
