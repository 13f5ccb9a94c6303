import os
from datetime import date, datetime, timedelta, UTC
import pytest
from django.utils import timezone
from juluo.domains.planning import services as S
from juluo.domains.planning.models import *
from juluo.domains.planning.rules.content import Cadence, Rhythm
from juluo.domains.community.models import Community
from juluo.domains.members import services as M
pytestmark = pytest.mark.django_db(transaction=True)

def seed(community):
    now = timezone.now(); today = now.date()
    Community.objects.update_or_create(pk=1, defaults=dict(name="晨读社", timezone="Asia/Shanghai", language="zh-hans"))
    owner = community.people["owner"]; op = community.people["operator"]
    xiaoli = M.create_member(email="l@x.org", display_name="小李", role="operator", at=now)
    plan = Plan.objects.create(kind="quarterly", title="第四季度运营计划", start=date(2026,10,1), end=date(2027,1,1), owner=owner, created_at=now, created_by=owner, status="approved")
    S.make_phases(plan_id=plan.pk, actor_id=owner.pk, at=now)
    ph = list(plan.phases.all())
    k = dict(actor_id=owner.pk, at=now)
    S.pass_gate(phase_id=ph[0].pk, gate="entry", **k); S.pass_gate(phase_id=ph[0].pk, gate="exit", **k)
    S.pass_gate(phase_id=ph[1].pk, gate="entry", **k); S.pass_gate(phase_id=ph[1].pk, gate="exit", **k)
    S.pass_gate(phase_id=ph[2].pk, gate="entry", **k)
    S.add_criterion(phase_id=ph[2].pk, gate="exit", kind="metric", terms=dict(metric="members.active", filters={}, window="last_28", at_least=True, value=120), **k)
    S.add_criterion(phase_id=ph[2].pk, gate="exit", kind="stated", words="合作方确认物料到位", person_id=owner.pk, **k)
    S.add_milestone(plan_id=plan.pk, phase_id=ph[2].pk, title="双旦活动上线", owner_id=owner.pk, due=date(2026,12,10), **k)
    S.add_milestone(plan_id=plan.pk, phase_id=ph[1].pk, title="新手村改版", owner_id=op.pk, due=date(2026,11,10), **k)
    d = lambda n: today + timedelta(days=n)
    t = []
    for n,(title, phase, start, due, who, hrs) in enumerate([
        ("整理往期数据", 0, -40, -30, op, 10), ("访谈十位成员", 1, -20, -12, xiaoli, 16), ("写改版方案", 2, -14, -3, owner, 12),
        ("设计海报与物料，准备三个版本供讨论选用", 2, -5, 6, xiaoli, 46), ("联系合作方", 2, -2, 4, owner, 20), ("双旦活动预热帖", 2, 5, 12, op, 8), ("双旦活动执行", 2, 12, 24, xiaoli, 60), ("复盘会议", 4, 30, 35, owner, 4), ("没有日期的想法", None, None, None, None, 0)]):
        t.append(S.add_task(plan_id=plan.pk, phase_id=ph[phase].pk if phase is not None else None, title=title, owner_id=who and who.pk, start=start is not None and d(start) or None, due=due is not None and d(due) or None, planned_minutes=hrs*60, **k))
    for a,b in [(5,3),(5,4),(6,5),(7,6)]: S.add_dependency(task_id=t[a], needs_id=t[b], **k)
    S.finish_task(task_id=t[0], **k); S.start_task(task_id=t[3], **k)
    S.link_task(task_id=t[5], kind="awaited_post", ref=f"space:{community.space.pk}", awaited=dict(space_id=community.space.pk, words=["双旦"], member_id=op.pk, format="post"), **k)
    S.state_hours(member_id=owner.pk, minutes=20*60, first_day=date(2026,1,1), **k); S.state_hours(member_id=xiaoli.pk, minutes=40*60, first_day=date(2026,1,1), **k)
    S.add_absence(member_id=xiaoli.pk, kind="leave", start=d(9), end=d(13), **k)
    S.add_content_line(plan_id=plan.pk, theme="每周精选", format="post", space_id=community.space.pk, author_id=op.pk, cadence=Cadence(rhythm=Rhythm.WEEKS, weekday=2), start=date(2026,10,1), planned_minutes=120, **k)
    S.add_content_line(plan_id=plan.pk, theme="每月一问", format="question", space_id=community.space.pk, author_id=xiaoli.pk, cadence=Cadence(rhythm=Rhythm.MONTHS, weekday=4, nth=1), start=date(2026,10,1), planned_minutes=60, **k)
    from juluo.domains.discussions.models import Post
    for day in (7, 15, 30):
        Post.objects.create(space=community.space, author=op, title="每周精选 第 %d 期"%day, body="x", published_at=datetime(2026,10,day,4,tzinfo=UTC))
    S.look_back(now=now)
    return plan, ph, t

def test_shots(signed_in_page, community):
    plan, ph, t = seed(community)
    pages = {"schedule": f"/console/plans/{plan.pk}/schedule/", "gantt": f"/console/plans/{plan.pk}/gantt/", "gantt-month": f"/console/plans/{plan.pk}/gantt/?zoom=month", "gantt-year": f"/console/plans/{plan.pk}/gantt/?zoom=year",
      "phase": f"/console/phases/{ph[2].pk}/", "phase0": f"/console/phases/{ph[0].pk}/", "task": f"/console/tasks/{t[5]}/", "link": f"/console/tasks/{t[5]}/link/?kind=post&words=你", "newtask": f"/console/tasks/new/?plan={plan.pk}",
      "calendar": "/console/calendar/", "calendar-feb": "/console/calendar/?day=2026-02-10", "week": "/console/calendar/?view=week", "list": "/console/calendar/?view=list", "work": "/console/work/", "capacity": "/console/capacity/", "content": f"/console/plans/{plan.pk}/content/", "contentnew": f"/console/plans/{plan.pk}/content/new/"}
    only = os.environ.get("ONLY"); 
    looks = [("zh-hans","light",1280),("en","dark",1280),("zh-hans","light",390),("en","dark",390)]
    if os.environ.get("LOOKS"): looks = [looks[int(n)] for n in os.environ["LOOKS"].split(",")]
    bad = []
    for lang, scheme, width in looks:
        w = signed_in_page("owner", language=lang, scheme=scheme, width=width)
        for name, path in pages.items():
            if only and name not in only.split(","): continue
            w.open(path)
            w.page.screenshot(path=f"/tmp/sched/shots/{name}-{lang}-{scheme}-{width}.png", full_page=True)
            bad += w.barriers()
            if w.spill() > 0: bad.append(f"{name} {width} spills {w.spill()}")
        bad += w.complaints
    print("\n".join(bad)); assert not bad
