"""What happens to talk by the clock."""

from django.utils import timezone
from django_tasks import task

from juluo.domains.discussions import services


@task(dedupe="discussions.escalate")
def escalate() -> None:
    """Tell of questions that nobody answers in time; asked for every ten minutes."""
    services.escalate_late_questions(now=timezone.now())
