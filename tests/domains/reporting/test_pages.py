"""Ask for a report on its page; the worker composes it; staff finish it and take it away."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.made_up import NOW

from juluo.domains.members.models import AuditEntry
from juluo.domains.reporting import queries, services
from juluo.domains.reporting.models import Report, ReportFile, ReportShare
from juluo.eventlog import subscriptions
from juluo.jobs import worker
from juluo.jobs.models import Job

PAGE = "/console/reports/"
ASKED = {"kind": "monthly", "first": "2026-01-15"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(people):
    """A browser for each role, reading English."""
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def work():
    """Do what a worker does until nothing waits."""
    while subscriptions.deliver() or worker.run_next(worker="w"):
        pass


def everyone_hears():
    """Tell every event to all who subscribed."""
    while subscriptions.deliver():
        pass


def text(response):
    return response.content.decode()


@pytest.mark.over_the_lake
def test_from_the_first_click_to_the_issued_file(desk, browsers, people):
    operator, owner = browsers["operator"], browsers["owner"]
    answer = operator.post(f"{PAGE}new/", ASKED)
    report = Report.objects.get()
    here = f"{PAGE}{report.pk}/"
    assert answer.headers["Location"] == here
    assert (str(report.start), str(report.end)) == ("2026-01-01", "2026-02-01")
    assert "figures are being read" in text(operator.get(here))
    assert operator.get(here, headers={"HX-Request": "true"}).headers.get("HX-Refresh") is None

    work()

    assert operator.get(here, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    for language, words in (("en", "Contributors"), ("zh", "贡献者")):
        assert words in text(operator.get(here, {"lang": language}))
    operator.post(f"{here}notes/", {"anchor": "contributors", "words": "春节<b>"})
    assert "春节&lt;b&gt;" in text(operator.get(here))
    operator.post(f"{here}remarks/", {"anchor": "contributors", "words": "为什么？"})
    assert "为什么？" in text(owner.get(f"{here}remarks/"))
    operator.post(f"{here}submit/")
    assert "Say why it is sent back" in text(
        owner.post(f"{here}decide/", {"decision": "return"}, follow=True)
    )
    owner.post(f"{here}decide/", {"decision": "sign"})
    operator.post(f"{here}issue/")
    report.refresh_from_db()
    assert report.status == "issued"

    operator.post(f"{here}files/", {"language": "zh", "format": "html"})
    work()
    file = ReportFile.objects.get()
    address = f"{PAGE}files/{file.pk}/"
    assert address in text(operator.get(f"{here}files/"))
    taken = operator.get(address)
    assert taken.headers["Content-Disposition"] == (
        'attachment; filename="juluo-monthly-report-2026-01-01-2026-02-01-zh.html"'
    )
    assert b"".join(taken.streaming_content).startswith(b"<!doctype html>")
    for role in ("moderator", "member"):
        assert browsers[role].get(address).status_code == 404
    assert address not in text(browsers["moderator"].get(f"{here}files/"))
    taken_by = AuditEntry.objects.get(action="report.downloaded")
    assert (taken_by.actor_id, taken_by.subject) == (
        people["operator"].pk,
        f"report:{report.pk}",
    )


def test_files_leave_the_disk_when_what_they_say_has_changed(
    desk, django_capture_on_commit_callbacks
):
    report = desk.begun()
    file = services.ask_for_file(
        report_id=report.pk, language="en", file_format="html", actor_id=desk.owner, at=NOW
    )
    services.make_file(file_id=file.pk)
    path = services.report_folder() / file.stored_as
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        services.drop_report(report_id=report.pk, actor_id=desk.owner, at=NOW)
    assert not path.exists()
    assert not ReportFile.objects.exists()


def test_those_who_may_only_read_cannot_ask(desk, browsers):
    assert browsers["moderator"].post(f"{PAGE}new/", ASKED).status_code == 404
    assert browsers["member"].get(PAGE).status_code == 404
    assert not Report.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "hourly"},
        {"first": ""},
        {"first": "0001-01-01"},
        {"first": "2026-02-31"},
        {"kind": "window", "first": "2026-02-01", "last": "2026-01-01"},
        {"kind": "window", "first": "2026-02-01"},
        {"kind": "window", "first": "2001-01-01", "last": "2026-01-01"},
        {"kind": "activity"},
        {"plan": "99"},
    ],
)
def test_a_form_that_makes_no_sense_is_shown_again(desk, browsers, wrong):
    answer = browsers["owner"].post(f"{PAGE}new/", ASKED | wrong)

    assert answer.status_code == 422
    assert "is-invalid" in text(answer)
    assert not Report.objects.exists()


def test_asked_twice_it_is_one_report(desk, browsers):
    browsers["owner"].post(f"{PAGE}new/", ASKED)
    answer = browsers["operator"].post(f"{PAGE}new/", ASKED, follow=True)

    assert Report.objects.count() == 1
    assert "under way already" in text(answer)


def test_money_is_told_to_those_who_may_see_it(desk, browsers):
    report = desk.begun(with_money=True)
    here = f"{PAGE}{report.pk}/"

    for path in ("", "actions/", "remarks/", "files/"):
        assert browsers["operator"].get(here + path).status_code == 200
        assert browsers["moderator"].get(here + path).status_code == 404
    assert here not in text(browsers["moderator"].get(PAGE))
    assert here in text(browsers["operator"].get(PAGE))


class TestWhatCannotBeMade:
    def test_is_shown_as_failed_and_can_be_made_again(self, desk, browsers, clock, monkeypatch):
        def refuse(*_args, **_options):
            raise OSError("the disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(queries, "composed", refuse)
            browsers["owner"].post(f"{PAGE}new/", ASKED)
            everyone_hears()
            for attempt in range(1, worker.MAX_ATTEMPTS + 1):
                clock.shift(timedelta(days=1))
                assert worker.run_next(worker="w")
                assert Job.objects.get().attempts == attempt

        report = Report.objects.get()
        assert report.status == "failed"
        assert "Failed" in text(browsers["owner"].get(PAGE))
        browsers["owner"].post(f"{PAGE}{report.pk}/anew/")
        work()
        report.refresh_from_db()
        assert report.status == "draft"

    def test_is_shown_as_failed_when_its_worker_is_killed_each_time(
        self, desk, browsers, clock, monkeypatch
    ):
        class Killed(BaseException):
            """Nothing after it runs."""

        def die(*_args, **_options):
            raise Killed

        monkeypatch.setattr(queries, "composed", die)
        browsers["owner"].post(f"{PAGE}new/", ASKED)
        everyone_hears()
        for _ in range(worker.MAX_ATTEMPTS):
            clock.shift(timedelta(days=1))
            with pytest.raises(Killed):
                worker.run_next(worker="w")
        clock.shift(timedelta(days=1))
        assert not worker.run_next(worker="w")

        assert Job.objects.get().status == Job.Status.PARKED
        assert "Failed" in text(browsers["owner"].get(PAGE))

    def test_leaves_no_half_file(self, desk, monkeypatch):
        report = desk.begun()
        file = services.ask_for_file(
            report_id=report.pk, language="en", file_format="html", actor_id=desk.owner, at=NOW
        )

        def refuse(*_args, **_options):
            raise OSError("the disk is full")

        monkeypatch.setattr(queries, "rendered", refuse)
        with pytest.raises(OSError, match="disk is full"):
            services.make_file(file_id=file.pk, is_last_attempt=True)
        file.refresh_from_db()
        assert file.status == "failed"
        assert not list(services.report_folder().glob("*.html"))


def test_actions_are_promised_measured_and_decided_on_their_pages(desk, browsers, people):
    report = desk.begun()
    here = f"{PAGE}{report.pk}/actions/"
    told = {
        "what": "每日值班",
        "owner": people["moderator"].pk,
        "due": "2026-04-01",
        "metric": "response.answered_1d",
        "target": "60",
    }
    assert browsers["operator"].post(here, told | {"target": ""}).status_code == 422
    assert browsers["moderator"].post(here, told).status_code == 404
    browsers["operator"].post(here, told)
    (row,) = queries.actions_of(report.pk)
    assert row.expected.endswith("→ 60.0%")
    desk.issued(Report.objects.get(pk=report.pk))

    listed = text(browsers["moderator"].get("/console/improvement/", {"owner": "me"}))
    assert "每日值班" in listed
    page = f"/console/improvement/{row.id}/"
    assert browsers["moderator"].post(page, {"status": "done", "note": "好"}).status_code == 302
    assert queries.action_row(row.id).status == "done"
    assert "每日值班" not in text(browsers["moderator"].get("/console/improvement/"))


class TestALink:
    def made(self, desk, browsers, report):
        here = f"{PAGE}{report.pk}/"
        browsers["operator"].post(f"{here}share/", {"language": "en", "days": "7"})
        shown = text(browsers["operator"].get(f"{here}files/"))
        (address,) = re.findall(r"/r/[\w-]+/", shown)
        assert address not in text(browsers["operator"].get(f"{here}files/"))
        return address

    def test_shows_the_report_and_nothing_of_the_console(self, desk, browsers):
        address = self.made(desk, browsers, desk.issued())

        answer = Client().get(address)

        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert '<a href="http' not in text(answer)
        assert ReportShare.objects.get().opened == 1

    def test_ends_by_time_and_by_hand(self, desk, browsers, clock):
        report = desk.issued()
        first, second = (self.made(desk, browsers, report) for _ in range(2))
        share = ReportShare.objects.order_by("pk").first()
        browsers["operator"].post(f"{PAGE}links/{share.pk}/end/")

        assert Client().get(first).status_code == 410
        assert Client().get(second).status_code == 200
        clock.shift(timedelta(days=7, minutes=1))
        assert Client().get(second).status_code == 410
        assert Client().get("/r/guess/").status_code == 410

    def test_is_made_of_issued_reports_only(self, desk, browsers):
        report = desk.begun()
        browsers["operator"].post(f"{PAGE}{report.pk}/share/", {"language": "en", "days": "7"})
        assert not ReportShare.objects.exists()


@pytest.mark.parametrize("path", ["", "actions/", "remarks/", "files/"])
def test_pages_cost_the_same_however_much_is_written(
    desk, browsers, django_assert_max_num_queries, path
):
    report = desk.begun()
    for n in range(6):
        desk.promise(report, what=f"action {n}")
        services.comment_on_report(report_id=report.pk, words=f"{n}", actor_id=desk.owner, at=NOW)
    with django_assert_max_num_queries(40):
        browsers["owner"].get(f"{PAGE}{report.pk}/{path}")


def test_the_list_costs_the_same_however_long(desk, browsers, django_assert_max_num_queries):
    for n in range(12):
        Report.objects.create(
            kind="weekly",
            start=NOW.date() - timedelta(days=7 * n + 7),
            end=NOW.date() - timedelta(days=7 * n),
            asked_by_id=desk.owner,
            asked_at=NOW,
            status="draft",
        )
    with django_assert_max_num_queries(14):
        browsers["owner"].get(PAGE)
