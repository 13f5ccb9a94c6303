"""Reports are composed, made into files, checked and sent in the background."""

from django.utils import timezone
from django_tasks import TaskContext, task

from juluo.domains.reporting import services
from juluo.jobs.worker import MAX_ATTEMPTS


@task(takes_context=True)
def compose_report(context: TaskContext, report_id: int) -> None:
    """Compose a report; after the last attempt it is shown as failed."""
    services.compose(report_id=report_id, is_last_attempt=context.attempt >= MAX_ATTEMPTS)


@task(takes_context=True)
def make_file(context: TaskContext, file_id: int) -> None:
    """Make a report's file; after the last attempt it is shown as failed."""
    services.make_file(file_id=file_id, is_last_attempt=context.attempt >= MAX_ATTEMPTS)


@task
def check_report(check_id: int) -> None:
    """Hold an issued report against the data of today."""
    services.check_again(check_id=check_id, now=timezone.now())


@task
def mail_report(report_id: int, member_id: int, file_format: str) -> None:
    """Mail an issued report to one reader."""
    services.mail_report(report_id=report_id, member_id=member_id, file_format=file_format)


@task(dedupe="reporting.make_due_reports")
def make_due_reports() -> None:
    """Begin the reports whose cycle is over; asked for every hour."""
    services.make_due_reports(now=timezone.now())
