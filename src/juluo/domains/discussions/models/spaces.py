"""Spaces, and who joined them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Space(models.Model):
    """A topic area where members talk."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone, without signing in too")
        MEMBERS = "members", _("Every member")
        PRIVATE = "private", _("Those who joined; others see its name")
        HIDDEN = "hidden", _("Those who joined; others do not know of it")

    class Posting(models.TextChoices):
        EVERYONE = "everyone", _("Everyone who may read it")
        JOINED = "joined", _("Those who joined")
        MODERATORS = "moderators", _("Moderators only; others may reply")

    # The names of icons that stand for spaces.
    ICONS = (
        "message-2", "messages", "help-circle", "bulb", "speakerphone", "heart", "star", "rocket",
        "briefcase", "code", "photo", "writing", "map-pin", "calendar-event", "trophy", "lifebuoy",
        "building-store", "users-group", "world", "compass",
    )  # fmt: skip

    name = models.CharField(_("name"), max_length=150)
    about = models.TextField(_("about"), blank=True)
    rules = models.TextField(_("rules"), blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="message-2")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.MEMBERS)
    posting = models.CharField(max_length=10, choices=Posting, default=Posting.EVERYONE)
    # Within how many hours somebody should have answered a question.
    reply_hours = models.PositiveSmallIntegerField(default=24)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    source = models.CharField(max_length=40, default="native")
    outside_id = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "outside_id"],
                condition=~Q(outside_id=""),
                name="space_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "members", "private", "hidden"]),
                name="space_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(posting__in=["everyone", "joined", "moderators"]),
                name="space_posting_known",
            ),
            models.CheckConstraint(
                condition=Q(reply_hours__gte=1, reply_hours__lte=720),
                name="space_reply_hours_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpaceMember(models.Model):
    """One member in one space: as what, and how much they want to hear of it."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")

    class Level(models.TextChoices):
        WATCHING = "watching", _("Tell me of every new post")
        NORMAL = "normal", _("Tell me when someone answers me")
        MUTED = "muted", _("Tell me nothing")

    space = models.ForeignKey(Space, models.PROTECT, related_name="members")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    level = models.CharField(max_length=8, choices=Level, default=Level.NORMAL)
    joined_at = models.DateTimeField()
    # What was said there until then counts as read: since they joined, or marked all as read.
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "member"], name="joined_once"),
        ]
        indexes = [models.Index(fields=["member", "space"], name="spaces_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.space_id}"


class JoinRequest(models.Model):
    """A member who asks to be let into a private space; gone once it is answered."""

    space = models.ForeignKey(Space, models.PROTECT, related_name="join_requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "member"], name="asked_to_join_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} asks for {self.space_id}"
