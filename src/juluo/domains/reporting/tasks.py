"""Reports are made in the background."""

from django_tasks import TaskContext, task

from juluo.domains.reporting import services
from juluo.jobs.worker import MAX_ATTEMPTS


@task(takes_context=True)
def make_report(context: TaskContext, report_id: int) -> None:
    """Make a report that was asked for; after the last attempt it is shown as failed."""
    services.make_report(report_id=report_id, is_last_attempt=context.attempt >= MAX_ATTEMPTS)
