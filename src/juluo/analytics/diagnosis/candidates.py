"""What may have done it: each thing that happened is kept, or ruled out with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from juluo.analytics.diagnosis.change import ChangePoint
from juluo.analytics.diagnosis.cube import Where

# A cause may take some days to show, and its day may be told a day wrong.
DELAY, SLIP = timedelta(days=7), timedelta(days=1)


class What(StrEnum):
    """Kinds of things that happen. The first ones are about the data, and are tested first."""

    DAYS_MISSING = "days_missing"
    NEW_BOTS = "new_bots"
    DEFINITION = "definition_changed"
    TEST_ACCOUNTS = "test_accounts"
    IMPORT = "import"
    OUTAGE = "outage"
    RULES = "rules_changed"
    CAMPAIGN = "campaign"
    ACTIVITY = "activity"
    SPACE_OPENED = "space_opened"
    OTHER = "other"


ARTEFACTS = (What.DAYS_MISSING, What.NEW_BOTS, What.DEFINITION, What.TEST_ACCOUNTS, What.IMPORT)
# Which way a figure goes while it lasts: -1 down, 1 up; others can do either.
SIGNS = {
    What.DAYS_MISSING: -1,
    What.NEW_BOTS: 1,
    What.TEST_ACCOUNTS: 1,
    What.OUTAGE: -1,
    What.CAMPAIGN: 1,
    What.ACTIVITY: 1,
    What.SPACE_OPENED: 1,
}


class Reason(StrEnum):
    """Why a candidate was kept or ruled out."""

    BEGAN_THEN = "began_then"
    ENDED_THEN = "ended_then"
    DURING = "during_the_window"
    OTHER_METRIC = "other_metric"
    OTHER_PLACE = "other_place"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    WRONG_WAY = "wrong_way"
    ALL_DAYS_ALIKE = "all_days_alike"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened on ``[start, end)``; no spaces or metrics: all of them.

    ``sign`` overrides which way its kind moves figures; ``key`` is the caller's own name for it.
    What changed how all days are counted, ``reaches_back``: figures from then on differ from those
    told before, but not one window from another.
    """

    key: str
    what: What
    start: date
    end: date
    spaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    sign: int | None = None
    reaches_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A happening held against one cause."""

    happening: Happening
    kept: bool
    reason: Reason
    is_artefact: bool


def candidates(
    happenings: Sequence[Happening],
    *,
    key: str,
    where: Where,
    sign: int,
    window: tuple[date, date],
    change: ChangePoint | None,
) -> tuple[Candidate, ...]:
    """Hold each happening against a cause: data artefacts first, the kept before the others.

    :param sign: 1 if the slice rose, -1 if it fell.
    :param change: when it began; the window's days stand for it where that is not known.
    """
    told = []
    for each in happenings:
        reason = _reason(each, key=key, where=where, sign=sign, window=window, change=change)
        kept = reason in {Reason.BEGAN_THEN, Reason.ENDED_THEN, Reason.DURING}
        told.append(Candidate(happening=each, kept=kept, reason=reason,
                              is_artefact=each.what in ARTEFACTS))  # fmt: skip
    return tuple(sorted(told, key=lambda c: (not c.kept, not c.is_artefact, c.happening.start)))


def _reason(
    each: Happening,
    *,
    key: str,
    where: Where,
    sign: int,
    window: tuple[date, date],
    change: ChangePoint | None,
) -> Reason:
    if each.metrics and key not in each.metrics:
        return Reason.OTHER_METRIC
    if not _same_place(each, dict(where)):
        return Reason.OTHER_PLACE
    low, high = (change.low, change.high) if change else window
    earliest, latest = low - DELAY, high + SLIP
    usual = SIGNS.get(each.what, 0) if each.sign is None else each.sign
    began = earliest <= each.start <= latest
    ended = earliest <= each.end <= latest
    if each.reaches_back and each.start <= latest and each.end >= earliest:
        return Reason.ALL_DAYS_ALIKE
    if began and usual in {0, sign}:
        return Reason.BEGAN_THEN if change else Reason.DURING
    # What lifted a figure while it lasted lets it fall when it is over.
    if ended and usual in {0, -sign}:
        return Reason.ENDED_THEN
    if began or ended:
        return Reason.WRONG_WAY
    return Reason.TOO_LATE if each.start > latest else Reason.TOO_EARLY


def _same_place(each: Happening, where: dict[str, str]) -> bool:
    """Tell whether a happening can have reached the slice: what is everywhere reaches all."""
    pairs = ((each.spaces, where.get("space")), (each.sources, where.get("source")))
    return all(not places or here is None or here in places for places, here in pairs)
