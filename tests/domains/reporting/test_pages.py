"""Ask for a report on its page; the worker makes it; operators take it away."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.made_up import NOW, make_community

from juluo.domains.members.models import AuditEntry
from juluo.domains.reporting import queries, services
from juluo.domains.reporting.models import Report
from juluo.eventlog.models import EventRecord
from juluo.jobs import worker
from juluo.jobs.models import Job

PAGE = "/console/reports/"
ASKED = {"first": "2026-01-01", "last": "2026-01-31", "language": "zh", "format": "html"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clock(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def browsers(people):
    """A browser for each role, reading English."""
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def test_asked_for_made_and_taken_away(browsers, people):
    make_community()
    answer = browsers["operator"].post(PAGE, ASKED)
    assert answer.headers["Location"] == PAGE
    assert "Waiting" in browsers["moderator"].get(PAGE).content.decode()

    assert worker.run_next(worker="w")

    report = Report.objects.get()
    assert (report.status, report.asked_by_id) == ("ready", people["operator"].pk)
    assert (str(report.start), str(report.end)) == ("2026-01-01", "2026-02-01")
    address = f"{PAGE}{report.pk}/file/"
    for role in ("operator", "owner"):
        assert address in browsers[role].get(PAGE).content.decode()
        taken = browsers[role].get(address)
        assert taken.headers["Content-Type"] == "text/html; charset=utf-8"
        assert taken.headers["Content-Disposition"] == (
            'attachment; filename="juluo-report-2026-01-01-2026-02-01-zh.html"'
        )
        assert b"".join(taken.streaming_content).startswith(b"<!doctype html>")
    for role in ("moderator", "member"):
        assert browsers[role].get(address).status_code == 404
    assert address not in browsers["moderator"].get(PAGE).content.decode()
    taken_by = AuditEntry.objects.filter(action="report.downloaded").order_by("pk")
    assert [(each.actor_id, each.subject) for each in taken_by] == [
        (people[role].pk, f"report:{report.pk}") for role in ("operator", "owner")
    ]
    names = EventRecord.objects.filter(name__startswith="reporting.").order_by("pk")
    assert [each.name for each in names] == ["reporting.report_asked", "reporting.report_finished"]


def test_those_who_may_only_read_cannot_ask(browsers):
    assert browsers["moderator"].post(PAGE, ASKED).status_code == 404
    assert browsers["member"].get(PAGE).status_code == 404
    assert not Report.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "2026-02-01"},
        {"first": "2001-01-01"},
        {"first": "0001-01-01", "last": "0001-01-31"},
        {"last": "9999-12-31"},
        {"language": "fr"},
        {"format": "odt"},
        {"first": "2026-02-31"},
    ],
)
def test_a_form_that_makes_no_sense_is_shown_again(browsers, wrong):
    answer = browsers["owner"].post(PAGE, ASKED | wrong)

    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_report_that_cannot_be_made_is_shown_as_failed(browsers, clock, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError("the disk is full")

    monkeypatch.setattr(queries, "composed", refuse)
    browsers["owner"].post(PAGE, ASKED)

    for attempt in range(1, worker.MAX_ATTEMPTS + 1):
        clock.shift(timedelta(days=1))
        assert worker.run_next(worker="w")
        assert Job.objects.get().attempts == attempt

    report = Report.objects.get()
    page = browsers["owner"].get(PAGE).content.decode()
    assert report.status == "failed"
    assert "Failed" in page
    assert f"{PAGE}{report.pk}/file/" not in page
    assert browsers["owner"].get(f"{PAGE}{report.pk}/file/").status_code == 404
    assert not list(services.report_folder().glob("*.html"))


def test_a_report_whose_worker_is_killed_each_time_is_shown_as_failed(browsers, clock, monkeypatch):
    class Killed(BaseException):
        """Nothing after it runs."""

    def die(*_args, **_options):
        raise Killed

    monkeypatch.setattr(queries, "composed", die)
    browsers["owner"].post(PAGE, ASKED)

    for _ in range(worker.MAX_ATTEMPTS):
        clock.shift(timedelta(days=1))
        with pytest.raises(Killed):
            worker.run_next(worker="w")
    clock.shift(timedelta(days=1))
    assert not worker.run_next(worker="w")

    assert Job.objects.get().status == Job.Status.PARKED
    assert "Failed" in browsers["owner"].get(PAGE).content.decode()


def test_made_twice_it_is_the_same_report(people):
    asked = services.ReportRequest(start=NOW.date().replace(day=1), end=NOW.date(), language="en")
    report = services.ask_for_report(
        asked=asked, file_format="docx", actor_id=people["owner"].pk, at=NOW
    )

    services.make_report(report_id=report.pk)
    first = (services.report_folder() / report.stored_as).read_bytes()
    services.make_report(report_id=report.pk)

    assert (services.report_folder() / report.stored_as).read_bytes() == first
    assert EventRecord.objects.filter(name="reporting.report_finished").count() == 1
