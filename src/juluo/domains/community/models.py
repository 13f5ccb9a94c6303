"""The community this installation runs: one row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Community(models.Model):
    """What the community is called, and the clock and language it lives by."""

    class RiseColour(models.TextChoices):
        GREEN = "green", _("Green is up")
        RED = "red", _("Red is up")

    name = models.CharField(_("name"), max_length=120, default="Juluo")
    # Days, weeks and months of every metric are cut in this zone.
    timezone = models.CharField(_("time zone"), max_length=60, default="UTC")
    language = models.CharField(_("language"), max_length=10, default="en")
    rise_colour = models.CharField(
        _("colour of a rise"), max_length=5, choices=RiseColour, default=RiseColour.GREEN
    )
    # Of documents: six hex digits, dark enough to be read on white.
    accent = models.CharField(max_length=6, default="1F4E79")
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "communities"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_community")]

    def __str__(self) -> str:
        return self.name


class CommunityLogo(models.Model):
    """The picture on documents, as PNG; a row of its own, as settings are read all the time."""

    picture = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_logo")]

    def __str__(self) -> str:
        return "logo"
