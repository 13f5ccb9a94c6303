"""The first start makes an owner, and a demonstration only where nobody has talked yet."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.db import transaction

from juluo.domains.community import queries as community
from juluo.domains.discussions.models import Post
from juluo.domains.members.models import Member
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished
from juluo.project.first_run import prepare

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    return tmp_path


def quiet(_: str) -> None:
    """Tell nobody."""


@pytest.mark.django_db(transaction=True)
def test_makes_one_owner_who_can_sign_in_and_a_community_to_look_at(home):
    sign_in = prepare(with_demonstration=True, tell=quiet)

    assert sign_in is not None
    assert authenticate(None, email=sign_in.email, password=sign_in.password).role == "owner"
    assert (home / "first-sign-in.json").stat().st_mode & 0o077 == 0
    assert community.settings().is_demonstration
    assert Post.objects.filter(source="demonstration").count() > 50
    assert EventRecord.objects.filter(source="demonstration", batch=None).count() == 0

    again = prepare(with_demonstration=True, tell=quiet)
    assert again == sign_in
    assert Member.objects.filter(role="owner").count() == 1


@pytest.mark.django_db(transaction=True)
def test_real_talk_is_never_mixed_with_the_demonstration():
    with transaction.atomic():
        event = PostPublished(subject_id="post:1", thread_id="post:1", space_id=1)
        record(event, at=NOON, actor_id=1, source="slack")

    prepare(with_demonstration=True, tell=quiet)

    assert not community.settings().is_demonstration
    assert not Post.objects.exists()
