"""The audit refuses update and delete."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

FROZEN = ("id", "at", "actor_id", "action", "subject", "details", "address")


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [keep_append_only("members_auditentry", frozen=FROZEN)]
