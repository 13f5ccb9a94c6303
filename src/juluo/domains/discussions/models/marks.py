"""What is put on talk: reactions, bookmarks, and the texts it had before."""

from django.conf import settings
from django.db import models

from juluo.domains.discussions.models.talk import Post


class Reaction(models.Model):
    """One member's mark on a piece of talk; ``subject`` is its reference (``post:12``)."""

    subject = models.CharField(max_length=40)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    emoji = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "member", "emoji"], name="reacted_once_with_each_emoji"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} on {self.subject}"


class Revision(models.Model):
    """What a piece of talk said before an edit: who changed it, when, and why."""

    subject = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=8)
    tags = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="revision_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} before edit {self.number}"


class Bookmark(models.Model):
    """A post that a member wants to find again; nobody else sees it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="bookmarks")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="bookmarked_once"),
        ]
        indexes = [models.Index(fields=["member", "-at", "-id"], name="bookmarks_newest_first")]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.post_id}"
