"""Every file that was made before belongs to a report of its own, under the same number."""

from collections.abc import Iterator
from typing import Any

from django.core.management.color import no_style
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_reports(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the reports; their contents were never kept, so they wait to be made again."""
    reports = apps.get_model("reporting", "Report")
    files = apps.get_model("reporting", "ReportFile")
    for each in _without(files):
        reports.objects.create(
            pk=each.pk,
            kind="window",
            start=each.start,
            end=each.end,
            status="failed",
            asked_by_id=each.asked_by_id,
            asked_at=each.asked_at,
        )
        files.objects.filter(pk=each.pk).update(report_id=each.pk)
    with editor.connection.cursor() as cursor:
        for statement in editor.connection.ops.sequence_reset_sql(no_style(), [reports]):
            cursor.execute(statement)


def _without(files: Any) -> Iterator[Any]:
    return files.objects.filter(report=None).order_by("pk").iterator()


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_life_of_a_report"),
    ]

    operations = [migrations.RunPython(give_reports, migrations.RunPython.noop)]
