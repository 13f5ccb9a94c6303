"""Figures over HTTP are those of every other face."""

import pytest

from juluo.analytics.catalog import METRICS

pytestmark = pytest.mark.over_the_lake


def test_the_catalog_is_whole(key_of):
    status, body = key_of("moderator").send("get", "/metrics/")

    assert status == 200
    assert {each["key"] for each in body} == set(METRICS)


def test_an_empty_community_has_nobody_active(key_of):
    status, body = key_of("moderator").send(
        "get", "/metrics/members.active/?from=2025-03-03&to=2025-03-10&grain=week"
    )

    assert status == 200
    assert (body["key"], body["unit"], body["timezone"]) == ("members.active", "members", "UTC")
    assert [(each["start"], each["value"]) for each in body["points"]] == [("2025-03-03", 0)]
    assert "SELECT" in body["query"]


def test_what_cannot_be_asked_says_why(key_of):
    caller = key_of("moderator")

    status, body = caller.send("get", "/metrics/nobody/?from=2025-03-03&to=2025-03-10")
    assert (status, body["error"]["code"]) == (404, "not_found")
    status, body = caller.send("get", "/metrics/members.active/?from=2025-03-10&to=2025-03-03")
    assert status == 422
    assert body["error"]["message"] == "The window from 2025-03-10 to 2025-03-03 has no day."
    status, body = caller.send("get", "/metrics/members.active/?from=soon")
    assert set(body["error"]["fields"]) == {"asked.from", "asked.to"} or "from" in str(body)


def test_a_figure_that_is_kept_can_be_opened_again(key_of):
    caller = key_of("moderator")
    asked = "/metrics/members.active/keep/?from=2025-03-03&to=2025-03-10&grain=week"

    status, made = caller.send("post", asked)
    assert status == 201
    status, body = caller.send("get", f"/evidence/{made['key']}/?lang=zh")

    assert status == 200
    assert (body["is_same"], body["differences"]) == (True, [])
    assert body["answer"]["title"] == "活跃成员"
    assert [each["value"] for each in body["answer"]["points"]] == [0]
    assert caller.send("get", "/evidence/none/")[0] == 404
    assert key_of("member").send("get", f"/evidence/{made['key']}/")[0] in (403, 404)


def test_why_a_figure_moved_is_told_over_http(key_of):
    caller = key_of("moderator")
    window = "from=2025-03-01&to=2025-04-01"

    status, body = caller.send("get", f"/metrics/content.contributions/why/?{window}&lang=zh")

    assert status == 200
    assert body["title"] == "内容贡献"
    assert "历史太短" in body["lead"]
    assert caller.send("get", f"/metrics/rhythm.hours/why/?{window}")[0] == 404
    backwards = "from=2025-03-03&to=2025-03-01"
    assert caller.send("get", f"/metrics/members.active/why/?{backwards}")[0] == 422
    assert key_of("member").send("get", f"/metrics/members.active/why/?{window}")[0] in (403, 404)
