"""Kept answers stay as they were given."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

ANSWER = (
    *("id", "key", "metric", "version", "asked", "points", "unit", "query", "notes"),
    *("data_version", "last_line", "left_out", "as_of", "kept_by_id"),
)


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_kept_answers")]
    operations = [keep_append_only("insights_keptanswer", frozen=ANSWER)]
