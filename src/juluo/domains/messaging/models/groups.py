"""Chat groups, who is in them, and their messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions.types import SPACE_MODEL


class ChatGroup(models.Model):
    """A group chat. One that belongs to a space is listed and measured with it."""

    class JoinRule(models.TextChoices):
        OPEN = "open", _("Anyone may join")
        REQUEST = "request", _("Joining is asked for")
        INVITE = "invite", _("Only those invited")

    name = models.CharField(_("name"), max_length=150)
    about = models.CharField(_("about"), max_length=500, blank=True)
    space = models.ForeignKey(SPACE_MODEL, models.PROTECT, null=True, related_name="+")
    join_rule = models.CharField(max_length=7, choices=JoinRule, default=JoinRule.OPEN)
    # Seconds between two messages of one member; 0: no slow mode.
    slow_seconds = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=40, default="native")
    outside_id = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The moment of the last change here. Each change takes a later one while it holds this row,
    # so that whoever reads on from a moment misses nothing.
    moved_at = models.DateTimeField(null=True)

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


class GroupMember(models.Model):
    """One member's place in a group: in it, invited, or asking to be."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner of the group")
        MEMBER = "member", _("In the group")
        ASKING = "asking", _("Asks to join")
        INVITED = "invited", _("Invited")

    group = models.ForeignKey(ChatGroup, models.PROTECT, related_name="members")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    is_muted = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    # The moment of the newest message they have read.
    last_read = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="in_a_group_once"),
        ]
        indexes = [models.Index(fields=["member", "role"], name="groups_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


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
    # Taken back: its place stays, its words are shown to nobody.
    deleted_at = models.DateTimeField(null=True, blank=True)
    # When it was written or last looked different; absent for what was brought in.
    changed_at = models.DateTimeField(null=True)
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
            models.Index(fields=["group", "changed_at"], name="message_last_changed"),
            models.Index(fields=["group", "author", "sent_at"], name="message_of_an_author"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class MessageReaction(models.Model):
    """One member's mark on a message, made here."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    emoji = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "member", "emoji"], name="message_marked_once_with_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} on message {self.message_id}"
