"""Suspensions end, and proofs are looked for, in the background."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.moderation import services


@task(dedupe="moderation.end_suspensions")
def end_suspensions() -> None:
    """Open the accounts whose time is over; asked for every five minutes."""
    services.end_suspensions(now=timezone.now())


@task(dedupe="moderation.check_proofs")
def check_proofs() -> None:
    """Look for the codes of those who claim history; asked for after an import."""
    services.check_proofs(at=timezone.now())
