"""Whether the index holds what can be found."""

from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from juluo.domains.discussions.queries import talk_counts
from juluo.domains.messaging.queries import message_count
from juluo.domains.search.models import SearchEntry


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How many things can be found, how many stand there, and whether the index is whole."""

    entries: int
    things: int
    is_whole: bool


def agreement() -> Agreement:
    """Count both sides, and let SQLite compare its index with the rows it was made from."""
    counted = talk_counts()
    things = counted.posts + counted.questions + counted.answers + counted.comments
    entries = SearchEntry.objects.exclude(kind="member")
    return Agreement(
        entries=entries.count(), things=things + message_count(), is_whole=_is_whole()
    )


def _is_whole() -> bool:
    """Whether the full-text index says what the rows say; a column of PostgreSQL always does."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_text(search_text, rank) VALUES ('integrity-check', 1)"
            )
    except DatabaseError:
        return False
    return True
