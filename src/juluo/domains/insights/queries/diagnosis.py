"""Why a figure moved: the engine's diagnosis with what happened, and the parts of the change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.cache import cache

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.definition import Kind
from juluo.analytics.log import EventLog
from juluo.analytics.question import Grain, Question
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.models import Annotation
from juluo.domains.insights.queries.annotations import annotations
from juluo.domains.insights.queries.asking import ask, kept_under, stepped
from juluo.domains.insights.queries.counting import counted_otherwise
from juluo.domains.insights.queries.happenings import Told

if TYPE_CHECKING:
    from juluo.analytics.calendar import Period
    from juluo.analytics.cells import Cells
    from juluo.analytics.diagnosis import Diagnosis, Hands, Part

# What happened this long before a window may have caused what it shows.
LOOK_BACK = timedelta(days=70)
# A source that is usually alive and silent for so many days has a hole.
FEWEST_SILENT, USUALLY = 2, 3.0
_KEEP_SECONDS = 3600
LEFT_OUT = ("cohort",)
_EXPLAINED = {Kind.COUNT, Kind.DISTINCT, Kind.SHARE, Kind.RATIO}


Days = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Why:
    """A diagnosis of a window, and the change against the window before in parts.

    ``against`` is the window before, as ``[start, end)``; ``before`` and ``after`` are the
    metric's values in it and in the window. ``parts`` are by dimension and add up to the change;
    so do the two of ``hands``, more members and more by each, where members do what is counted.
    """

    diagnosis: "Diagnosis"
    against: Days
    before: Fraction | None
    after: Fraction | None
    parts: Mapping[str, tuple["Part", ...]]
    told: Mapping[str, Told]
    hands: "Hands | None" = None


Happenings = Callable[[date, date], Sequence[Told]]
_SOURCES: list[Happenings] = []


def register_happenings(source: Happenings) -> None:
    """Let another package say what happened on the days ``[start, end)`` (imports, outages)."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def explainable() -> list[str]:
    """Return the metrics whose change can be taken apart, in the catalog's order."""
    from juluo.analytics.cells import dimensions_of

    return [
        key
        for key, each in METRICS.items()
        if each.kind in _EXPLAINED and set(dimensions_of(key)) - set(LEFT_OUT)
    ]


def why(asked: Question, *, against: Days, log: EventLog, now: datetime) -> Why:
    """Explain a metric's value in a window, cut as a whole.

    :param against: the days ``[start, end)`` of the window it is compared with.
    :raises juluo.analytics.cells.CannotBeCut: if the metric cannot be taken apart.
    """
    asked = replace(asked, grain=Grain.WINDOW)
    as_of = stepped(now)
    told = _happened(asked, log, now)
    words = f"{asked!r}|{against}|{sorted(told)!r}|{as_of.isoformat()}"
    key = kept_under("why", words, log=log, version=metric(asked.key).version)
    found: Why | None = cache.get(key)
    if found is None:
        found = _explained(asked, against, log, as_of, told)
        cache.set(key, found, _KEEP_SECONDS)
    # What was kept may have been told in another language.
    return replace(found, told=told)


def _explained(
    asked: Question, against: Days, log: EventLog, as_of: datetime, told: Mapping[str, Told]
) -> Why:
    from juluo.analytics.diagnosis import diagnose

    happenings = [each.happening for each in told.values()]
    found = diagnose(asked, log=log, as_of=as_of, happenings=happenings)
    points = (_point(against), _point((asked.start, asked.end)))
    sides = _sides(asked, points, log, as_of)
    return Why(
        diagnosis=found,
        against=against,
        before=_value(sides[0]),
        after=_value(sides[1]),
        parts=_parts(*sides),
        told=told,
        hands=_hands(asked, points, log, as_of),
    )


def _point(days: Days) -> "Period":
    from juluo.analytics.calendar import day_number, periods

    (point,) = periods(day_number(days[0]), day_number(days[1]), Grain.WINDOW)
    return point


def _hands(
    asked: Question, points: tuple["Period", ...], log: EventLog, as_of: datetime
) -> "Hands | None":
    """Split the change into more members and more by each."""
    from juluo.analytics.cells import members_and_amounts
    from juluo.analytics.diagnosis.decomposition import of_hands

    found = members_and_amounts(asked, where=(), log=log, as_of=as_of, points=points)
    return None if found is None else of_hands(*found)


def _sides(
    asked: Question, points: tuple["Period", ...], log: EventLog, as_of: datetime
) -> list["Cells"]:
    """Return the cells of the window before and of the window; of neighbours, cut at once."""
    from juluo.analytics.cells import cells, dimensions_of

    by = dimensions_of(asked.key)
    if points[0].end != points[1].start:
        # What lies between would be read for nothing.
        return [cells(asked, by=by, log=log, as_of=as_of, points=(each,)) for each in points]
    found = cells(asked, by=by, log=log, as_of=as_of, points=points)
    return [
        replace(found, starts=(start,), rows=tuple(row for row in found.rows if row.start == start))
        for start in found.starts
    ]


