"""Pages about imports: the list, a new one, and how one is getting on."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from juluo.domains.members import permissions
from juluo.importers import queries, tasks, uploads
from juluo.importers.forms import NewImportForm
from juluo.importers.services import ImportRequest, ask_for_import
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_import)
def listing(request: HttpRequest) -> HttpResponse:
    """List the latest imports."""
    return render(request, "importers/list.html", {"runs": queries.latest_runs()})


@require_http_methods(["GET", "POST"])
@requires(permissions.can_import)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for an import; the worker runs it."""
    form = NewImportForm(request.POST or None, request.FILES or None, initial={"timezone": "UTC"})
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "importers/new.html", {"form": form}, status=status)
    values = form.cleaned_data
    kept = uploads.keep(values["file"])
    wish = ImportRequest(
        format=values["format"],
        path=uploads.path_of(kept),
        zone=values["timezone"],
        name=values["name"],
    )
    with transaction.atomic():
        run = ask_for_import(
            request=wish,
            label=values["file"].name,
            at=timezone.now(),
            asked_by_id=request.user.pk,
            upload=kept,
        )
        tasks.bring_in.enqueue(run_id=run.pk)
    return redirect("importers:run", run.pk)


@require_safe
@requires(permissions.can_import)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how an import is getting on, and what it brought."""
    return render(request, "importers/run.html", {"run": _run(run_id)})


@require_safe
@requires(permissions.can_import)
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """Return the part of the run's page that changes; the page asks for it every two seconds."""
    return render(request, "importers/_run.html", {"run": _run(run_id)})


def _run(run_id: int) -> queries.RunRow:
    row = queries.run_row(run_id=run_id)
    if row is None:
        raise Http404
    return row
