"""Talk that indicators look at, and a risk that they watch over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction

from juluo.domains.discussions.models import Post, Space
from juluo.domains.members import services as members
from juluo.domains.risks import services
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()


@pytest.fixture
def talk(people):
    """Let so many posts appear at a moment, each by somebody else."""
    space = Space.objects.create(name="General", opened_at=AT - 300 * DAY)
    authors = [
        members.create_member(email=None, display_name=f"M{n}", at=AT - 300 * DAY)
        for n in range(30)
    ]

    def publish(at, count):
        with transaction.atomic():
            for author in authors[:count]:
                post = Post.objects.create(space=space, author=author, body="x", published_at=at)
                ref = f"post:{post.pk}"
                event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
                record(event, at=at, actor_id=author.pk)

    return publish


@pytest.fixture
def steady(talk):
    """Twelve weeks of ten active members each, until the week before AT."""
    for n in range(1, 13):
        talk(AT - n * WEEK, 10)
    return talk


@pytest.fixture
def write(people):
    def write_risk(**given):
        usual = {
            "cause": "topics repeat",
            "event": "Fewer members take part",
            "consequence": "the community looks empty",
            "category": "activity",
            "probability": 2,
            "impact": 4,
            "owner_id": people["moderator"].pk,
            "actor_id": people["operator"].pk,
            "at": AT,
        }
        return services.write_risk(**usual | given)

    return write_risk


@pytest.fixture
def prepare(people):
    def prepare_mitigation(risk, **given):
        usual = {
            "strategy": "reduce",
            "title": "Call the regulars",
            "owner_id": people["moderator"].pk,
            "days": 5,
            "planned_minutes": 120,
            "residual_probability": 1,
            "residual_impact": 4,
            "actor_id": people["operator"].pk,
            "at": AT,
        }
        return services.prepare_mitigation(risk_id=risk.pk, **usual | given)

    return prepare_mitigation


@pytest.fixture
def watch(people):
    def add_indicator(risk, **given):
        usual = {
            "metric_key": "members.active",
            "grain": "week",
            "rule": "anomaly",
            "side": "below",
            "value": 3.0,
            "raise_by_one": True,
            "actor_id": people["operator"].pk,
            "at": AT,
        }
        return services.add_indicator(risk_id=risk.pk, **usual | given)

    return add_indicator
