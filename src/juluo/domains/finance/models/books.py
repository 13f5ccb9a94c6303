"""How the books are kept: currency, categories, streams, who must approve what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CATEGORIES: dict[str, str | Promise] = {
    "content": pgettext_lazy("budget category", "Content"),
    "activities": pgettext_lazy("budget category", "Activities"),
    "service": pgettext_lazy("budget category", "Service"),
    "promotion": pgettext_lazy("budget category", "Promotion"),
    "wages": pgettext_lazy("budget category", "Wages"),
    "other": pgettext_lazy("budget category", "Other"),
}
STREAMS: dict[str, str | Promise] = {
    "ads": pgettext_lazy("revenue stream", "Advertising"),
    "shop": pgettext_lazy("revenue stream", "Shop"),
    "membership": pgettext_lazy("revenue stream", "Paid membership"),
    "activities": pgettext_lazy("revenue stream", "Activities"),
    "other": pgettext_lazy("revenue stream", "Other"),
}


class Books(models.Model):
    """The community's books: one row. Everything is counted in their currency."""

    currency = models.CharField(_("currency"), max_length=3, default="CNY")

    class Meta:
        verbose_name_plural = "books"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_set_of_books")]

    def __str__(self) -> str:
        return f"books in {self.currency}"


class ApprovalRule(models.Model):
    """Who must approve what, from a moment on. Triggers refuse update and delete."""

    # In the books' currency; empty means never.
    owner_from = models.BigIntegerField(null=True, blank=True)
    two_from = models.BigIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(owner_from=None) | Q(owner_from__gte=0))
                & (Q(two_from=None) | Q(two_from__gte=0)),
                name="approval_limits_are_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"approval rule of {self.set_at:%Y-%m-%d}"


class Named(models.Model):
    """One entry of a list that the community names itself; what was used stays, retired."""

    # Entries that came with the product have a key and are named in both languages.
    key = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    NAMES: dict[str, str | Promise] = {}

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name it was given, or the one it came with in the page's language."""
        return self.name or str(self.NAMES.get(self.key, self.key))


class Category(Named):
    """What kind of thing money is spent on."""

    NAMES = CATEGORIES

    class Meta(Named.Meta):
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(condition=~Q(name="", key=""), name="category_has_a_name"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="category_key_once"),
        ]


class Stream(Named):
    """Where revenue comes from."""

    NAMES = STREAMS

    class Meta(Named.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name="", key=""), name="stream_has_a_name"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="stream_key_once"),
        ]
