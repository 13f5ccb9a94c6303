"""Imports asked for on the page, run by the worker."""

from zoneinfo import ZoneInfo

from django_tasks import task

from juluo.domains.community import queries as community
from juluo.eventlog.manifest import roll_everything
from juluo.importers import services, uploads
from juluo.importers.models import ImportRun
from juluo.importers.stream import Refused


@task()
def bring_in(run_id: int) -> None:
    """Run an import that was asked for; running it twice adds nothing twice."""
    run = ImportRun.objects.get(pk=run_id)
    if run.is_over:
        return
    request = services.ImportRequest(
        format=run.format,
        path=uploads.path_of(run.upload),
        zone=ZoneInfo(run.timezone),
        name=run.source.partition("/")[2],
    )
    try:
        services.run_import(run_id=run_id, request=request)
    except Refused:
        # The run's page says why.
        pass
    else:
        roll_everything(timezone=community.settings().timezone)
    uploads.forget(run.upload)
