"""Whether the index holds what can be found."""

from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from juluo.domains.discussions.queries import talk_counts
from juluo.domains.members.queries import known_members
from juluo.domains.messaging.queries import standing_messages
from juluo.domains.search.models import SearchEntry


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How many things can be found, how many stand there, and whether the index is whole."""

    entries: int
    things: int
    is_whole: bool

    @property
    def agrees(self) -> bool:
        """Whether everything that stands there can be found, and nothing else."""
        return self.is_whole and self.entries == self.things

    @property
    def words(self) -> str:
        """What was found, for whoever keeps the installation."""
        index = "" if self.is_whole else "; the full-text index is damaged"
        return f"{self.entries} of {self.things} things can be found{index}"


def agreement() -> Agreement:
    """Count both sides, and let SQLite compare its index with the rows it was made from."""
    talk = talk_counts()
    said = talk.posts + talk.questions + talk.answers + talk.comments
    return Agreement(
        entries=SearchEntry.objects.count(),
        things=said + standing_messages() + known_members(),
        is_whole=_is_whole(),
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
