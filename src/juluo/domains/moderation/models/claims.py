"""Members who say that imported history is theirs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy


class Claim(models.Model):
    """A member says that someone known from elsewhere is them."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("claim", "Waits")
        APPROVED = "approved", pgettext_lazy("claim", "Approved")
        DECLINED = "declined", pgettext_lazy("claim", "Declined")
        DROPPED = "dropped", pgettext_lazy("claim", "Taken back")
        UNDONE = "undone", pgettext_lazy("claim", "Undone")

    class How(models.TextChoices):
        CODE = "code", pgettext_lazy("claim", "By a code posted at the old place")
        STAFF = "staff", pgettext_lazy("claim", "By approval")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    # What the member posts at the old place; a later import brings it here.
    code = models.CharField(max_length=40, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    how = models.CharField(max_length=5, choices=How, blank=True)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    # Which rows changed hands, so that it can be undone.
    identities = models.JSONField(default=list, blank=True)
    moved = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "member"], condition=Q(status="open"), name="claimed_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="approved"), name="claim_came_true_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("member")), name="nobody_claims_themselves"
            ),
        ]
        indexes = [models.Index(fields=["status", "asked_at"], name="claim_oldest_first")]

    def __str__(self) -> str:
        return f"claim {self.pk}"
