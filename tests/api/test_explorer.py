"""The explorer's studies over HTTP are those of its pages."""

import pytest
import time_machine
from tests.made_up import NOW, make_community


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
