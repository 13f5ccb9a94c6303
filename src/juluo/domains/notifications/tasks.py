"""Urgent notifications go out as mail in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.notifications import services


@task(dedupe="notifications.send_mail")
def send_mail() -> None:
    """Send what is due; asked for every minute."""
    services.send_due_mail(now=timezone.now())
