"""Files need their report; what was composed, and what was measured, is never changed."""

import django.db.models.deletion
from django.db import migrations, models

from juluo.lib.append_only import keep_append_only

REVISION = [
    "report_id",
    "number",
    "is_final",
    "documents",
    "found",
    "evidence",
    "digest",
    "data_version",
    "worded_by",
    "made_at",
]
OUTCOME = ["action_id", "report_id", "verdict", "value", "low", "high", "status"]


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0005_files_have_reports"),
    ]

    operations = [
        migrations.RemoveField("reportfile", "start"),
        migrations.RemoveField("reportfile", "end"),
        migrations.RemoveField("reportfile", "data_version"),
        migrations.AlterField(
            "reportfile",
            "report",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="reporting.report",
            ),
        ),
        migrations.AlterField("reportfile", "revision", models.PositiveSmallIntegerField()),
        migrations.AddConstraint(
            "reportfile",
            models.UniqueConstraint(
                fields=("report", "revision", "language", "format"), name="file_once_of_revision"
            ),
        ),
        keep_append_only("reporting_revision", frozen=REVISION),
        keep_append_only("reporting_actionoutcome", frozen=OUTCOME),
    ]
