"""What was called a report was one of its files: the table is renamed before reports get theirs."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INDEX = "reporting_report_asked_by_id_b03cc96d"
RENAMED = "reporting_reportfile_asked_by_id_b03cc96d"


def free_the_name(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Rename the index that PostgreSQL leaves with its old name: the new table needs that."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f'ALTER INDEX IF EXISTS "{INDEX}" RENAME TO "{RENAMED}"')


def give_it_back(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Rename the index back."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f'ALTER INDEX IF EXISTS "{RENAMED}" RENAME TO "{INDEX}"')


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_more_formats"),
    ]

    operations = [
        migrations.RemoveIndex("report", "report_newest_first"),
        migrations.RemoveConstraint("report", "report_has_days"),
        migrations.RenameModel("Report", "ReportFile"),
        migrations.RunPython(free_the_name, give_it_back),
    ]
