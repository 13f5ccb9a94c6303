"""Reports and what they promise over HTTP."""

from datetime import timedelta

import pytest
import time_machine
from tests.made_up import NOW, make_community

from juluo.domains.reporting.models import Report
from juluo.domains.reporting.queries import composition
from juluo.domains.reporting.queries.sections import promises, talk
from juluo.domains.reporting.types import Kind
from juluo.eventlog import subscriptions
from juluo.jobs import worker

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]
ASKED = {"kind": "monthly", "cycle": "2026-01"}


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    short = (promises.promises, talk.contributors)
    monkeypatch.setattr(composition, "SECTIONS", dict.fromkeys(Kind, short))
    with time_machine.travel(NOW, tick=True):
        yield make_community()


def work():
    """Do what a worker does until nothing waits."""
    while subscriptions.deliver() or worker.run_next(worker="w"):
        pass


@pytest.mark.over_the_lake
def test_a_report_goes_its_whole_way(world, key_of, people):
    operator, owner = key_of("operator"), key_of("owner")
    status, made = operator.send("post", "/reports/", ASKED)
    assert (status, made["first"], made["last"]) == (202, "2026-01-01", "2026-01-31")
    here = f"/reports/{made['id']}/"
    assert operator.send("get", f"{here}document/")[1]["error"]["code"] == "not_that_far"
    assert operator.send("post", "/reports/", ASKED)[1]["error"]["code"] == "already_begun"
    work()

    status, document = operator.send("get", f"{here}document/?lang=zh")
    assert status == 200
    table = document["sections"][0]["blocks"][1]
    assert table["rows"][0][1]["words"]
    assert document["evidence"][0]["query"]
    promise = {
        "report_id": made["id"],
        "what": "值班",
        "owner_id": people["moderator"].pk,
        "due": "2026-05-01",
        "metric": "response.answered_1d",
        "target": 0.6,
    }
    status, action = operator.send("post", "/actions/", promise)
    assert (status, action["status"]) == (201, "open")
    note = {"words": "n", "section": "contributors"}
    assert operator.send("post", f"{here}notes/", note)[0] == 201
    lost = operator.send("post", f"{here}notes/", note | {"section": "x"})
    assert (lost[0], lost[1]["error"]["code"]) == (422, "unknown_section")
    assert operator.send("post", f"{here}comments/", {"words": "c"})[0] == 201

    assert operator.send("post", f"{here}issue/")[1]["error"]["code"] == "not_that_far"
    assert operator.send("post", f"{here}submit/")[1]["status"] == "submitted"
    assert operator.send("post", f"{here}sign/")[0] == 403
    assert owner.send("post", f"{here}return/", {"note": " "})[1]["error"]["code"] == "no_reason"
    assert owner.send("post", f"{here}sign/")[1]["status"] == "signed"
    assert operator.send("post", f"{here}issue/")[1]["status"] == "issued"
    assert [each["id"] for each in operator.send("get", "/reports/?status=issued")[1]] == [
        made["id"]
    ]

    asked = {"format": "html", "lang": "zh"}
    status, file = operator.send("post", f"{here}files/", asked)
    assert (status, file["status"]) == (202, "waiting")
    work()
    taken = operator.get(f"/api/v1/reports/files/{file['id']}/")
    assert b"".join(taken.streaming_content).startswith(b"<!doctype html>")
    moderator = key_of("moderator")
    decided = {"status": "done", "note": "好了"}
    assert (
        moderator.send("post", f"/actions/{action['id']}/decide/", decided)[1]["status"] == "done"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cycle": "2026-Q9"}, "no_cycle"),
        ({"cycle": ""}, "no_days"),
        ({"kind": "window", "cycle": "", "first": "2026-01-05"}, "no_days"),
        ({"kind": "activity", "cycle": ""}, "no_plan"),
        ({"plan_id": 999_999}, "no_plan"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(world, key_of, change, code):
    status, answer = key_of("operator").send("post", "/reports/", ASKED | change)

    assert (status, answer["error"]["code"]) == (422, code)
    assert not Report.objects.exists()


def test_who_may_what(world, key_of, people):
    report = Report.objects.create(
        kind="monthly",
        start=NOW.date() - timedelta(days=30),
        end=NOW.date(),
        with_money=True,
        status="draft",
        asked_by=people["owner"],
        asked_at=NOW,
    )
    moderator = key_of("moderator")
    assert moderator.send("post", "/reports/", ASKED)[0] == 403
    assert moderator.send("get", f"/reports/{report.pk}/")[0] == 404
    assert moderator.send("get", "/reports/")[1] == []
    assert key_of("operator").send("get", f"/reports/{report.pk}/")[0] == 200
    reading = key_of("operator", may_write=False)
    assert reading.send("post", "/reports/", ASKED)[0] == 403
    assert key_of("member").send("get", "/reports/")[0] == 403
