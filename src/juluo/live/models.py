"""The signals of the last hour."""

from django.db import models


class Signal(models.Model):
    """That something changed, for whoever watches its topic. Swept away after an hour."""

    topic = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="signal_by_time")]

    def __str__(self) -> str:
        return f"{self.pk} {self.topic}"
