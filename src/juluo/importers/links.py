"""Imports as the schedule sees them: a task may be "bring the talk in", and closes with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.queries import number_in
from juluo.domains.planning.types import Choice, Closing, LinkKind, OpenLink
from juluo.events.base import reference
from juluo.events.importing import ImportFinished
from juluo.importers.models import ImportRun

_NEWEST = 20


def _title(run: ImportRun) -> str:
    return f"{run.label} ({run.format}, {run.asked_at:%Y-%m-%d})"


def _find(words: str) -> list[Choice]:
    runs = ImportRun.objects.filter(label__icontains=words).order_by("-pk")[:_NEWEST]
    return [Choice(ref=reference("import", run.pk), label=_title(run)) for run in runs]


def _title_of(ref: str, _awaited: Mapping[str, Any]) -> str:
    number = number_in(ref, "import")
    run = ImportRun.objects.filter(pk=number).first() if number is not None else None
    return _title(run) if run else ""


def _url(ref: str) -> str:
    number = number_in(ref, "import")
    return reverse("importers:run", args=[number]) if number is not None else ""


def _heard(event: ImportFinished, links: Sequence[OpenLink], at: datetime) -> list[Closing]:
    ref = reference("import", event.run_id)
    return [Closing(link_id=link.id, ref=ref, at=at) for link in links]


def _done_already(links: Sequence[OpenLink]) -> list[Closing]:
    numbers = [number_in(link.ref, "import") for link in links]
    ids = [number for number in numbers if number is not None]
    done = ImportRun.objects.filter(pk__in=ids, status=ImportRun.Status.DONE)
    finished_at = {reference("import", run.pk): run.finished_at for run in done}
    return [
        Closing(link_id=link.id, ref=link.ref, at=at)
        for link in links
        if (at := finished_at.get(link.ref)) is not None
    ]


IMPORT_LINK = LinkKind(
    key="import",
    label=pgettext_lazy("link", "An import"),
    closes_on=(ImportFinished,),
    refs=lambda event: (reference("import", event.run_id),),
    heard=_heard,
    find=_find,
    title=_title_of,
    url=_url,
    looked_up=_done_already,
)
