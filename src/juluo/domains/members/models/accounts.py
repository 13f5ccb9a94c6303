"""Accounts, the outside identities tied to them, and the audit of what staff do."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MemberManager(BaseUserManager["Member"]):
    """Makes members; sign-in names are e-mail addresses, compared without case."""

    def create_user(
        self,
        email: str | None,
        password: str | None = None,
        *,
        display_name: str = "",
        joined_at: datetime | None = None,
        **fields: object,
    ) -> "Member":
        """Create a member; without a password the account cannot sign in."""
        member = self.model(
            email=self.normalize_email(email).lower() if email else None,
            display_name=display_name or (email or "").partition("@")[0],
            joined_at=joined_at or timezone.now(),
            **fields,
        )
        member.set_password(password)
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Return the member with this e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """Someone known to the community: with an account here, or only by their imported words."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        BOT = "bot", _("Bot")
        SYSTEM = "system", _("System account")
        TEST = "test", _("Test account")

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")
        OPERATOR = "operator", _("Operator")
        OWNER = "owner", _("Owner")

    display_name = models.CharField(_("name"), max_length=150)
    # Absent for people who are only known from elsewhere.
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERSON)
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    # Staff where they came from (an administrator over there); rights here come from role.
    outside_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True)
    # The name of the picture's file; a new picture has a new name. Empty: initials stand for it.
    picture = models.CharField(max_length=32, blank=True, default="")

    # Someone known from elsewhere who turned out to be this member; never a member's own account.
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="no_email_is_null"),
            models.CheckConstraint(
                condition=Q(role="member") | Q(kind="person"), name="staff_are_people"
            ),
            # Who is someone else has no account; so nobody is someone who is someone else.
            models.CheckConstraint(
                condition=Q(same_as=None) | Q(email=None), name="same_as_has_no_account"
            ),
        ]
        indexes = [models.Index(fields=["display_name"], name="member_by_name")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        """Whether the member works for the community in any role."""
        return self.role != self.Role.MEMBER


class Identity(models.Model):
    """A member as one outside source knows them; ``outside_id`` is the source's stable id."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="identities")
    source = models.CharField(max_length=40)
    outside_id = models.CharField(max_length=150)
    name = models.CharField(max_length=150, blank=True)
    first_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["source", "outside_id"], name="identity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.outside_id}"


class AuditEntry(models.Model):
    """One thing a member of staff did. Triggers refuse update and delete."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["-at"], name="audit_newest_first"),
            models.Index(fields=["subject", "-id"], name="audit_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class ApiToken(models.Model):
    """A key with which a member's programs use the HTTP API; only its digest is kept."""

    class Scope(models.TextChoices):
        TALK = "talk", _("Spaces, posts, questions and answers")
        CHATS = "chats", _("Chat groups")
        PRIVATE = "private", _("Private messages")
        PROFILE = "profile", _("Your profile and notifications")
        CONSOLE = "console", _("The console: figures, plans, money, risks, reports")

    member = models.ForeignKey(Member, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    # The first letters, so that its owner recognises it; the rest is nowhere.
    hint = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    scopes = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.hint}… of {self.member_id}"


class RateBucket(models.Model):
    """A token bucket of the shared limiter: tokens left at a moment (Unix seconds)."""

    key = models.CharField(max_length=120, primary_key=True)
    tokens = models.FloatField()
    at = models.FloatField()

    def __str__(self) -> str:
        return self.key
