"""The explorer's studies over HTTP are those of its pages."""

import pytest
import time_machine
from tests.made_up import NOW, make_community

from juluo.domains.insights import services as insights

pytestmark = pytest.mark.over_the_lake


@pytest.fixture
def caller(key_of):
    with time_machine.travel(NOW, tick=False):
        make_community()
        yield key_of("moderator")


def test_cohorts_are_laid_out_with_their_mean(caller):
    status, body = caller.send("get", "/explorer/cohorts/?from=2025-09-01&to=2026-03-01")

    assert status == 200
    assert [len(each["cells"]) for each in body["cohorts"]] == [6, 5, 4, 3, 2, 1]
    first = body["means"][0]
    assert first["part"] == first["whole"] == sum(each["size"] for each in body["cohorts"])
    assert "SELECT" in body["query"]


@pytest.mark.parametrize("days", ["from=2026-03-01&to=2026-03-01", "from=2010-01-01&to=2026-03-01"])
def test_a_window_that_cannot_be_asked_says_why(caller, days):
    status, body = caller.send("get", f"/explorer/cohorts/?{days}")

    assert status == 422
    assert "five years at the most" in body["error"]["message"]


def test_a_funnel_tells_its_steps_with_intervals_and_times(caller):
    asked = "step=asked&step=got_reply&within=14&from=2025-09-01&to=2026-03-01&by=month"

    status, body = caller.send("get", f"/explorer/funnels/?{asked}")

    assert status == 200
    first, second = body["whole"]["steps"]
    assert first["members"] == first["of_first"] * body["whole"]["entered"]
    low, high = second["of_first_interval"]
    assert low < second["of_first"] < high
    assert second["lost"] == first["members"] - second["members"]
    assert sum(each["entered"] for each in body["groups"]) == body["whole"]["entered"]
    known = caller.send("get", "/explorer/funnels/steps/")[1]
    assert {"asked", "got_reply"} <= {each["key"] for each in known}


@pytest.mark.parametrize("steps", ["step=asked", "step=asked&step=danced"])
def test_a_funnel_that_is_none_says_why(caller, steps):
    status, body = caller.send("get", f"/explorer/funnels/?{steps}&from=2026-01-01&to=2026-02-01")

    assert status == 422
    assert "step" in body["error"]["message"]


def test_movement_adds_up_over_http(caller):
    status, body = caller.send("get", "/explorer/movement/?from=2026-01-20&to=2026-02-17")

    assert status == 200
    cells = sum(each["members"] for each in body["cells"])
    assert cells == sum(body["flows"].values())
    gone = sum(each["members"] for each in body["cells"] if each["to"] == "left")
    assert sum(body["standings"][-1]["members"].values()) == cells - gone


def test_spaces_are_compared_over_http(caller):
    status, body = caller.send("get", "/explorer/compare/?from=2026-01-01&to=2026-02-01")

    assert status == 200
    made = [each["figures"]["content.contributions"]["value"] for each in body["rows"]]
    assert len(made) == 3
    assert made == sorted(made, reverse=True)
    assert body["before"] == ["2025-12-01", "2026-01-01"]
    wrong = "/explorer/compare/?from=2026-01-01&to=2026-02-01&sort=mood"
    assert caller.send("get", wrong)[0] == 422


def test_views_and_dashboards_are_listed_and_asked(caller, people):
    by = {"actor_id": people["owner"].pk, "at": NOW}
    view = insights.save_view(
        title="v", kind="movement", asked={"window": "last_month"}, shared=True, **by
    )
    insights.save_view(title="own", kind="movement", asked={}, shared=False, **by)
    board = insights.make_dashboard(title="b", **by)
    insights.add_card(dashboard_id=board.pk, view_id=view.pk, **by)
    assert caller.send("get", f"/explorer/dashboards/{board.pk}/")[0] == 404
    insights.change_dashboard(dashboard_id=board.pk, title="b", shared=True, **by)

    assert [each["title"] for each in caller.send("get", "/explorer/views/")[1]] == ["v"]
    listed = caller.send("get", "/explorer/dashboards/")[1]
    assert [(each["title"], each["views"]) for each in listed] == [("b", 1)]
    status, body = caller.send("get", f"/explorer/dashboards/{board.pk}/?lang=zh")
    assert status == 200
    (card,) = body["cards"]
    assert "2026 年 2 月 1 日" in card["figures"]["days"]
    assert "成员" in card["figures"]["lead"]
