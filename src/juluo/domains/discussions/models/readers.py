"""What readers do: what they have read, and what they follow. Nobody else sees either."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from juluo.domains.discussions.models.talk import Post


class ThreadRead(models.Model):
    """How far a member has read a thread: ``read_at`` is the newest thing they saw there."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="readers")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="thread_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.post_id}"


class Follow(models.Model):
    """A member, a tag or a thread that someone wants to hear of: exactly one of them is set."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="followers")
    tag = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "followed"],
                condition=~Q(followed=None),
                name="followed_member_once",
            ),
            models.UniqueConstraint(
                fields=["member", "post"], condition=~Q(post=None), name="followed_thread_once"
            ),
            models.UniqueConstraint(
                fields=["member", "tag"], condition=~Q(tag=""), name="followed_tag_once"
            ),
            models.CheckConstraint(
                condition=Q(followed__isnull=False, post=None, tag="")
                | Q(followed=None, post__isnull=False, tag="")
                | (Q(followed=None, post=None) & ~Q(tag="")),
                name="follows_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(member=models.F("followed")) | Q(followed=None),
                name="follows_someone_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} follows {self.followed_id or self.post_id or self.tag}"
