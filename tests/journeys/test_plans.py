"""An annual plan and an activity plan made from templates in a browser, and what they then do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from tests.communities import COMMUNITIES
from tests.journeys.looks import DESK, in_each_look

from juluo.domains.discussions.models import Post, Space
from juluo.domains.members.models import Member
from juluo.domains.planning import services
from juluo.domains.planning.models import Plan, Target, TargetReading
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished
from juluo.importers.demonstration import fill
from juluo.lib import figures

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def make(page, watched, kind, first, last):
    """Make a plan of a kind over some days and take every goal that is proposed."""
    watched.open(f"/console/plans/new/?kind={kind}")
    page.fill("[name=first]", first.isoformat())
    page.fill("[name=last]", last.isoformat())
    page.click("main form button.btn-primary")
    page.wait_for_url("**/goals/proposed/")
    barriers = watched.barriers()
    page.click("main form button.btn-primary")
    page.wait_for_url("**/goals/")
    return barriers + watched.barriers()


def newest(target):
    """Return a target's newest reading; None if it was never read."""
    return target.readings.order_by("-day").values_list("value", flat=True).first()


def everyone_writes(at):
    """Let everybody known write a post."""
    space = Space.objects.order_by("pk").first()
    with transaction.atomic():
        for member in Member.objects.filter(kind="person"):
            post = Post.objects.create(space=space, author=member, body="x", published_at=at)
            ref = f"post:{post.pk}"
            event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
            record(event, at=at, actor_id=member.pk)


def test_plans_from_templates_are_bound_judged_and_move_by_themselves(signed_in_page, community):
    now = timezone.now()
    fill(now=now)
    today = timezone.localdate()
    watched = signed_in_page("owner", **DESK)
    page = watched.page

    barriers = make(page, watched, "annual", today - timedelta(days=20), today + timedelta(345))
    barriers += make(page, watched, "activity", today - timedelta(days=20), today + timedelta(8))

    annual, activity = Plan.objects.order_by("-pk")[:2][::-1]
    assert (annual.kind, activity.kind) == ("annual", "activity")
    assert annual.goals.count() == 5
    assert activity.goals.count() >= 2
    assert all(each.feasibility["verdict"] for each in Target.objects.filter(goal__plan=annual))
    talk = Target.objects.get(goal__plan=annual, metric="content.contributions")
    before = TargetReading.objects.filter(target=talk).latest("day").value or 0.0

    everyone_writes(timezone.now())
    # A total counts whole days: today's talk is in it tomorrow.
    services.read_targets(now=timezone.now() + timedelta(days=2))

    after = TargetReading.objects.filter(target=talk).latest("day").value
    assert after > before
    assert barriers == []
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("name", "planned", "later"),
    [
        ("Slack", datetime(2016, 5, 20, 9, tzinfo=UTC), datetime(2016, 7, 20, 9, tzinfo=UTC)),
        (
            "Stack Exchange",
            datetime(2018, 3, 20, 9, tzinfo=UTC),
            datetime(2018, 6, 10, 9, tzinfo=UTC),
        ),
    ],
)
def test_a_real_community_is_planned_and_its_goals_follow_what_really_came(
    signed_in_page, community, name, planned, later
):
    """The whole history is there; the plan is made in the middle of it, knowing what came before.

    Then time goes on, and the talk that really followed moves the goals.
    """
    COMMUNITIES[name].make()
    with time_machine.travel(planned):
        watched = signed_in_page("owner", **DESK)
        today = planned.date()
        barriers = make(watched.page, watched, "annual", today - 20 * DAY, today + 345 * DAY)
        barriers += make(watched.page, watched, "activity", today, today + 27 * DAY)
    plans = Plan.objects.order_by("-pk")[:2]
    targets = list(Target.objects.filter(goal__plan__in=[each.pk for each in plans]).order_by("pk"))
    before = {each.pk: newest(each) for each in targets}

    with time_machine.travel(later):
        services.read_targets(now=later)
        again = signed_in_page("owner", **DESK)
        shown = again.open(f"/console/goals/{targets[0].goal_id}/").inner_text("main")

    after = {each.pk: newest(each) for each in targets}
    assert len(before) >= 5
    assert all(each.feasibility["verdict"] for each in targets)
    assert sum(after[key] != before[key] for key in before) >= 4
    assert figures.number(after[targets[0].pk]) in shown
    assert barriers == []
    assert watched.complaints == again.complaints == []


def test_an_archive_is_planned_on_the_time_when_it_lived(signed_in_page, community):
    COMMUNITIES["Slack"].make()
    watched = signed_in_page("owner", **DESK)
    today = timezone.localdate()

    watched.open("/console/plans/new/?kind=activity")
    watched.page.fill("[name=first]", (today + 14 * DAY).isoformat())
    watched.page.fill("[name=last]", (today + 41 * DAY).isoformat())
    watched.page.click("main form button.btn-primary")
    watched.page.wait_for_url("**/goals/proposed/")
    said = watched.page.inner_text("main")
    watched.page.click("main form button.btn-primary")
    watched.page.wait_for_url("**/goals/")

    assert "Nobody has written since 27 July 2016" in said
    assert "Then" in said
    target = Target.objects.filter(metric="members.active").latest("pk")
    assert target.baseline > 0
    assert target.value == int(target.value) > target.baseline
    assert not newest(target)
    assert watched.complaints == []


@in_each_look
def test_pages_of_plans_keep_nobody_out(signed_in_page, community, look):
    watched = signed_in_page("owner", **look)
    plan = f"/console/plans/{community.plan.pk}"
    paths = (
        "/console/plans/",
        "/console/plans/new/?kind=activity",
        f"{plan}/",
        f"{plan}/sections/background/",
        f"{plan}/versions/",
        f"{plan}/versions/1/",
        f"{plan}/submit/",
        f"{plan}/changes/?from=0",
        f"{plan}/goals/proposed/",
        "/console/positioning/",
        "/console/watch/",
        f"/console/watch/{community.note.pk}/",
        "/console/watch/new/",
        "/console/steer/",
        "/console/steer/review/?week=2025-03-03",
        "/console/alerts/",
        f"/console/alerts/{community.alert.pk}/",
        "/console/alerts/new/",
        "/console/annotations/",
        "/inbox/",
        "/accounts/keys/",
    )
    assert watched.walk(paths) == []
