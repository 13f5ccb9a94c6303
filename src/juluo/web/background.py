"""Background work: what waits, what gave up and why, and a second chance for it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.members import permissions
from juluo.domains.members.services import audit
from juluo.eventlog import lake, reading, subscriptions
from juluo.jobs import reading as jobs
from juluo.jobs import worker
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_jobs)
def background(request: HttpRequest) -> HttpResponse:
    """Show the state of jobs, deliveries and the lake."""
    now = timezone.now()
    context = {
        "counts": jobs.counts(now=now),
        "parked": jobs.parked(),
        "deliveries": reading.parked_deliveries(),
        "waiting_events": lake.waiting_events(),
    }
    return render(request, "web/background.html", context)


@require_POST
@requires(permissions.can_see_jobs)
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Give a job that gave up a fresh set of tries."""
    with transaction.atomic():
        now = timezone.now()
        if worker.retry(job_id=job_id, at=now):
            audit(actor_id=request.user.pk, action="job.retried", subject=f"job:{job_id}", at=now)
            messages.success(request, _("It is tried again now."))
        else:
            messages.error(request, _("That work does not wait for anybody any more."))
    return redirect("web:background")


@require_POST
@requires(permissions.can_see_jobs)
def retry_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Tell an event once more to a subscriber that failed."""
    with transaction.atomic():
        now = timezone.now()
        if subscriptions.retry(delivery_id=delivery_id, at=now):
            subject = f"delivery:{delivery_id}"
            audit(actor_id=request.user.pk, action="delivery.retried", subject=subject, at=now)
            messages.success(request, _("It is tried again now."))
        else:
            messages.error(request, _("That work does not wait for anybody any more."))
    return redirect("web:background")
