"""Targets are read by the clock, and soon after what changes them."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.planning import services


@task()
def read_targets() -> None:
    """Read where every running target stands; reading again changes nothing."""
    services.read_targets(now=timezone.now())
