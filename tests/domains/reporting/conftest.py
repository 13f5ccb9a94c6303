"""A made-up community with staff, and reports on it in every state."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from tests.made_up import NOW, make_community

from juluo.domains.reporting import services
from juluo.domains.reporting.queries import composition
from juluo.domains.reporting.queries.sections import method, promises, talk
from juluo.domains.reporting.types import Kind

JANUARY = (date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = (date(2026, 2, 1), date(2026, 3, 1))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    return tmp_path


@pytest.fixture
def clock(home):
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def community(clock):
    return make_community()


@pytest.fixture
def short(monkeypatch):
    """Reports of three sections: their life is the same, and they are composed in a moment."""
    sections = (promises.promises, talk.contributors, method.method)
    monkeypatch.setattr(composition, "SECTIONS", dict.fromkeys(Kind, sections))


class Desk:
    """Who makes and decides about reports; each step takes one call."""

    def __init__(self, people):
        self.people = people
        self.operator, self.owner = people["operator"].pk, people["owner"].pk

    def begun(self, days=JANUARY, kind=Kind.MONTHLY, **options):
        report = services.begin_report(
            kind=kind, start=days[0], end=days[1], actor_id=self.operator, at=NOW, **options
        )
        services.compose(report_id=report.pk)
        report.refresh_from_db()
        return report

    def submitted(self, report):
        services.submit_report(report_id=report.pk, actor_id=self.operator, at=NOW)

    def issued(self, report=None, **options):
        report = report or self.begun(**options)
        if report.status == "draft":
            self.submitted(report)
        services.sign_report(report_id=report.pk, actor_id=self.owner, at=NOW)
        services.issue_report(report_id=report.pk, actor_id=self.operator, at=NOW)
        report.refresh_from_db()
        return report

    def promise(self, report, **options):
        told = {
            "what": "每日值班回复新人",
            "owner_id": self.operator,
            "due": JANUARY[1] + timedelta(days=10),
            **options,
        }
        return services.promise_action(report_id=report.pk, actor_id=self.operator, at=NOW, **told)


@pytest.fixture
def desk(community, people, short):
    return Desk(people)
