from datetime import timedelta

import pytest
from tests.made_up import NOW

from juluo.domains.insights import queries
from juluo.domains.insights.queries import needs


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(needs, "_SAY", [])


def test_urgent_things_come_first_and_nobody_is_asked_twice(people, registry):
    asked = []

    def one(member, now):
        asked.append((member, now))
        return [queries.Need(words="calm", url="/a/")]

    def two(member, now):
        return [queries.Need(words="urgent", url="/b/", urgent=True)]

    for say in (one, two, one):
        queries.register_needs(say)

    found = queries.needs_of(people["owner"], now=NOW + timedelta(days=1))

    assert [each.words for each in found] == ["urgent", "calm"]
    assert asked == [(people["owner"], NOW + timedelta(days=1))]


def test_where_nothing_waits_nothing_is_said(people, registry):
    assert queries.needs_of(people["member"], now=NOW) == []
