"""Lists as files, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from juluo.domains.finance import permissions
from juluo.domains.finance.types import Money
from juluo.domains.members.services import audit
from juluo.lib.spreadsheet_cells import harmless


def wants_file(request: HttpRequest) -> bool:
    """Tell whether the address asks for the list as a file; 404 for those who may not."""
    if request.GET.get("format") != "csv":
        return False
    if not permissions.can_export_money(request.user):
        raise Http404
    return True


def csv_of(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return the rows as a file; who took it is kept in the audit."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([harmless(str(each)) for each in head])
    count = 0
    for row in rows:
        writer.writerow([_cell(each) for each in row])
        count += 1
    audit(
        actor_id=request.user.pk,
        action="finance.list_exported",
        subject=name,
        details={"rows": count},
        at=timezone.now(),
    )
    return response


def _cell(value: Any) -> Any:
    """Return a cell that a spreadsheet reads as it is: amounts as numbers, words harmless."""
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if value is None or isinstance(value, int | date):
        return value
    return harmless(str(value))
