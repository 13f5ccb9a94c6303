"""Mail goes out in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.notifications import services


@task(dedupe="notifications.send_mail")
def send_mail() -> None:
    """Send what is due; asked for every minute."""
    services.send_due_mail(now=timezone.now())


@task(dedupe="notifications.send_digests")
def send_digests() -> None:
    """Send the daily mails whose time has come; asked for every five minutes."""
    services.send_due_digests(now=timezone.now(), limit=500)


@task(dedupe="notifications.forget_marks")
def forget_marks() -> None:
    """Forget which mails went out long ago; asked for once a day."""
    services.forget_old_marks(now=timezone.now())
