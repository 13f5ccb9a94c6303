"""What was done and what came of it: intervals, what was stated before, and what is lacking."""

import html
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.drafts import drafted

from juluo.domains.discussions.models import Space
from juluo.domains.members.models import Member
from juluo.domains.planning import queries as planning
from juluo.domains.planning.models import Goal, Plan, Strategy, StrategyEffect, Target
from juluo.domains.reporting.queries.effects import Lack, effect_of_strategy
from juluo.domains.reporting.queries.sections.effects import effects
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished
from juluo.lib.documents.model import Finding, Paragraph, Table, Tone, plain

pytestmark = pytest.mark.django_db
FIRST, START, END = date(2024, 9, 2), date(2025, 9, 1), date(2025, 10, 1)
SET_AT = datetime(2025, 8, 20, 9, tzinfo=UTC)
NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()


def talk(*, times, first=FIRST):
    """Let a space talk; from September on so many times as much."""
    chance = random.Random(3)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    space = Space.objects.create(name="甲", opened_at=at)
    people = [Member.objects.create(display_name=f"m{n}", joined_at=at) for n in range(9)]
    lines = []
    for offset in range((END - first).days):
        day = first + timedelta(days=offset)
        many = 10 * chance.uniform(0.8, 1.2) * (times if day >= START else 1)
        for _ in range(round(many)):
            ref = f"post:{len(lines)}"
            event = PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk)
            moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            lines.append(Happening(event=event, at=moment, actor_id=chance.choice(people).pk))
    with transaction.atomic():
        record_many(lines)


@pytest.fixture
def target(people):
    plan = Plan.objects.create(
        kind="annual",
        title="二〇二五",
        status="approved",
        start=date(2025, 1, 1),
        end=date(2026, 1, 1),
        owner=people["owner"],
        created_at=SET_AT,
        created_by=people["owner"],
    )
    goal = Goal.objects.create(
        plan=plan, title="多写", owner=people["owner"], start=START, end=END, set_at=SET_AT
    )
    return Target.objects.create(goal=goal, metric="content.posts", baseline=60, value=90)


def strategy(target, people, *, stated=True, **changes):
    given = {
        "plan": target.goal.plan,
        "title": "每周话题",
        "owner": people["operator"],
        "start": START,
        "end": END,
        "status": "running",
        "created_at": SET_AT,
    }
    made = Strategy.objects.create(**given | changes)
    if stated:
        StrategyEffect.objects.create(
            strategy=made,
            target=target,
            expected_change=20.0,
            by=END,
            stated_by=people["operator"],
            stated_at=SET_AT,
        )
    return made


def made(language="en"):
    return drafted(effects, start=START, end=END, now=NOW, language=language)


def finding(section):
    return next(each for each in section.blocks if isinstance(each, Finding))


def test_a_rise_is_told_with_its_interval_and_is_never_called_an_effect(target, people):
    talk(times=2)
    done = strategy(target, people)

    section, draft = made()

    told = finding(section)
    assert told.title == "每周话题 – Posts: better than before"
    assert "95 in 100: +" in plain(told.what)
    assert told.what[0].evidence
    said = plain(told.why)
    assert said.startswith("Stated before: +20 by 1 October 2025.")
    assert said.endswith("Nobody was held out, so something else may have moved the figure.")
    (found,) = draft.found
    assert (found.key, found.tone) == (f"effect:strategy:{done.pk}", Tone.GOOD)
    assert "effective" not in (told.title + plain(told.what) + said).lower()


def test_chance_alone_is_not_shown_and_not_called_without_effect(target, people):
    talk(times=1)
    strategy(target, people)

    section, draft = made()

    assert finding(section).title.endswith(": not shown")
    assert "not shown is not the same as no effect" in plain(finding(section).why)
    assert draft.found[0].tone is Tone.NEUTRAL


def test_the_figures_are_those_of_the_cited_weeks(target, people):
    talk(times=2)
    shown = effect_of_strategy(strategy(target, people).pk, now=NOW)[0]

    weeks = [point.value for point in shown.answer.points][-shown.weeks :]

    assert shown.weeks == 4
    assert shown.effect.treated == pytest.approx(sum(weeks) / 4)
    assert shown.effect.low < shown.effect.difference < shown.effect.high


def test_what_is_lacking_is_said(target, people):
    talk(times=2, first=date(2025, 8, 4))
    strategy(target, people)
    strategy(target, people, stated=False, title="没说过")
    strategy(target, people, stated=False, title="放弃了", status="dropped")

    section, draft = made()

    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    assert [row[2].words for row in table.rows] == [
        "Cannot tell. Whole weeks since: 4; weeks needed before: 30; weeks the log holds: 4.",
        "Cannot tell: nobody said beforehand what it should move.",
        "Given up: not compared.",
    ]
    assert not draft.found


def test_a_strategy_that_has_not_begun_says_nothing(target, people):
    talk(times=1)
    planned = strategy(target, people, status="planned")

    assert effect_of_strategy(planned.pk, now=NOW) == []
    assert made()[0] is None


def test_an_activity_is_held_to_goals_that_were_set_before_it_began(target, people):
    talk(times=2)
    Plan.objects.update(kind="activity", start=START, end=END)

    section, draft = made()

    assert "Stated before" not in plain(finding(section).why)
    assert draft.found[0].key == f"effect:plan:{target.goal.plan_id}"
    Goal.objects.update(set_at=datetime(2025, 9, 9, tzinfo=UTC))
    (table,) = [each for each in made()[0].blocks if isinstance(each, Table)]
    assert table.rows[0][2].words == "Cannot tell: nobody said beforehand what it should move."


def test_the_strategys_page_shows_the_same(target, people, client):
    talk(times=2)
    done = strategy(target, people)
    client.force_login(people["operator"])

    page = client.get(f"/console/strategies/{done.pk}/").content.decode()

    # The page looks from today, when all has been over for long: the weeks are the same.
    (shown,) = effect_of_strategy(done.pk, now=NOW)
    assert shown.lack is not Lack.SHORT_HISTORY
    assert f"{shown.effect.treated:.1f}".removesuffix(".0") in page


def test_it_is_whole_in_chinese(target, people):
    talk(times=2)
    strategy(target, people)

    section, _draft = made("zh")

    told = finding(section)
    lead = next(each for each in section.blocks if isinstance(each, Paragraph))
    said = section.title + told.title + plain([*told.what, *told.why, *lead.runs])
    assert not [c for c in said if c.isascii() and c.isalpha()]


def test_an_activity_is_held_against_the_weeks_before_on_its_own_page(target, people, client):
    talk(times=2)
    plan = target.goal.plan
    Plan.objects.filter(pk=plan.pk).update(kind="activity", start=START, end=END)

    (box,) = planning.effect_boxes("plan", plan.pk, now=NOW)

    assert box.look.icon == "trending-up"
    client.force_login(people["moderator"])
    assert box.how in html.unescape(client.get(f"/console/plans/{plan.pk}/").content.decode())
    later = {"start": NOW.date() + timedelta(days=1), "end": NOW.date() + timedelta(days=9)}
    Plan.objects.filter(pk=plan.pk).update(**later)
    assert planning.effect_boxes("plan", plan.pk, now=NOW) == []
