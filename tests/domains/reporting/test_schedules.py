"""Reports that are made when a cycle is over, told of, and mailed when they are issued."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.made_up import NOW

from juluo.domains.notifications.models import Notification
from juluo.domains.reporting import services
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.tasks import make_due_reports
from juluo.domains.reporting.types import Kind
from juluo.eventlog import subscriptions
from juluo.jobs import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule(desk, people):
    return services.schedule_reports(
        kind=Kind.WEEKLY,
        wait_days=2,
        recipient_ids=[people["owner"].pk, people["moderator"].pk],
        mailed_format="html",
        actor_id=desk.operator,
        at=NOW,
    )


def due(days):
    return services.make_due_reports(now=NOW + timedelta(days=days))


def test_only_cycles_that_end_later_are_made_and_each_once(schedule):
    # NOW is Tuesday, 10 March: the week ends on Sunday, and is waited for until Wednesday.
    assert due(0) == []
    assert due(6) == []
    (report_id,) = due(8)
    report = Report.objects.get(pk=report_id)
    assert (str(report.start), str(report.end)) == ("2026-03-09", "2026-03-16")
    assert due(8) == []
    services.drop_report(report_id=report_id, actor_id=schedule.made_by_id, at=NOW)
    assert due(9) == []
    assert len(due(15)) == 1


def test_those_who_wait_are_told_of_the_draft_and_mailed_what_is_issued(
    desk, schedule, clock, settings, people
):
    people["owner"].email = "owner@example.org"
    people["owner"].save()
    clock.shift(timedelta(days=8))
    make_due_reports.func()
    while subscriptions.deliver() or worker.run_next(worker="w"):
        pass
    report = Report.objects.get()
    assert report.status == "draft"
    told = Notification.objects.filter(kind="reporting.draft_ready")
    assert {each.member_id for each in told} == {
        desk.operator,
        people["owner"].pk,
        people["moderator"].pk,
    }

    desk.issued(report)
    while subscriptions.deliver() or worker.run_next(worker="w"):
        pass
    (sent,) = [each for each in mail.outbox if each.attachments]
    assert sent.to == ["owner@example.org"]
    assert f"/console/reports/{report.pk}/" in sent.body
    (name, content, kind) = sent.attachments[0]
    assert name.endswith("-en.html")
    assert kind == "text/html"
    assert "<!doctype html>" in str(content)


@pytest.mark.parametrize("who", ["member", "suspended", "nobody"])
def test_who_may_not_read_it_gets_no_mail(desk, people, who):
    report = desk.issued()
    member = people["member"] if who == "member" else people["moderator"]
    member.email = "x@example.org"
    member.is_active = who != "suspended"
    member.save()
    member_id = 999_999 if who == "nobody" else member.pk

    assert not services.mail_report(report_id=report.pk, member_id=member_id)
    assert not mail.outbox


def test_a_new_schedule_of_a_kind_ends_the_older_one(desk, schedule):
    newer = services.schedule_reports(
        kind=Kind.WEEKLY, wait_days=1, recipient_ids=[desk.owner], actor_id=desk.owner, at=NOW
    )
    schedule.refresh_from_db()

    assert schedule.ended_at == NOW
    services.end_schedule(schedule_id=newer.pk, actor_id=desk.owner, at=NOW)
    assert due(8) == []
