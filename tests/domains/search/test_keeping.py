import pytest
from tests.domains.search.conftest import AT, heard, open_space, person, titles

from juluo.domains.discussions.models import Post
from juluo.domains.members.models import Member
from juluo.domains.messaging import services as chats
from juluo.domains.search import services, tasks
from juluo.domains.search.models import SearchEntry
from juluo.domains.search.queries import agreement
from juluo.domains.search.services import Swept
from juluo.eventlog.recording import record
from juluo.events.importing import ImportFinished
from juluo.jobs.models import Job


def brought_in(space, author, count=7):
    Post.objects.bulk_create(
        Post(space=space, author=author, title=f"苹果 {n}", body="", published_at=AT)
        for n in range(count)
    )


def test_a_walk_takes_in_what_came_without_a_word_and_does_nothing_twice(owner, ann):
    heard()
    brought_in(open_space(owner), ann)

    assert titles(ann, "苹果") == []
    assert services.sweep(batch=3) == Swept(seen=9, made=7, gone=0)
    assert len(titles(ann, "苹果")) == 7
    assert services.sweep(batch=3) == Swept(seen=9, made=0, gone=0)


def test_a_walk_mends_what_was_changed_or_removed_behind_its_back(owner, ann):
    heard()
    brought_in(open_space(owner), ann)
    services.sweep()
    first, second = Post.objects.order_by("pk")[:2]
    Post.objects.filter(pk=first.pk).update(title="香蕉")
    Post.objects.filter(pk=second.pk).delete()

    assert not agreement().agrees
    assert services.sweep(batch=2) == Swept(seen=8, made=1, gone=1)
    assert agreement().agrees
    assert titles(ann, "香蕉") == ["香蕉"]
    assert len(titles(ann, "苹果")) == 5


def test_a_walk_that_was_cut_goes_on_with_what_is_left(owner, ann):
    heard()
    brought_in(open_space(owner), ann)
    seen = []

    def cut(name, count):
        seen.append(name)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.sweep(tell=cut, batch=3)

    assert SearchEntry.objects.filter(kind="post").count() == 3
    assert services.sweep(batch=3).made == 4


def test_messages_are_followed_through_edits(ann, db):
    group = chats.open_group(name="x", actor=ann, at=AT)
    message = chats.send(group_id=group.pk, body="苹果", actor=ann, at=AT)
    heard()
    chats.edit(message_id=message.pk, body="香蕉", actor=ann, at=AT)
    heard()
    assert (titles(ann, "苹果"), titles(ann, "香蕉")) == ([], ["香蕉"])

    chats.delete(message_id=message.pk, actor=ann, at=AT)
    heard()
    assert titles(ann, "香蕉") == []


def test_a_new_name_replaces_the_old_one(owner, ann):
    other = person("李雷", email="li")
    heard()
    Member.objects.filter(pk=other.pk).update(display_name="韩梅梅")
    services.refresh(f"member:{other.pk}")

    assert (titles(ann, "lilei"), titles(ann, "hmm")) == ([], ["韩梅梅"])
    services.forget(f"member:{other.pk}")
    assert titles(ann, "韩梅梅") == []


def test_an_import_is_taken_in_by_one_job(db, owner, django_capture_on_commit_callbacks):
    from django.db import transaction

    with transaction.atomic():
        record(ImportFinished(run_id=1, format="slack", value=1), at=AT)
    heard()

    assert Job.objects.filter(task_path=tasks.sweep.module_path).count() == 1
