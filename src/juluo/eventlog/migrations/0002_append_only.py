"""The log refuses update and delete, but for the batch mark."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

FROZEN = (
    "id", "key", "name", "version", "occurred_at", "recorded_at", "actor_id", "space_id",
    "subject_id", "thread_id", "parent_id", "recipient_id", "channel", "source", "value", "payload",
)


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0001_initial")]
    operations = [keep_append_only("eventlog_eventrecord", frozen=FROZEN)]