def _value(found: "Cells") -> Fraction | None:
    part = sum((Fraction(row.part) for row in found.rows), Fraction(0))
    if not found.is_share:
        return part
    whole = sum((Fraction(row.whole or 0) for row in found.rows), Fraction(0))
    return part / whole if whole else None


def _parts(before: "Cells", after: "Cells") -> dict[str, tuple["Part", ...]]:
    """Split the change along each dimension; dimensions with one value say nothing."""
    from juluo.analytics.diagnosis.decomposition import of_count, of_ratio

    found = {}
    for place, dimension in enumerate(after.dimensions):
        sides = [_by_group(each, place) for each in (before, after)]
        if before.is_share or after.is_share:
            split = of_ratio(*sides)
        else:
            split = of_count(*({k: part for k, (part, _) in side.items()} for side in sides))
        if len(split) > 1:
            found[dimension] = split
    return found


def _by_group(found: "Cells", place: int) -> dict[str, tuple[Fraction, Fraction]]:
    groups: dict[str, tuple[Fraction, Fraction]] = {}
    for row in found.rows:
        part, whole = groups.get(row.values[place], (Fraction(0), Fraction(0)))
        more = Fraction(row.part), Fraction(row.whole or 0)
        groups[row.values[place]] = (part + more[0], whole + more[1])
    return groups


# What happened


def _happened(asked: Question, log: EventLog, now: datetime) -> dict[str, Told]:
    """Return everything that may have moved a figure, by key; holes in the data first."""
    start, end = asked.start - LOOK_BACK, asked.end
    found = [
        *_holes(asked, log, now),
        *counted_otherwise(asked, start, end, now=now),
        *_notes(start, end),
        *_openings(start, end),
    ]
    for source in _SOURCES:
        found += source(start, end)
    return {each.happening.key: each for each in found}


def _notes(start: date, end: date) -> list[Told]:
    from juluo.analytics.diagnosis import Happening, What

    kinds = {
        Annotation.Kind.CAMPAIGN: What.CAMPAIGN,
        Annotation.Kind.ACTIVITY: What.ACTIVITY,
        Annotation.Kind.OUTAGE: What.OUTAGE,
        Annotation.Kind.RULE_CHANGE: What.RULES,
        Annotation.Kind.DATA: What.IMPORT,
    }
    day = timedelta(days=1)
    return [
        Told(
            happening=Happening(
                key=f"note:{note.id}",
                what=kinds.get(Annotation.Kind(note.kind), What.OTHER),
                start=note.first,
                end=(note.last or note.first) + day,
            ),
            words=note.words,
            url=note.url,
        )
        for note in annotations(start=start, end=end)
    ]


def _openings(start: date, end: date) -> list[Told]:
    """Return the spaces that were opened."""
    from juluo.analytics.diagnosis import Happening, What

    day = timedelta(days=1)
    return [
        Told(
            happening=Happening(
                key=f"space:{each.id}",
                what=What.SPACE_OPENED,
                start=each.opened_on,
                end=each.opened_on + day,
                spaces=(str(each.id),),
            ),
            words=each.name,
        )
        for each in discussions.spaces_opened(start=start, end=end)
    ]


def _holes(asked: Question, log: EventLog, now: datetime) -> list[Told]:
    """Return the days on which a source that usually speaks said nothing at all."""
    from juluo.analytics.diagnosis import Happening, What

    daily = Question(
        key="content.contributions",
        start=asked.start - LOOK_BACK,
        end=asked.end,
        grain=Grain.DAY,
        timezone=asked.timezone,
        by="source",
    )
    counts: dict[str, dict[date, float]] = {}
    for point in ask(daily, log=log, now=now).points:
        counts.setdefault(point.group or "", {})[point.start] = point.value or 0.0
    last = min(asked.end, now.date())
    return [
        Told(
            happening=Happening(
                key=f"hole:{source}:{first.isoformat()}",
                what=What.DAYS_MISSING,
                start=first,
                end=end,
                sources=(source,),
            ),
            words=source,
        )
        for source, by_day in counts.items()
        for first, end in silences(by_day, start=daily.start, end=last)
    ]


def silences(by_day: Mapping[date, float], *, start: date, end: date) -> list[Days]:
    """Return the runs of silent days ``[first, end)`` of a source that usually speaks daily."""
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    spoken = sorted(by_day.get(each, 0.0) for each in days)
    if not spoken or spoken[len(spoken) // 4] < USUALLY:
        return []
    found: list[Days] = []
    run = 0
    for each in [*days, end]:
        if each < end and not by_day.get(each):
            run += 1
            continue
        if run >= FEWEST_SILENT:
            found.append((each - timedelta(days=run), each))
        run = 0
    return found
