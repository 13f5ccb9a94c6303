"""What members agree to when they write here, in versions."""

from django.db import models
from django.db.models import Q

from juluo.domains.members.models.accounts import Member


class Guidelines(models.Model):
    """A version of the community's guidelines. Triggers refuse update and delete."""

    number = models.PositiveIntegerField(unique=True)
    # Markdown; at least one of the languages.
    text_en = models.TextField(blank=True)
    text_zh = models.TextField(blank=True)
    change = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # From then on those who have not accepted wait with writing.
    binding_from = models.DateTimeField()

    class Meta:
        verbose_name_plural = "guidelines"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="") | ~Q(text_zh=""), name="guidelines_say_something"
            ),
        ]

    def __str__(self) -> str:
        return f"guidelines {self.number}"


class Acceptance(models.Model):
    """A member accepted a version. Triggers refuse update and delete."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="acceptances")
    guidelines = models.ForeignKey(Guidelines, models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidelines", "member"], name="accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} accepted {self.guidelines_id}"
