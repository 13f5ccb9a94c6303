"""Work by kind: as it stood at the window's end, nothing guessed."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from tests.drafts import drafted

from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Milestone, Plan
from juluo.domains.reporting.queries.sections.work import work
from juluo.lib.documents.model import Paragraph, Table, plain

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 2, 1)
WRITTEN = datetime(2025, 12, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()


def january(day, hour=9):
    return datetime(2026, 1, day, hour, tzinfo=UTC)


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="annual",
        title="二〇二六",
        start=START,
        end=date(2027, 1, 1),
        owner=people["owner"],
        created_at=WRITTEN,
        created_by=people["owner"],
    )


def task(people, *, done=None, **given):
    actor_id = people["operator"].pk
    task_id = services.add_task(title="做事", actor_id=actor_id, at=WRITTEN, **given)
    if done:
        services.finish_task(task_id=task_id, actor_id=actor_id, at=done)
    return task_id


def made(language="en", **asked):
    given = {"start": START, "end": END, "now": NOW} | asked
    return drafted(work, **given, language=language)[0]


def tables(section):
    return [each for each in section.blocks if isinstance(each, Table)]


def test_tasks_stand_under_the_kind_that_was_told_and_add_up(people):
    task(people, kind_of_work="content", due=date(2026, 1, 9), done=january(9), planned_minutes=90)
    task(people, kind_of_work="content", due=date(2026, 1, 9), done=january(11))
    task(people, kind_of_work="members", due=date(2026, 1, 20))
    task(people, done=january(5), planned_minutes=30)

    section = made()

    (table,) = tables(section)
    assert [[cell.words for cell in row] for row in table.rows] == [
        ["Content", "2", "1", "0", "0", "0", "1.5"],
        ["Member care", "0", "0", "1", "0", "0", "–"],
        ["not told", "1", "0", "0", "0", "0", "0.5"],
    ]
    assert [cell.words for cell in table.total] == ["Together", "3", "1", "1", "0", "0", "2"]
    said = plain(next(each for each in section.blocks if isinstance(each, Paragraph)).runs)
    assert "Of 1 of them nobody told the kind of work; it is not guessed." in said


def test_what_was_done_after_the_window_was_open_and_late_at_its_end(people):
    task(
        people, kind_of_work="service", due=date(2026, 1, 20), done=datetime(2026, 2, 9, tzinfo=UTC)
    )

    (table,) = tables(made())

    assert [cell.words for cell in table.rows[0][:4]] == ["Member service", "0", "0", "1"]


def test_a_day_not_over_makes_nothing_late(people):
    task(people, kind_of_work="service", due=date(2026, 1, 20))

    assert made(now=january(20)) is None


def test_only_another_last_day_is_a_move(people):
    task_id = task(people, kind_of_work="service", due=date(2026, 3, 1))
    task(people, kind_of_work="content", due=date(2026, 3, 1))
    by = {"actor_id": people["operator"].pk, "at": january(8)}
    services.arrange_task(task_id=task_id, due=date(2026, 3, 5), **by)

    (table,) = tables(made())

    assert [[row[0].words, row[4].words] for row in table.rows] == [["Member service", "1"]]


def test_milestones_are_reached_or_not_by_the_windows_end(plan, people):
    for title, due, reached in (
        ("早", date(2026, 1, 10), january(9)),
        ("迟", date(2026, 1, 20), datetime(2026, 2, 20, tzinfo=UTC)),
        ("从前", date(2025, 12, 1), datetime(2025, 12, 1, tzinfo=UTC)),
        ("以后", date(2026, 5, 1), None),
    ):
        Milestone.objects.create(
            plan=plan, title=title, owner=people["owner"], due=due, reached_at=reached
        )

    (table,) = tables(made())

    assert [[row[0].words, row[2].words] for row in table.rows] == [
        ["早", "reached on 9 January 2026"],
        ["迟", "not reached"],
    ]


def test_work_of_other_plans_is_left_out(plan, people):
    task(people, kind_of_work="content", done=january(5))
    task(people, kind_of_work="service", done=january(5), plan_id=plan.pk)

    (table,) = tables(made(plan_id=plan.pk))

    assert [row[0].words for row in table.rows] == ["Member service"]


def test_it_costs_as_many_queries_however_much_there_is(people, django_assert_num_queries):
    for _ in range(5):
        task(people, kind_of_work="content", done=january(5))

    with django_assert_num_queries(4):
        queries.work_done(start=START, end=END, timezone="Asia/Shanghai")


def test_a_kind_is_told_in_the_form_found_in_the_list_and_shown(people, client):
    client.force_login(people["operator"])
    given = {"title": "写周报", "kind_of_work": "content"}

    client.post("/console/tasks/new/", given)

    (row,) = queries.task_list(today=END, kind_of_work="content")
    assert (row.title, row.kind_of_work) == ("写周报", "content")
    assert not queries.task_list(today=END, kind_of_work="service")
    page = client.get(f"/console/tasks/{row.id}/").content.decode()
    assert row.kind_of_work_label in page


def test_an_empty_community_has_no_work():
    assert made() is None


def test_it_is_whole_in_chinese(people):
    task(people, kind_of_work="interaction", done=january(5))

    section = made("zh")

    (table,) = tables(section)
    assert table.rows[0][0].words == "互动营销"
    cells = [*table.rows[0], *table.total]
    said = section.title + table.caption + plain(cells)
    said += "".join(column.title for column in table.columns)
    assert not [c for c in said if c.isascii() and c.isalpha()]
