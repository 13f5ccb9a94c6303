"""What can be found: one row for each piece of talk, chat message and member.

Nothing here says who may see it: that is asked of the domains it comes from, as things are now.
"""

from django.db import models


class SearchEntry(models.Model):
    """The words of one thing, as search knows them; ``number`` is its id among its kind.

    Triggers (SQLite) and a generated column (PostgreSQL) keep the full-text index beside it.
    """

    class Kind(models.TextChoices):
        POST = "post"
        QUESTION = "question"
        ANSWER = "answer"
        COMMENT = "comment"
        MESSAGE = "message"
        MEMBER = "member"

    kind = models.CharField(max_length=8, choices=Kind)
    number = models.BigIntegerField()
    author = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    # ",one,two,": as they are written in addresses of tags.
    tags = models.CharField(max_length=300, blank=True)
    title_words = models.TextField(blank=True)
    words = models.TextField(blank=True)
    pairs = models.TextField(blank=True)
    # Of what the thing said when these words were taken from it.
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="found_once"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="found_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


class SearchText(models.Model):
    """The full-text index of SQLite (FTS5), which other databases do not have."""

    entry = models.OneToOneField(
        SearchEntry, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="+"
    )

    class Meta:
        managed = False
        db_table = "search_text"

    def __str__(self) -> str:
        return f"text of {self.pk}"


class SearchWord(models.Model):
    """A word that stands somewhere, to guess what was meant by one that does not."""

    word = models.CharField(max_length=40, primary_key=True)
    sound = models.CharField(max_length=80, blank=True)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["sound"], name="words_by_sound"),
            models.Index(fields=["length"], name="words_by_length"),
        ]

    def __str__(self) -> str:
        return self.word
