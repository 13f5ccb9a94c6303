"""The pages of the register: an example in one step, forms that lose nothing, money by role."""

import pytest
import time_machine
from django.test import Client
from tests.domains.risks.conftest import AT

from juluo.domains.insights import queries as insights
from juluo.domains.insights import services as alerts
from juluo.domains.planning.models import Task
from juluo.domains.risks import services
from juluo.domains.risks.models import Indicator, Mitigation, Risk


@pytest.fixture(autouse=True)
def clock(home):
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def browsers(people):
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def typed(people, **more):
    usual = {
        "cause": "a",
        "event": "Members leave",
        "consequence": "c",
        "category": "member_loss",
        "probability": "4",
        "impact": "4",
        "owner": str(people["operator"].pk),
    }
    return usual | more


def test_an_example_becomes_a_risk_with_its_indicator(people, browsers):
    page = browsers["operator"].get("/console/risks/new/?starter=member_loss").content.decode()
    assert "More members than usual fall silent" in page
    assert "Watch “Lost members”" in page

    path = "/console/risks/new/?starter=member_loss"
    answer = browsers["operator"].post(path, typed(people, watch="on"))

    risk = Risk.objects.get()
    assert answer.headers["Location"] == f"/console/risks/{risk.pk}/"
    indicator = Indicator.objects.get()
    assert (indicator.metric, indicator.rule, indicator.side, indicator.raise_by_one) == (
        "members.lost",
        "anomaly",
        "above",
        True,
    )
    assert (
        "4 · Likely × 4 · Major"
        in browsers["moderator"].get(f"/console/risks/{risk.pk}/").content.decode()
    )


def test_a_form_that_is_refused_loses_nothing(people, browsers):
    answer = browsers["operator"].post("/console/risks/new/", typed(people, event=""))

    assert answer.status_code == 422
    assert b'value="c"' in answer.content
    assert not Risk.objects.exists()


def test_an_indicator_and_a_response_are_set_by_form(people, browsers, write):
    risk = write()
    respond = {
        "strategy": "transfer",
        "title": "Insure it",
        "owner": str(people["operator"].pk),
        "days": "3",
        "hours": "1.5",
        "cost": "99.90",
        "currency": "cny",
        "residual_probability": "1",
        "residual_impact": "2",
    }
    path = f"/console/risks/{risk.pk}"
    browsers["operator"].post(f"{path}/responses/new/", respond)
    response = Mitigation.objects.get()
    assert (response.cost, response.currency, response.planned_minutes) == (9990, "CNY", 90)
    assert not Task.objects.exists()
    watch = {
        "metric": "response.answered_1d",
        "grain": "week",
        "rule": "threshold",
        "side": "below",
        "value": "50",
        "effect": "5",
        "response": str(response.pk),
        "calm_after": "2",
    }
    browsers["operator"].post(f"{path}/indicators/new/", watch)
    indicator = Indicator.objects.get()
    assert (indicator.value, indicator.raise_to, indicator.response_id) == (0.5, 5, response.pk)
    refused = browsers["operator"].post(f"{path}/indicators/new/", watch | {"side": "both"})
    assert refused.status_code == 422
    nothing = browsers["operator"].post(
        f"{path}/indicators/new/", watch | {"effect": "", "response": ""}
    )
    assert nothing.status_code == 422


def test_only_those_who_may_see_money_see_what_a_response_costs(browsers, write, prepare):
    risk = write()
    prepare(risk, cost=123_456, currency="CNY")
    path = f"/console/risks/{risk.pk}/"

    assert "CNY 1,234.56" in browsers["operator"].get(path).content.decode()
    assert "1,234.56" not in browsers["moderator"].get(path).content.decode()


def test_an_operator_cannot_close_above_the_appetite_and_an_owner_can(browsers, write):
    risk = write(probability=5, impact=5)
    path = f"/console/risks/{risk.pk}/outcome/"

    assert browsers["operator"].post(path, {"outcome": "absent"}).status_code == 422
    risk.refresh_from_db()
    assert risk.is_open
    browsers["owner"].post(path, {"outcome": "absent"})
    risk.refresh_from_db()
    assert risk.status == "closed"


def test_a_cell_of_the_matrix_lists_its_risks(browsers, write):
    write(probability=5, impact=5, event="Large")
    write(probability=1, impact=1, event="Small")

    page = browsers["moderator"].get("/console/risks/?p=5&i=5").content.decode()
    assert "Large" in page
    assert "Small" not in page


def test_an_alert_offers_to_make_a_risk_of_it(people, browsers):
    alert = alerts.make_alert(
        title="Active",
        metric_key="members.active",
        grain="week",
        rule="threshold",
        side="below",
        value=3,
        owner_id=people["operator"].pk,
        actor_id=people["owner"].pk,
        at=AT,
    )
    alert.firings.create(
        since=AT.date(), last=AT.date(), observed=1, data_version="x", raised_at=AT
    )
    (firing,) = insights.firings(language="en")
    actions = {str(each.label): each.url for each in insights.alert_actions(firing)}
    url = actions["Make a risk"]
    page = browsers["operator"].get(url).content.decode()

    assert url == f"/console/risks/new/?alert={alert.pk}"
    assert '<option value="members.active" selected>' in page
    assert "“Active” is out of bounds" in page


def test_the_plan_has_a_tab_of_its_risks(people, browsers, write):
    from datetime import date

    from juluo.domains.planning import services as plans

    plan = plans.make_plan(
        kind="quarterly",
        title="Spring",
        start=date(2025, 3, 1),
        end=date(2025, 6, 1),
        owner_id=people["owner"].pk,
        actor_id=people["owner"].pk,
        at=AT,
    )
    empty = browsers["operator"].get(f"/console/plans/{plan.pk}/risks/").content.decode()
    assert f"/console/risks/new/?plan={plan.pk}" in empty
    write(plan_id=plan.pk)
    services.set_appetite(score=5, actor_id=people["owner"].pk, at=AT)

    page = browsers["moderator"].get(f"/console/plans/{plan.pk}/risks/").content.decode()
    assert "Fewer members take part" in page
    assert "required" in page
