"""The whole catalog counted again in plain Python, on a made-up community and on real exports."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Filters, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.insights.queries.asking import stepped
from juluo.domains.members.models import Member
from tests.communities import COMMUNITIES
from tests.made_up import NOW
from tests.recounting.lines import everything
from tests.recounting.recount import COUNTS, differences, from_records, recount

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield tmp_path


def test_every_metric_of_the_catalog_has_a_recount():
    assert set(METRICS) == set(COUNTS)


@pytest.mark.parametrize("name", ["made up", "Stack Exchange"])
def test_the_engine_and_a_plain_count_agree_on_every_metric(name):
    tried = COMMUNITIES[name]
    tried.make()

    assert unlike(tried.odd, NOW, Grain.WEEK) == []


def test_they_agree_while_windows_are_still_open(made_up):
    early = datetime(2026, 2, 4, 9, tzinfo=UTC)

    assert unlike(COMMUNITIES["made up"].odd, early, Grain.WINDOW) == []


def test_they_agree_when_staff_and_other_spaces_are_left_out(made_up):
    Member.objects.filter(pk=made_up.members[3].pk).update(role="operator")
    filters = Filters(exclude_staff=True, spaces=(made_up.spaces[1].pk,))

    assert unlike(COMMUNITIES["made up"].odd, NOW, Grain.WINDOW, filters) == []


@pytest.mark.parametrize("filters", [Filters(include_bots=True), Filters(by_joined=True)])
def test_they_agree_on_bots_and_on_joining(made_up, filters):
    days, keys = COMMUNITIES["made up"].quarter, ("members.new", "members.total", "members.active")

    found = unlike((days, NOW.date()), NOW, Grain.MONTH, filters, keys)

    assert found == []


@pytest.fixture
def made_up():
    return COMMUNITIES["made up"].make()


def unlike(days, now, grain, filters=None, keys=tuple(METRICS)):
    """Return where engine and recount differ; what has no such points is asked as a whole."""
    known, log, found = everything(), insights.current_log(), []
    for key in keys:
        grains = METRICS[key].grains
        asked = insights.question(
            key,
            start=days[0],
            end=days[1],
            grain=grain if grain in grains else grains[0],
            timezone=log.timezone,
            filters=filters,
        )
        answer = insights.ask(asked, log=log, now=now)
        found += differences(answer, recount(asked, known, as_of=stepped(now)))
    return found


# What the records behind a point cannot give: who was there already, before all of them.
NOT_FROM_RECORDS = {"participation.rate"}


def test_the_records_behind_a_figure_give_it(made_up):
    start, end = COMMUNITIES["made up"].odd
    known, log, as_of, unlike_records = everything(), insights.current_log(), stepped(NOW), set()
    for key, definition in METRICS.items():
        grain = Grain.WINDOW if Grain.WINDOW in definition.grains else Grain.MONTH
        asked = insights.question(key, start=start, end=end, grain=grain, timezone=log.timezone)
        answer = insights.ask(asked, log=log, now=NOW)
        for begin in {each.start for each in answer.points}:
            rows = insights.behind(asked, log=log, start=begin, limit=20_000, now=NOW).rows
            again = from_records(asked, begin, rows, as_of=as_of, out=known.out(asked))
            if differences(answer, again, only=begin):
                unlike_records.add(key)

    assert unlike_records == NOT_FROM_RECORDS
