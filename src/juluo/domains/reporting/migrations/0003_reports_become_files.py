"""What was called a report was one of its files: the table is renamed before reports get theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_more_formats"),
    ]

    operations = [
        migrations.RemoveIndex("report", "report_newest_first"),
        migrations.RemoveConstraint("report", "report_has_days"),
        migrations.RenameModel("Report", "ReportFile"),
    ]
