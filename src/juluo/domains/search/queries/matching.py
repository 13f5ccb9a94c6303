"""Ask the full-text index of whichever database there is, within what a viewer may read now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from juluo.domains.members.permissions import Viewer
from juluo.domains.search import permissions, rules
from juluo.domains.search.models import SearchEntry, SearchText
from juluo.domains.search.types import Narrowed
from juluo.lib.search_words import fold

# How many of what was found are put in order and can be paged through.
MOST = 200
Ask = Callable[[rules.Tongue], str]
Hit = tuple[str, int]


def hits(viewer: Viewer, narrowed: Narrowed, ask: Ask | None, *, most: int = MOST) -> list[Hit]:
    """Return ``(kind, id)`` of what answers, best or newest first. At most two queries.

    Without ``ask`` it is everything that is left when narrowed, newest first.
    """
    rows, entry = _matching(ask)
    rows = rows.filter(_narrowing(narrowed, entry))
    rows = rows.filter(permissions.found_by(viewer, narrowed, entry))
    newest = (f"-{entry}at", f"-{entry}number")
    order = newest if narrowed.newest or ask is None else ("rank", *newest)
    best = rows.order_by(*order).values_list(f"{entry}kind", f"{entry}number")[:most]
    with _without_compiling():
        return list(best)


@contextmanager
def _without_compiling() -> Iterator[None]:
    """Keep PostgreSQL from compiling the question first: that takes longer than the answer."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        yield


def _matching(ask: Ask | None) -> tuple[QuerySet[Any], str]:
    """Return the rows that answer, with their rank (less is better), and the way to the entry."""
    if ask is None:
        return SearchEntry.objects.all(), ""
    if connection.vendor == "postgresql":
        asked = ask(rules.POSTGRESQL)
        vector = '"search_searchentry"."vector"'
        answers = RawSQL(f"{vector} @@ %s::tsquery", [asked], BooleanField())  # noqa: S611
        weights = "'{0.05, 0.1, 0.3, 1.0}'"
        less_is_better = f"-ts_rank({weights}, {vector}, %s::tsquery, 1)"
        found = SearchEntry.objects.filter(answers)
        return found.annotate(rank=RawSQL(less_is_better, [asked], FloatField())), ""  # noqa: S611
    asked = ask(rules.SQLITE)
    answers = RawSQL('"search_text" MATCH %s', [asked], BooleanField())
    rank = RawSQL('bm25("search_text", 8.0, 1.0, 0.2)', [], FloatField())
    return SearchText.objects.filter(answers).annotate(rank=rank), "entry__"


def _narrowing(narrowed: Narrowed, entry: str) -> Q:
    """Return what an entry itself says of being wanted; who may see it is asked elsewhere."""
    wanted = Q()
    if narrowed.authors is not None:
        wanted &= Q(**{f"{entry}author__in": narrowed.authors})
    if narrowed.tag:
        wanted &= Q(**{f"{entry}tags__contains": f",{fold(narrowed.tag)},"})
    if narrowed.since is not None:
        wanted &= Q(**{f"{entry}at__gte": narrowed.since})
    return wanted
