"""A small community for the pages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from tests.made_up import NOW
from tests.web.money import make_money

from juluo.analytics.question import Answer as Answered
from juluo.analytics.question import Grain, Point, Question
from juluo.domains.discussions.models import Answer, Comment, Post, PostTag, Space
from juluo.domains.insights import services as insights
from juluo.domains.insights.models import Firing
from juluo.domains.members import services
from juluo.domains.members.models import Identity
from juluo.domains.messaging.models import (
    ChatGroup,
    Conversation,
    GroupMember,
    Message,
    Participant,
    PrivateMessage,
)
from juluo.domains.moderation import services as flags
from juluo.domains.moderation.models import Case
from juluo.domains.planning import services as plans
from juluo.domains.planning.models import (
    Absence,
    CalendarFeed,
    ContentLine,
    GateCriterion,
    Milestone,
    Phase,
    Task,
    TaskDependency,
    TaskLink,
)
from juluo.domains.planning.rules.goals import Aim, Wanted
from juluo.domains.reporting import services as reporting
from juluo.domains.reporting.models import Report, ReportFile, ReportShare, Revision
from juluo.domains.reporting.types import Kind
from juluo.domains.risks import services as risks
from juluo.domains.risks.models import Episode
from juluo.domains.webhooks import services as webhooks
from juluo.importers.models import ImportRun
from juluo.lib.documents.keeping import to_plain
from juluo.lib.documents.model import Document, Paragraph, Section, Text

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
ROLES = ("owner", "operator", "moderator", "member")


@pytest.fixture(autouse=True)
def _forget_the_second_line_of_limits():
    cache.clear()


@pytest.fixture
def people(db):
    """One account for each role, by role."""
    return make_people()


def make_people():
    return {
        role: services.create_member(
            email=f"{role}@example.org",
            password="correct horse 42",
            display_name=role.title(),
            role=role,
            at=AT,
        )
        for role in ROLES
    }


@pytest.fixture
def community(people):
    """A small community."""
    return make_community(people)


def make_private_message(author, reader):
    """One private message, as a row alone: the log of this community stays empty."""
    talk = Conversation.objects.create(
        pair=f"{min(author.pk, reader.pk)}-{max(author.pk, reader.pk)}",
        begun_by=author,
        begun_at=AT,
        moved_at=AT,
    )
    for each in (author, reader):
        Participant.objects.create(conversation=talk, member=each, joined_at=AT, last_read=AT)
    return PrivateMessage.objects.create(
        conversation=talk, author=author, body="在吗？", sent_at=AT, changed_at=AT
    )


def make_community(people):
    """A space with a post, a solved question and a chat group; one plain member to decide about."""
    target = services.create_member(email=None, display_name="林晓梅", at=AT)
    space = Space.objects.create(name="新手村", opened_at=AT)
    post = Post.objects.create(
        space=space, author=target, title="你好", body="**强调。**后面", published_at=AT
    )
    question = Post.objects.create(
        space=space, author=target, title="怎么用？", body="?", kind="question", published_at=AT
    )
    answer = Answer.objects.create(question=question, author=target, body="这样", published_at=AT)
    Comment.objects.create(post=post, author=target, body="好", published_at=AT)
    PostTag.objects.create(post=post, tag="新手", published_at=AT)
    group = ChatGroup.objects.create(name="闲聊", space=space, opened_at=AT)
    Message.objects.create(group=group, author=target, body="早", sent_at=AT)
    for role, person in people.items():
        place = "owner" if role == "owner" else "member"
        GroupMember.objects.create(
            group=group, member=person, role=place, joined_at=AT, last_read=AT
        )
    message = Message.objects.create(
        group=group, author=people["member"], body="大家好", sent_at=AT, changed_at=AT
    )
    private = make_private_message(people["member"], people["moderator"])
    owner = people["owner"]
    hook = webhooks.add_endpoint(
        name="机器人",
        url="https://hooks.example.org/",
        events=["webhooks.ended"],
        actor_id=owner.pk,
        at=AT,
    )
    run = ImportRun.objects.create(
        format="slack", source="slack", label="a.zip", asked_at=AT, asked_by_id=owner.pk
    )
    reports = _reports(owner)
    plan = plans.make_plan(
        kind="annual",
        title="二〇二五年计划",
        start=date(2025, 1, 1),
        end=date(2026, 1, 1),
        owner_id=owner.pk,
        actor_id=owner.pk,
        at=AT,
    )
    plans.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)
    remark = plans.comment(plan_id=plan.pk, text="目标再具体些？", author_id=owner.pk, at=AT)
    note = plans.write_note(
        kind="competitor",
        about="隔壁社区",
        statement="每周直播",
        observed_on=date(2025, 2, 1),
        author_id=owner.pk,
        at=AT,
        plan_ids=[plan.pk],
    )
    planned = {"actor_id": owner.pk, "at": AT}
    objective = plans.add_objective(plan_id=plan.pk, title="更热闹", owner_id=owner.pk, **planned)
    goal = plans.set_goal(
        plan_id=plan.pk,
        title="每月活跃四十人",
        owner_id=owner.pk,
        start=date(2025, 1, 1),
        end=date(2026, 1, 1),
        objective_id=objective.pk,
        targets=[Wanted(aim=Aim(metric="members.active"), baseline=20, value=40)],
        **planned,
    )
    strategy = plans.add_strategy(
        plan_id=plan.pk,
        title="每周话题",
        owner_id=owner.pk,
        start=date(2025, 4, 1),
        end=date(2025, 7, 1),
        **planned,
    )
    tokens = {
        role: services.make_token(
            member_id=people[role].pk, name="x", may_write=False, days=30, at=timezone.now()
        )[0].pk
        for role in ROLES
    }
    alert = insights.make_alert(
        title="活跃成员",
        metric_key="members.active",
        grain="week",
        rule="threshold",
        side="below",
        value=3,
        owner_id=owner.pk,
        actor_id=owner.pk,
        at=AT,
    )
    firing = Firing.objects.create(
        alert=alert,
        since=date(2025, 2, 24),
        last=date(2025, 2, 24),
        observed=1,
        data_version="x",
        raised_at=AT,
    )
    annotation = insights.annotate(
        kind="outage", words="停机", start=date(2025, 3, 1), actor_id=owner.pk, at=AT
    )
    return SimpleNamespace(
        flags=_flags(people, target, post, message),
        kept=_kept(owner),
        dashboard=_dashboard(owner),
        alert=alert,
        firing=firing,
        annotation=annotation,
        tokens=tokens,
        plan=plan,
        objective=objective,
        goal=goal,
        target_of_goal=goal.targets.get(),
        strategy=strategy,
        remark=remark,
        note=note,
        schedule=_schedule(owner, space, plan),
        risks=_risks(owner, plan, goal, note),
        run=run,
        hook=hook,
        report=reports.report,
        reports=reports,
        people=people,
        target=target,
        space=space,
        post=post,
        question=question,
        answer=answer,
        group=group,
        message=message,
        private=private,
        money=make_money(people, plan),
    )


def _flags(people, target, post, message):
    """A case that waits, one about the member that was decided, and a claim of the member's."""
    Identity.objects.create(member=target, source="slack", outside_id="u1", name="lin")
    for subject in (f"post:{post.pk}", f"message:{message.pk}"):
        flags.flag(subject=subject, member=people["operator"], reason="spam", at=AT)
    waiting, decided = Case.objects.order_by("pk")
    flags.decide(case_id=decided.pk, actor=people["moderator"], acts=["warn"], reason="spam", at=AT)
    claim = flags.claim_history(person_id=target.pk, member=people["member"], at=AT)
    return SimpleNamespace(waiting=waiting, decided=decided, claim=claim)


