"""Frozen versions, what was decided about them, and what targets were set to, stay as they are."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

VERSION = ("id", "plan_id", "number", "content", "reason", "evidence", "made_by_id", "made_at")
SIGN_OFF = ("id", "version_id", "decision", "note", "decided_by_id", "decided_at")
REVISION = (
    *("id", "target_id", "baseline", "value", "start", "end"),
    *("reason", "evidence", "set_by_id", "set_at"),
)

ACCEPTANCE = (
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
    dependencies = [("planning", "0001_initial")]
    operations = [
        keep_append_only("planning_planversion", frozen=VERSION),
        keep_append_only("planning_signoff", frozen=SIGN_OFF),
        keep_append_only("planning_targetrevision", frozen=REVISION),
        keep_append_only("planning_phaseacceptance", frozen=ACCEPTANCE),
    ]
