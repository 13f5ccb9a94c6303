"""Scores, second looks and outcomes stay as they were written."""

from django.db import migrations

from juluo.lib.append_only import keep_append_only

SCORE = (
    *("id", "risk_id", "probability", "impact", "cause"),
    *("words", "scored_by_id", "episode_id", "scored_at"),
)
REVIEW = (
    *("id", "risk_id", "verdict", "probability", "impact"),
    *("words", "reviewed_by_id", "reviewed_at"),
)
OUTCOME = (
    *("id", "risk_id", "occurred", "called_probability", "last_probability"),
    *("horizon", "words", "stated_by_id", "stated_at"),
)


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_initial")]
    operations = [
        keep_append_only("risks_riskscore", frozen=SCORE),
        keep_append_only("risks_review", frozen=REVIEW),
        keep_append_only("risks_riskoutcome", frozen=OUTCOME),
    ]
