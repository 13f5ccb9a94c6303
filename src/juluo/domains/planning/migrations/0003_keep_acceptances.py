"""The acceptance records of phases refuse update and delete."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

FROZEN = (
    "id",
    "phase_id",
    "gate",
    "decided_by_id",
    "decided_at",
    "is_override",
    "reason",
    "findings",
    "data_version",
)


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_schedule")]
    operations = [keep_append_only("planning_phaseacceptance", frozen=FROZEN)]
