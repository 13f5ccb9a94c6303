"""What gave up is shown with its reason, and gets a second chance from those who may."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from juluo.domains.discussions.models import Post, Space
from juluo.domains.members.models import AuditEntry, Member
from juluo.eventlog.models import Delivery, EventRecord
from juluo.jobs.models import Job
from juluo.web import needs

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def owner(db) -> Member:
    return Member.objects.create_user("owner@example.org", "long-enough-1", role="owner")


@pytest.fixture
def parked_job(db) -> Job:
    return Job.objects.create(
        key="j1",
        task_path="juluo.domains.reporting.tasks.make_report",
        arguments={"args": [], "kwargs": {}},
        status=Job.Status.PARKED,
        asked_at=NOON,
        not_before=NOON,
        finished_at=NOON,
        attempts=5,
        error="Traceback …\nValueError: the disk is full",
    )


@pytest.fixture
def parked_delivery(db) -> Delivery:
    record = EventRecord.objects.create(
        key="e1", name="members.joined", occurred_at=NOON, recorded_at=NOON
    )
    return Delivery.objects.create(
        record=record,
        subscriber="rewards.welcome",
        status=Delivery.Status.PARKED,
        attempts=5,
        not_before=NOON,
        error="ValueError: no greeting",
    )


def test_shows_what_gave_up_with_the_last_line_of_its_error(
    client, owner, parked_job, parked_delivery
):
    client.force_login(owner)
    page = client.get(reverse("web:background")).content.decode()

    assert "make_report" in page
    assert "ValueError: the disk is full" in page
    assert "Traceback" not in page
    assert "rewards.welcome" in page


def test_a_second_chance_puts_both_back_and_is_audited(client, owner, parked_job, parked_delivery):
    client.force_login(owner)
    client.post(reverse("web:retry_job", args=[parked_job.pk]))
    client.post(reverse("web:retry_delivery", args=[parked_delivery.pk]))

    parked_job.refresh_from_db()
    parked_delivery.refresh_from_db()
    assert (parked_job.status, parked_job.attempts) == ("waiting", 0)
    assert (parked_delivery.status, parked_delivery.attempts) == ("waiting", 0)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions[-2:] == ["job.retried", "delivery.retried"]


def test_what_gave_up_needs_an_operator_and_no_moderator(owner, parked_job, parked_delivery):
    moderator = Member.objects.create_user("mod@example.org", "long-enough-1", role="moderator")

    (need,) = needs.say_what_gave_up(owner, NOON)
    assert need.urgent
    assert need.words == "2 pieces of background work gave up."
    assert needs.say_what_gave_up(moderator, NOON) == []


def test_the_oldest_unanswered_opening_of_two_weeks_is_named(owner):
    space = Space.objects.create(name="Help", opened_at=NOON)
    for title, days in (("Ancient", 40), ("Old", 5), ("Newer", 2), ("Today", 0)):
        Post.objects.create(
            space=space,
            author=owner,
            title=title,
            body="?",
            published_at=NOON - timedelta(days=days),
        )

    (need,) = needs.say_what_is_unanswered(owner, NOON)

    assert need.words.startswith("2 posts and questions have waited")
    assert need.words.endswith(": Old")
