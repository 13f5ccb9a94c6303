"""What is said in spaces: posts, questions, answers and comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions.models.spaces import Space


class Contribution(models.Model):
    """What every piece of talk has: an author, a text, a moment, and where it came from."""

    class BodyFormat(models.TextChoices):
        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"
        TEXT = "text", _("Plain text")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    body = models.TextField()
    body_format = models.CharField(max_length=8, choices=BodyFormat, default="markdown")
    published_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, default="native")
    outside_id = models.CharField(max_length=150, blank=True)
    # {"emoji": n}: marks as counted for display; the people behind them are Reaction rows.
    reaction_counts = models.JSONField(default=dict, blank=True)
    # What the marks come to: those in favour less those against.
    votes = models.IntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    delete_reason = models.CharField(max_length=200, blank=True)
    # Taken away by a decision about a flag: its author does not put it back.
    is_held = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Post(Contribution):
    """An opening in a space: a post or a question."""

    class Kind(models.TextChoices):
        POST = "post", _("Post")
        QUESTION = "question", _("Question")

    space = models.ForeignKey(Space, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    title = models.CharField(_("title"), max_length=300, blank=True)
    tags = models.JSONField(default=list, blank=True)
    answer_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    # When the last answer or comment came: what has been read is compared with it.
    last_reply_at = models.DateTimeField(null=True, blank=True)
    accepted_answer = models.ForeignKey(
        "Answer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # When those who keep order were told that nobody has answered it.
    escalated_at = models.DateTimeField(null=True, blank=True)
    # The question that asked the same before.
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    pinned_at = models.DateTimeField(null=True, blank=True)
    featured_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="post_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id")),
                name="duplicate_of_another",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-published_at", "-id"], name="post_newest_in_space"),
            models.Index(
                fields=["space"], condition=~Q(pinned_at=None), name="post_pinned_in_space"
            ),
            models.Index(fields=["-published_at", "-id"], name="post_newest"),
            models.Index(fields=["author", "-published_at", "-id"], name="post_newest_of_author"),
            models.Index(fields=["space", "-last_reply_at"], name="post_replied_in_space"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(kind="question", answer_count=0, closed_at=None, deleted_at=None),
                name="post_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"post {self.pk}"


class Answer(Contribution):
    """An answer to a question."""

    question = models.ForeignKey(Post, models.PROTECT, related_name="answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="answer_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=["question", "published_at", "id"], name="answer_oldest_first"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Comment(Contribution):
    """A comment in the thread of a post; it may point at an answer or another comment."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="comments")
    # At most one is set. With neither, the comment stands in the thread and points at nothing.
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    # Whether the comment points at the opening post itself.
    answers_opening = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="comment_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(parent=None), name="comment_points_at_one_thing"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "published_at", "id"], name="comment_oldest_first"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class PostTag(models.Model):
    """One tag of a post, to find posts by; the post keeps its tags in order itself."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="found_by")
    tag = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "tag"], name="tagged_once"),
        ]
        indexes = [
            models.Index(fields=["tag", "-published_at", "-post"], name="tagged_newest_first"),
        ]

    def __str__(self) -> str:
        return f"#{self.tag} on {self.post_id}"
