"""What is here already gets its votes counted from the marks it has."""

from django.db import migrations

AGAINST = {"-1", "thumbsdown", "down"}


def count_votes(apps, schema_editor):
    """Sum up the marks of everything that has some."""
    for name in ("Post", "Answer", "Comment"):
        model = apps.get_model("discussions", name)
        changed = []
        for row in model.objects.exclude(reaction_counts={}).only("pk", "reaction_counts").iterator(2000):
            counts = row.reaction_counts if isinstance(row.reaction_counts, dict) else {}
            row.votes = sum(-n if mark in AGAINST else n for mark, n in counts.items())
            changed.append(row)
            if len(changed) == 2000:
                model.objects.bulk_update(changed, ["votes"])
                changed = []
        model.objects.bulk_update(changed, ["votes"])


class Migration(migrations.Migration):
    dependencies = [("discussions", "0002_spaces_that_members_write_in")]
    operations = [migrations.RunPython(count_votes, migrations.RunPython.noop)]