def _reports(owner):
    """A draft with one of everything that hangs on a report."""
    report = Report.objects.create(
        kind="monthly",
        start=date(2025, 3, 1),
        end=date(2025, 4, 1),
        status="draft",
        asked_by=owner,
        asked_at=AT,
    )
    by = {"actor_id": owner.pk, "at": AT}
    method = Section(key="method", title="Method", blocks=[Paragraph([Text("So.")])])
    document = Document(
        title="Report",
        subtitle="March",
        language="en",
        facts=[],
        sections=[method],
        appendix_title="Appendix",
    )
    plain = {"en": to_plain(document), "zh": to_plain(replace(document, language="zh"))}
    Revision.objects.create(
        report=report,
        number=1,
        documents=plain,
        found={"findings": [], "outcomes": []},
        evidence={"en": [], "zh": []},
        digest="d",
        data_version="x",
        made_at=AT,
    )
    file = ReportFile.objects.create(
        report=report,
        revision=1,
        language="en",
        format="html",
        status="ready",
        asked_by=owner,
        asked_at=AT,
    )
    (reporting.report_folder() / file.stored_as).write_text("<p>ready</p>")
    share = ReportShare.objects.create(
        report=report,
        secret_hash="0" * 64,
        language="en",
        made_by=owner,
        made_at=AT,
        expires_at=AT + timedelta(days=7),
    )
    return SimpleNamespace(
        report=report,
        file=file,
        note=reporting.write_note(report_id=report.pk, anchor="method", words="x", **by),
        remark=reporting.comment_on_report(report_id=report.pk, words="x", **by),
        action=reporting.promise_action(
            report_id=report.pk, what="x", owner_id=owner.pk, due=date(2025, 5, 1), **by
        ),
        share=share,
        schedule=reporting.schedule_reports(
            kind=Kind.WEEKLY, wait_days=1, recipient_ids=[owner.pk], **by
        ),
    )


