"""Alerts look at what they watch in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.insights import services


@task(dedupe="insights.look_at_alerts")
def look_at_alerts() -> None:
    """Look at the periods that became complete; asked for every quarter of an hour."""
    services.look_at_alerts(now=timezone.now())
