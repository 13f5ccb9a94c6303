"""Alerts look at what they watch in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.insights import services


@task(dedupe="insights.look_at_alerts")
def look_at_alerts() -> None:
    """Look at the periods that became complete; asked for every quarter of an hour."""
    services.look_at_alerts(now=timezone.now())


@task(dedupe="insights.send_due_dashboards")
def send_due_dashboards() -> None:
    """Send the dashboards whose day has come; asked for every hour."""
    services.send_due_dashboards(now=timezone.now())
