"""The schedule's pages keep nobody out, at any width, in either light."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.journeys.looks import in_each_look

from juluo.domains.planning import services
from juluo.domains.planning.rules.content import Cadence, Rhythm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(community):
    """A schedule with something of everything, and the pages that show it."""
    held, plan, owner = community.schedule, community.plan, community.people["owner"]
    now, today = timezone.now(), timezone.localdate()
    said = {"actor_id": owner.pk, "at": now}
    first = services.add_task(
        plan_id=plan.pk,
        title="设计海报",
        owner_id=owner.pk,
        start=today - timedelta(days=9),
        due=today - timedelta(days=2),
        planned_minutes=600,
        **said,
    )
    then = services.add_task(
        plan_id=plan.pk,
        title="发布活动预告",
        start=today,
        due=today + timedelta(days=5),
        planned_minutes=3000,
        **said,
    )
    services.add_dependency(task_id=then, needs_id=first, **said)
    services.state_hours(member_id=owner.pk, minutes=600, first_day=date(2025, 1, 1), **said)
    services.pass_gate(phase_id=held.phase.pk, gate="entry", **said)
    services.add_content_line(
        plan_id=plan.pk,
        theme="每周精选",
        format="post",
        space_id=community.space.pk,
        author_id=owner.pk,
        cadence=Cadence(rhythm=Rhythm.WEEKS, weekday=2),
        start=plan.start,
        **said,
    )
    return {
        "schedule": f"/console/plans/{plan.pk}/schedule/",
        "gantt": f"/console/plans/{plan.pk}/gantt/?zoom=month&day={today}",
        "content": f"/console/plans/{plan.pk}/content/",
        "phase": f"/console/phases/{held.phase.pk}/",
        "task": f"/console/tasks/{then}/",
        "link": f"/console/tasks/{then}/link/",
        "form": f"/console/tasks/{then}/edit/",
        "month": "/console/calendar/",
        "week": "/console/calendar/?view=week",
        "list": "/console/calendar/?view=list",
        "work": "/console/work/",
        "capacity": "/console/capacity/",
    }


@in_each_look
def test_no_page_has_a_barrier_or_spills(signed_in_page, pages, look):
    assert signed_in_page("owner", **look).walk(pages.values()) == []


def test_owner_and_day_change_in_the_row_and_the_change_is_announced(signed_in_page, pages):
    watched = signed_in_page("owner", language="en")
    page = watched.open(pages["schedule"])
    row = page.locator("tr", has_text="发布活动预告").first
    row.get_by_role("link", name="Owner and day").click()
    form = page.locator("tr form")
    form.get_by_label("Due").fill("2026-12-24")
    form.get_by_role("button", name="Save").click()

    page.locator("tr", has_text="24 December 2026").wait_for()
    assert page.locator("#live").inner_text() == "Saved: 发布活动预告"
    assert page.evaluate("document.activeElement.textContent").startswith("Owner and day")
    assert watched.complaints == []
