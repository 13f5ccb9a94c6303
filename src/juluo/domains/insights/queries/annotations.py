"""Notes on the time axis, and how charts show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise

from juluo.analytics.question import Grain
from juluo.domains.insights.models import Annotation
from juluo.domains.insights.queries.headlines import start_of
from juluo.domains.members import queries as members
from juluo.lib.charts.options import Mark

# A chart with more notes than this shows the newest of them.
MOST_MARKS = 12
_TELLINGS: dict[str, str | Promise] = {}


@dataclass(frozen=True, kw_only=True)
class AnnotationShown:
    """A note in the reader's language; ``number`` is its place on a chart, from 1."""

    id: int
    kind: str
    kind_label: str
    words: str
    first: date
    last: date | None
    url: str
    author: str
    is_told: bool
    written_at: datetime
    number: int = 0


def register_telling(key: str, words: str | Promise) -> None:
    """Let an event tell notes with these words (``%(fact)s`` places); from ``apps.ready()``."""
    _TELLINGS[key] = words


def annotations(
    *, start: date | None = None, end: date | None = None, kind: str = "", limit: int = 200
) -> list[AnnotationShown]:
    """Return the notes that touch the days ``[start, end)``, newest first."""
    rows = Annotation.objects.filter(withdrawn_at=None).order_by("-start", "-id")
    if start is not None:
        rows = rows.filter(Q(end=None, start__gte=start) | Q(end__gt=start))
    if end is not None:
        rows = rows.filter(start__lt=end)
    if kind:
        rows = rows.filter(kind=kind)
    found = list(rows[:limit])
    names = members.names({row.written_by_id for row in found if row.written_by_id})
    return [_shown(row, names) for row in found]


def _shown(row: Annotation, names: dict[int, str]) -> AnnotationShown:
    told = _TELLINGS.get(row.telling)
    words = str(told) % row.facts if told is not None else row.words or row.telling
    return AnnotationShown(
        id=row.pk,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        words=words,
        first=row.start,
        last=row.end - timedelta(days=1) if row.end else None,
        url=row.url,
        author=names.get(row.written_by_id or 0, ""),
        is_told=row.origin is not None,
        written_at=row.written_at,
    )


def marked(
    starts: Sequence[date], grain: Grain
) -> tuple[tuple[Mark, ...], tuple[AnnotationShown, ...]]:
    """Return the marks of a chart whose points begin on these days, and the notes they stand for.

    Notes are numbered in the order of time, as on the chart.
    """
    if not starts:
        return (), ()
    end = _after(starts[-1], grain)
    touching = annotations(start=starts[0], end=end, limit=MOST_MARKS)
    notes = tuple(
        _numbered(each, n) for n, each in enumerate(sorted(touching, key=lambda a: a.first), 1)
    )
    places = {day: n for n, day in enumerate(starts)}
    return tuple(_mark(each, starts, places, grain) for each in notes), notes


def _after(start: date, grain: Grain) -> date:
    if grain is Grain.MONTH:
        return start_of(start + timedelta(days=32), grain)
    return start + timedelta(days=7 if grain is Grain.WEEK else 1)


def _numbered(note: AnnotationShown, number: int) -> AnnotationShown:
    return AnnotationShown(**{**note.__dict__, "number": number})


def _mark(
    note: AnnotationShown, starts: Sequence[date], places: dict[date, int], grain: Grain
) -> Mark:
    first = _place(max(note.first, starts[0]), starts, places, grain)
    last = _place(min(note.last or note.first, starts[-1]), starts, places, grain)
    return Mark(label=str(note.number), first=first, last=max(first, last))


def _place(day: date, starts: Sequence[date], places: dict[date, int], grain: Grain) -> int:
    found = places.get(start_of(day, grain))
    if found is not None:
        return found
    return max((n for n, each in enumerate(starts) if each <= day), default=0)
