"""An annual plan and an activity plan made from templates in a browser, and what they then do."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from juluo.domains.discussions.models import Post, Space
from juluo.domains.members.models import Member
from juluo.domains.planning import services
from juluo.domains.planning.models import Plan, Target, TargetReading
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished
from juluo.importers.demonstration import fill

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [
    {"language": "en", "scheme": "light", "width": 1280},
    {"language": "zh-hans", "scheme": "dark", "width": 390},
]


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
    watched = signed_in_page("owner", **LOOKS[0])
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


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look.values())))
def test_pages_of_plans_keep_nobody_out(signed_in_page, community, look):
    watched = signed_in_page("owner", **look)
    plan = f"/console/plans/{community.plan.pk}"
    barriers, spilled = [], []
    for path in (
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
    ):
        page = watched.open(path)
        barriers += watched.barriers()
        if page.evaluate("document.documentElement.scrollWidth") > look["width"]:
            spilled.append(path)

    assert barriers == []
    assert spilled == []
    assert watched.complaints == []
