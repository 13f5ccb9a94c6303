"""What imports make of figures: a source is there from its first brought day to its last."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from juluo.domains.community import queries as community
from juluo.domains.insights.queries import Told
from juluo.importers.models import ImportRun

_DAY = timedelta(days=1)
Days = tuple[date, date]


def say_what_was_brought(start: date, end: date) -> list[Told]:
    """Return the stretches of imported days that begin or end on the days ``[start, end)``.

    After its last brought day a source falls silent, though nobody did: the next import brings
    the rest. Imports that follow one another are one stretch.
    """
    from juluo.analytics.diagnosis import Happening, What

    return [
        Told(
            happening=Happening(
                key=f"brought:{source}:{first.isoformat()}:{after.isoformat()}",
                what=What.IMPORT,
                start=first,
                end=after,
                sources=(source,),
                sign=1,
            ),
            words=_("Imported days of %(source)s") % {"source": source},
        )
        for source, spans in _brought().items()
        for first, after in joined(spans)
        if start <= first < end or start <= after < end
    ]


def _brought() -> dict[str, list[Days]]:
    spans: dict[str, list[Days]] = defaultdict(list)
    runs = ImportRun.objects.filter(status=ImportRun.Status.DONE)
    zone = ZoneInfo(community.settings().timezone)
    for source, counts in runs.values_list("source", "counts"):
        if counts.get("first") and counts.get("last"):
            first, last = (
                datetime.fromisoformat(counts[each]).astimezone(zone).date()
                for each in ("first", "last")
            )
            spans[source].append((first, last + _DAY))
    return spans


def joined(spans: list[Days]) -> Iterator[Days]:
    """Yield the stretches ``[first, after)`` that spans make together; a day apart is together."""
    first = after = None
    for low, high in sorted(spans):
        if first is None or after is None:
            first, after = low, high
        elif low <= after + _DAY:
            after = max(after, high)
        else:
            yield first, after
            first, after = low, high
    if first is not None and after is not None:
        yield first, after
