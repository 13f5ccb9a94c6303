"""Plans, alerts and notes over HTTP: within rights, with events, refused in words."""

import pytest
from django.db import models

from juluo.domains.insights.models import Annotation
from juluo.domains.planning.models import Plan
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.over_the_lake

PLAN = {"kind": "annual", "title": "2027", "first": "2027-01-01", "last": "2027-12-31"}


def test_a_plan_is_made_written_and_read(key_of, people):
    caller = key_of("operator")

    status, made = caller.send("post", "/plans/", PLAN)
    assert (status, made["title"], made["last"], made["version"]) == (201, "2027", "2027-12-31", 0)
    address = f"/plans/{made['id']}/"
    status, _none = caller.send("put", f"{address}sections/background/", {"text": "why"})
    assert status == 204

    status, read = caller.send("get", address)
    assert status == 200
    assert read["parts"]["sections"] == [
        {"ref": "section:background", "title": "background", "facts": {"text": "why"}}
    ]
    assert Plan.objects.get().owner == people["operator"]
    assert EventRecord.objects.filter(name="planning.plan_made").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"last": "2026-12-31"}, "last"),
        ({"kind": "five-year"}, "given.kind"),
        ({"title": ""}, "given.title"),
        ({"owner_id": 10**9}, "owner_id"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_and_not_made(key_of, change, field):
    status, body = key_of("operator").send("post", "/plans/", PLAN | change)

    assert status == 422
    assert field in body["error"]["fields"]
    assert not Plan.objects.exists()


def test_a_moderator_reads_plans_and_makes_none(key_of):
    caller = key_of("moderator")

    assert caller.send("get", "/plans/") == (200, [])
    assert caller.send("post", "/plans/", PLAN)[0] == 403
    assert not Plan.objects.exists()


def test_fields_nobody_asked_for_change_nothing(key_of, people):
    """Every name of the model and some of power, sent along: the row is what the form says."""
    names = {each.name: 1 for each in Plan._meta.fields if isinstance(each, models.Field)}
    sneaky = {**names, "status": "approved", "created_by": people["owner"].pk, "is_staff": True}

    status, made = key_of("operator").send("post", "/plans/", {**sneaky, **PLAN})

    assert status == 201
    plan = Plan.objects.get(pk=made["id"])
    assert (plan.status, plan.created_by) == ("draft", people["operator"])


def test_a_program_notes_what_happened(key_of):
    caller = key_of("operator")
    given = {"kind": "outage", "words": "Deploy 41", "first": "2025-03-03"}

    status, made = caller.send("post", "/annotations/", given)
    assert status == 201

    assert caller.send("get", "/annotations/?from=2025-03-03&to=2025-03-04")[1] == [
        {
            "id": made["id"],
            "kind": "outage",
            "words": "Deploy 41",
            "first": "2025-03-03",
            "last": None,
            "is_told": False,
        }
    ]
    assert caller.send("get", "/annotations/?from=2025-03-04")[1] == []
    assert caller.send("post", "/annotations/", given | {"last": "2025-03-01"})[0] == 422
    assert Annotation.objects.count() == 1
