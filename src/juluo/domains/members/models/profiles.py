"""What members say of themselves, and what they agreed may be done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from juluo.domains.members.models.accounts import Member

LONGEST_BIO = 2000


class Profile(models.Model):
    """What a member wrote about themselves; absent: nothing yet."""

    member = models.OneToOneField(Member, models.PROTECT, primary_key=True, related_name="profile")
    bio = models.CharField(max_length=LONGEST_BIO, blank=True)
    links = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"profile of {self.member_id}"


class FormerName(models.Model):
    """A name a member went by before; staff see it."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=150)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} of {self.member_id}"


class CompositionAnswer(models.Model):
    """What a member says of one thing they are asked, and who may know."""

    class Seen(models.TextChoices):
        NOBODY = "nobody", _("Only me")
        TOTALS = "totals", _("Staff, in totals only")
        MEMBERS = "members", _("Members, on my profile")

    member = models.ForeignKey(Member, models.PROTECT, related_name="answers")
    asked = models.CharField(max_length=20)
    chosen = models.JSONField()
    seen = models.CharField(max_length=8, choices=Seen, default=Seen.NOBODY)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "asked"], name="answered_once"),
        ]
        indexes = [models.Index(fields=["asked", "seen"], name="answers_to_one_thing")]

    def __str__(self) -> str:
        return f"{self.asked} of {self.member_id}"


class Consent(models.Model):
    """A line of the consent ledger: given or withdrawn. Triggers refuse update and delete."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    # What for: ``composition.age.totals``.
    purpose = models.CharField(max_length=60)
    given = models.BooleanField()
    at = models.DateTimeField()
    # Which words the member was shown.
    words_version = models.PositiveSmallIntegerField()
    # How it was said: on a page, through the API.
    way = models.CharField(max_length=10, default="page")

    class Meta:
        indexes = [models.Index(fields=["member", "purpose", "-id"], name="consent_as_it_stands")]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.member_id}: {self.given}"
