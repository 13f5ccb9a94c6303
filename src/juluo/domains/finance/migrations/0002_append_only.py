"""What was approved, decided and booked refuses update and delete."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

STATED = (
    "amount",
    "original_amount",
    "original_currency",
    "rate",
    "rate_on",
    "rate_source",
)
FROZEN = {
    "finance_approvalrule": ("id", "owner_from", "two_from", "set_by_id", "set_at"),
    "finance_budgetversion": (
        *("id", "budget_id", "number", "total", "note", "approved_by_id", "approved_at"),
    ),
    "finance_versionline": (
        *("id", "version_id", "line_id", "category_id", "category_name", "title"),
        *("strategy_id", "task_id", "month", "owner_id", "warn_at", "stops"),
        *STATED,
    ),
    "finance_linechange": (
        *("id", "line_id", "kind", "before", "after", "after_version", "reason"),
        *("made_by_id", "made_at"),
    ),
    "finance_limitlift": ("id", "line_id", "amount", "reason", "lifted_by_id", "lifted_at"),
    "finance_approval": (
        *("id", "expense_id", "decision", "approver_id", "submitter_id", "by_owner"),
        *("rule_id", "note", "decided_at"),
    ),
    "finance_sourcechange": (
        *("id", "source_id", "stage_before", "stage_after", "amount_before", "amount_after"),
        *("reason", "made_by_id", "made_at"),
    ),
    "finance_posting": ("id", "cause", "actor_id", "at"),
    "finance_leg": ("id", "posting_id", "account_id", "amount", "balance_after"),
}


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial")]
    operations = [keep_append_only(table, frozen=frozen) for table, frozen in FROZEN.items()]
