"""A change split so that the parts add up to it, to the last unit.

All arithmetic is on fractions. A count's change is the sum of its groups' changes. A ratio's is
the sum, over groups, of a mix effect (the group's share of the whole changed) and a rate effect
(its own ratio changed):

    mix  = (s1 - s0) x ((r0 + r1) / 2 - (R0 + R1) / 2)
    rate = (r1 - r0) x (s0 + s1) / 2

with s the group's share of the whole, r its ratio, R the ratio of all, 0 before and 1 after. The
parts add up to R1 - R0 since the shares add up to one both times. A group that was not there at
one time has the other time's ratio then, so that it is all mix. The change of what members do is
split in the same way into more members and more by each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Amount = int | float | Fraction


@dataclass(frozen=True, kw_only=True)
class Part:
    """One group's part of a change; ``mix`` and ``rate`` add up to ``change`` (a count: rate)."""

    group: str
    before: Fraction
    after: Fraction
    change: Fraction
    mix: Fraction
    rate: Fraction


def of_count(before: Mapping[str, Amount], after: Mapping[str, Amount]) -> tuple[Part, ...]:
    """Split a count's change over its groups, the largest part first."""
    parts = []
    for group in {*before, *after}:
        was, now = Fraction(before.get(group, 0)), Fraction(after.get(group, 0))
        change = now - was
        parts.append(Part(group=group, before=was, after=now, change=change,
                          mix=Fraction(0), rate=change))  # fmt: skip
    return _ordered(parts)


Pair = tuple[Amount, Amount]


@dataclass(frozen=True, kw_only=True)
class Hands:
    """A count's change in two: ``by_members`` and ``by_each`` add up to it.

    ``members`` and ``each`` are how many members did something, and how much each of them,
    before and after.
    """

    members: tuple[Fraction, Fraction]
    each: tuple[Fraction, Fraction]
    by_members: Fraction
    by_each: Fraction

    @property
    def change(self) -> Fraction:
        """The whole change."""
        return self.by_members + self.by_each


def of_hands(before: Pair, after: Pair) -> Hands | None:
    """Split a count's change into more members and more by each, given as (members, amount).

    The midpoint form: each effect at the mean of the other, so that none comes first. Where
    there was nobody at one time, all is by members; None where that holds of both.
    """
    (was, did), (now, does) = ((Fraction(a), Fraction(b)) for a, b in (before, after))
    if not was and not now:
        return None
    each = (did / was if was else does / now, does / now if now else did / was)
    # What nobody known did has no members to come from.
    alone = (does if not now else 0) - (did if not was else 0)
    return Hands(
        members=(was, now),
        each=each,
        by_members=(now - was) * (each[0] + each[1]) / 2,
        by_each=(each[1] - each[0]) * (was + now) / 2 + alone,
    )


def of_ratio(before: Mapping[str, Pair], after: Mapping[str, Pair]) -> tuple[Part, ...]:
    """Split a ratio's change over its groups, given as (part, whole), the largest part first.

    Nothing, where the ratio is not defined before or after.
    """
    old, new = _exact(before), _exact(after)
    whole = [sum((pair[1] for pair in each.values()), Fraction(0)) for each in (old, new)]
    if not all(whole):
        return ()
    common = sum(
        (sum((pair[0] for pair in each.values()), Fraction(0)) / total
         for each, total in zip((old, new), whole, strict=True)), Fraction(0)
    ) / 2  # fmt: skip
    nothing = (Fraction(0), Fraction(0))
    pairs = [(g, old.get(g, nothing), new.get(g, nothing)) for g in {*old, *new}]
    return _ordered([_ratio_part(g, was, now, whole, common) for g, was, now in pairs])


def _ratio_part(
    group: str,
    was: tuple[Fraction, Fraction],
    now: tuple[Fraction, Fraction],
    whole: list[Fraction],
    common: Fraction,
) -> Part:
    shares = was[1] / whole[0], now[1] / whole[1]
    ratios = [part / held if held else None for part, held in (was, now)]
    first, second = (
        ratios[0] if ratios[0] is not None else ratios[1] or Fraction(0),
        ratios[1] if ratios[1] is not None else ratios[0] or Fraction(0),
    )
    mix = (shares[1] - shares[0]) * ((first + second) / 2 - common)
    rate = (second - first) * (shares[0] + shares[1]) / 2
    # A part without a whole (say, words of nobody known) has no ratio, but counts.
    for (part, held), total, sign in ((was, whole[0], -1), (now, whole[1], 1)):
        if not held:
            rate += sign * part / total
    return Part(group=group, before=first, after=second, change=mix + rate, mix=mix, rate=rate)


def _exact(pairs: Mapping[str, Pair]) -> dict[str, tuple[Fraction, Fraction]]:
    return {group: (Fraction(part), Fraction(whole)) for group, (part, whole) in pairs.items()}


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.change), part.group)))
