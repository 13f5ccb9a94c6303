"""What is here already is found by its tags, and knows when it was last replied to."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest


def find_by_tags(apps, schema_editor):
    """Write down the tags of everything that has some."""
    from juluo.domains.discussions.rules import tags_found_by

    post, post_tag = (apps.get_model("discussions", name) for name in ("Post", "PostTag"))
    found = []
    for row in post.objects.exclude(tags=[]).only("pk", "tags", "published_at").iterator(2000):
        found += [
            post_tag(post_id=row.pk, tag=tag, published_at=row.published_at)
            for tag in tags_found_by(row.tags)
        ]
        if len(found) >= 2000:
            post_tag.objects.bulk_create(found, ignore_conflicts=True)
            found = []
    post_tag.objects.bulk_create(found, ignore_conflicts=True)


def last_replies(apps, schema_editor):
    """Find the newest answer or comment of everything that has some."""
    post, answer, comment = (
        apps.get_model("discussions", name) for name in ("Post", "Answer", "Comment")
    )

    def newest(model, column):
        rows = model.objects.filter(**{column: OuterRef("pk")}, deleted_at=None)
        return Subquery(rows.order_by().values(column).annotate(at=Max("published_at")).values("at"))

    answers, comments = newest(answer, "question"), newest(comment, "post")
    both = Greatest(Coalesce(answers, comments), Coalesce(comments, answers))
    replied = post.objects.filter(answer_count__gt=0) | post.objects.filter(comment_count__gt=0)
    replied.update(last_reply_at=both)


class Migration(migrations.Migration):
    dependencies = [("discussions", "0004_tags_follows_and_what_was_read")]
    operations = [
        migrations.RunPython(find_by_tags, migrations.RunPython.noop),
        migrations.RunPython(last_replies, migrations.RunPython.noop),
    ]