def _schedule(owner, space, plan):
    """One of everything that a plan's schedule holds."""
    phase = Phase.objects.create(
        plan=plan, kind="execution", start=date(2025, 2, 1), end=date(2025, 3, 20)
    )
    milestone = Milestone.objects.create(
        plan=plan, phase=phase, title="上线", owner=owner, due=date(2025, 3, 10)
    )
    shared = {"plan": plan, "owner": owner, "created_at": AT, "created_by": owner}
    task = Task.objects.create(title="写月报", phase=phase, due=date(2025, 3, 7), **shared)
    needed = Task.objects.create(title="收集数据", due=date(2025, 3, 4), **shared)
    TaskDependency.objects.create(task=task, needs=needed)
    return SimpleNamespace(
        phase=phase,
        milestone=milestone,
        task=task,
        needed=needed,
        criterion=GateCriterion.objects.create(
            phase=phase, gate="exit", kind="stated", words="都好了", person=owner
        ),
        link=TaskLink.objects.create(
            task=task,
            kind="awaited_post",
            ref=f"space:{space.pk}",
            awaited={"space_id": space.pk, "words": ["月报"]},
        ),
        absence=Absence.objects.create(
            member=owner, start=date(2025, 3, 10), end=date(2025, 3, 12)
        ),
        feed=CalendarFeed.objects.create(member=owner, token="a-token", made_at=AT),
        line=ContentLine.objects.create(
            plan=plan,
            theme="周报",
            space=space,
            author=owner,
            rhythm="weeks",
            start=plan.start,
            created_at=AT,
        ),
    )


def _dashboard(owner):
    """A shared dashboard with one shared view on it."""
    by = {"actor_id": owner.pk, "at": AT}
    view = insights.save_view(
        title="活跃档位", kind="movement", asked={"window": "last_month"}, shared=True, **by
    )
    board = insights.make_dashboard(title="每周一看", **by)
    insights.change_dashboard(dashboard_id=board.pk, title="每周一看", shared=True, **by)
    insights.add_card(dashboard_id=board.pk, view_id=view.pk, **by)
    return SimpleNamespace(view=view, board=board, card=board.cards.get())


def _kept(owner):
    asked = Question(
        key="members.active",
        start=date(2025, 3, 3),
        end=date(2025, 3, 10),
        grain=Grain.WEEK,
        timezone="UTC",
    )
    answer = Answered(
        question=asked,
        version=1,
        unit="members",
        points=(Point(start=date(2025, 3, 3), value=3),),
        query="SELECT 3",
        data_version="empty+0",
    )
    return insights.keep(answer, actor_id=owner.pk, at=AT)


def _risks(owner, plan, goal, note):
    """A risk with an indicator that was out of bounds, and a prepared response."""
    by = {"actor_id": owner.pk, "at": AT}
    risk = risks.write_risk(
        cause="话题重复",
        event="参与的人越来越少",
        consequence="目标落空",
        category="activity",
        probability=3,
        impact=4,
        owner_id=owner.pk,
        plan_id=plan.pk,
        goal_ids=[goal.pk],
        note_ids=[note.pk],
        metrics=["members.active"],
        **by,
    )
    mitigation = risks.prepare_mitigation(
        risk_id=risk.pk,
        strategy="reduce",
        title="回访老成员",
        owner_id=owner.pk,
        residual_probability=2,
        residual_impact=3,
        cost=100_000,
        currency="CNY",
        **by,
    )
    indicator = risks.add_indicator(
        risk_id=risk.pk,
        metric_key="members.active",
        grain="week",
        rule="threshold",
        side="below",
        value=5,
        raise_by_one=True,
        response_id=mitigation.pk,
        **by,
    )
    episode = Episode.objects.create(
        indicator=indicator,
        since=date(2025, 2, 24),
        last=date(2025, 2, 24),
        observed=1,
        low=5,
        data_version="x",
        raised_from=2,
        raised_to=3,
        began_at=AT,
        over_at=AT,
        calm=3,
        proposed_at=AT,
    )
    return SimpleNamespace(risk=risk, mitigation=mitigation, indicator=indicator, episode=episode)


@pytest.fixture
def at_now():
    """Let it be the made-up community's today."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
