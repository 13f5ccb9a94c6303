"""The index is looked over in the background."""

from django_tasks import task

from juluo.domains.search import services


@task(dedupe="search.sweep")
def sweep() -> None:
    """Mend what is missing, old or gone; asked for by night and after an import."""
    services.sweep()
