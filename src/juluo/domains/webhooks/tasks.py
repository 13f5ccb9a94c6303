"""Calls are made in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.webhooks import services


@task(dedupe="webhooks.call_due")
def call_due() -> None:
    """Make the calls that are due; asked for every minute, and when an event is queued."""
    services.call_due(now=timezone.now(), limit=200)


@task(dedupe="webhooks.forget_old_calls")
def forget_old_calls() -> None:
    """Forget calls that were made long ago; asked for once a day."""
    services.forget_old_calls(now=timezone.now())
