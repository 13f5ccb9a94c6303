"""Private conversations. Nobody but those in them reads what stands here, staff included."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Conversation(models.Model):
    """What two members, or a few, say to each other."""

    # "3-17" for two members, who have one conversation only; empty for more.
    pair = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=100, blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # As for chat groups: each change takes a later moment while it holds this row.
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], condition=~Q(pair=""), name="one_conversation_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Participant(models.Model):
    """One member's place in a conversation; who has left sees none of it any more."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="participants")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    is_muted = models.BooleanField(default=False)
    last_read = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member"], name="in_a_conversation_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["member"], condition=Q(left_at=None), name="conversations_of_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in conversation {self.conversation_id}"


class PrivateMessage(models.Model):
    """One line of a conversation."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    body = models.TextField()
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "sent_at", "id"], name="private_oldest_first"),
            models.Index(fields=["conversation", "changed_at"], name="private_last_changed"),
        ]

    def __str__(self) -> str:
        return f"private message {self.pk}"


class Block(models.Model):
    """A member wants to be left alone by another."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class MessageSetting(models.Model):
    """Who may begin to write to a member; absent: everyone."""

    class Who(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        KNOWN = "known", _("People I wrote to, or share a chat group with")
        NOBODY = "nobody", _("Nobody")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    who = models.CharField(max_length=8, choices=Who, default=Who.EVERYONE)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.who}"
