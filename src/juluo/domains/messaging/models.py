"""Chat groups and their messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions.types import SPACE_MODEL


class ChatGroup(models.Model):
    """A group chat. One that belongs to a space is listed and measured with it."""

    name = models.CharField(_("name"), max_length=150)
    space = models.ForeignKey(SPACE_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, default="native")
    outside_id = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="group_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One line of a group chat; ``parent`` is the message it replies to."""

    class BodyFormat(models.TextChoices):
        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"
        TEXT = "text", _("Plain text")

    group = models.ForeignKey(ChatGroup, models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=8, choices=BodyFormat, default="markdown")
    # [{"name": …, "kind": …}]: what was attached, without addresses that carry tokens.
    files = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, default="native")
    outside_id = models.CharField(max_length=150, blank=True)
    reaction_counts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="message_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "sent_at", "id"], name="message_oldest_first"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
