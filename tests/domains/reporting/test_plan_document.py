"""A plan as a document: complete, frozen where it is frozen, without what is not for the reader."""

import re
from io import BytesIO

import docx
import pptx
import pytest
import time_machine
from django.test import Client
from tests.domains.conftest import make_people
from tests.made_up import NOW

from juluo.domains.members.models import AuditEntry
from juluo.domains.planning import services as planning
from juluo.domains.planning.models import Plan
from juluo.domains.reporting import queries
from juluo.domains.risks.models import Risk
from juluo.importers.demonstration import fill, steer
from juluo.lib.documents.model import Chart, Finding, KeyFigures, Table, plain

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW, tick=True):
        patch.setenv("JULUO_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def people(shared_database):
    return make_people()


@pytest.fixture(scope="module")
def plan(home, people):
    """The demonstration's annual plan, with a risk; what tests do to it is undone."""
    fill(now=NOW)
    plan_id = steer(now=NOW)
    risk = {"category": "people", "probability": 3, "impact": 4, "called_probability": 3}
    words = {"event": "组织者离开", "cause": "毕业", "consequence": "没有人答疑"}
    by = {"owner": people["operator"], "written_by": people["operator"]}
    days = {"review_on": NOW.date(), "written_at": NOW}
    Risk.objects.create(plan_id=plan_id, **risk, **words, **by, **days)
    text = "**重点**：见 [网站](https://example.org)\n\n- 一\n- 二"
    actor = people["operator"].pk
    planning.write_section(plan_id=plan_id, key="outlook", text=text, actor_id=actor, at=NOW)
    return Plan.objects.get(pk=plan_id)


def document(plan, language="zh", **asked):
    return queries.plan_document(plan.pk, language=language, now=NOW, **asked)


def section(made, title):
    return next(each for each in made.sections if each.title == title)


def blocks(made, kind):
    every = [part for each in made.sections for part in (each, *each.parts)]
    return [block for each in every for block in each.blocks if isinstance(block, kind)]


def words(made) -> str:
    """Everything a document says, run together."""
    return re.sub(
        r"<style>.*?</style>", "", queries.rendered(made, "html").decode(), flags=re.DOTALL
    )


def test_it_holds_every_part_in_the_order_of_the_plan(plan):
    made = document(plan, "en")

    assert made.title == plan.title
    titles = [each.title for each in made.sections]
    assert titles[:3] == ["Summary", "Background", "Market"]
    wanted = ["Where we stand", "Goals", "Strategies", "Schedule", "Budget", "Financing", "Risks"]
    assert [each for each in titles if each in wanted] == wanted
    assert titles[-1] == "Outlook"
    outlook = section(made, "Outlook").blocks
    assert [plain(run) for run in (outlook[0].runs, *outlook[1].items)] == [
        "重点：见 网站",
        "一",
        "二",
    ]
    assert outlook[0].runs[-1].url == "https://example.org"


def test_its_tables_come_from_the_parts_that_were_registered(plan):
    made = document(plan, "en")

    (budget,) = section(made, "Budget").blocks
    amounts = [row[-1].words for row in budget.rows]
    assert budget.total[0].words == "Total"
    whole = sum(float(each.strip("¥").replace(",", "")) for each in amounts)
    assert budget.total[-1].words == f"¥{whole:,.2f}"
    risks, details = section(made, "Risks").blocks
    assert risks.rows[0][0].words == "组织者离开"
    assert "Cause: 毕业" in plain(details.items[0])
    schedule = [block.caption for block in section(made, "Schedule").blocks]
    assert schedule == ["Phases", "Milestones", "Tasks"]


def test_every_figure_of_the_baseline_and_the_goals_carries_its_evidence(plan):
    made = document(plan)

    (baseline,) = [b for b in section(made, "社群概况").blocks if isinstance(b, Table)]
    cited = [row[1].evidence for row in baseline.rows]
    assert None not in cited
    titles = [made.evidence[number - 1].title for number in cited]
    assert titles == [row[0].words for row in baseline.rows]
    goals = section(made, "运营目标")
    (table,) = [block for block in goals.blocks if isinstance(block, Table)]
    assert all(row[2].evidence and row[3].evidence for row in table.rows)


def test_a_plan_under_way_shows_how_each_goal_stands(plan):
    goals = section(document(plan, "en"), "Goals")

    assert len(goals.parts) == 3
    for part in goals.parts:
        kinds = {type(block) for block in part.blocks}
        assert {KeyFigures, Finding} <= kinds
    assert blocks(document(plan, "en"), Chart)


def test_a_frozen_version_stays_as_it_was_signed(plan, people):
    before = words(document(plan, "en", version=1))
    actor = people["operator"].pk
    planning.write_section(plan_id=plan.pk, key="background", text="新的", actor_id=actor, at=NOW)
    Plan.objects.filter(pk=plan.pk).update(title="改了名字")

    after = document(plan, "en", version=1)

    assert words(after) == before
    assert after.title == plan.title
    facts = dict(after.facts)
    assert facts["State"].startswith("Version 1, frozen on ")
    assert "Sign-off" in facts
    assert "frozen on" in after.footline
    assert not blocks(after, Chart)
    assert "组织者离开" not in words(after)
    assert "新的" in words(document(plan, "en"))


def test_who_may_not_see_money_gets_none_and_is_told(plan, people):
    whole, partial = (document(plan, "en", viewer=people[r]) for r in ("owner", "moderator"))

    assert "Left out" not in words(whole)
    titles = {each.title for each in partial.sections}
    assert not titles & {"Budget", "Financing"}
    assert "Left out, because it is not for everybody who works on the plan: Budget, Financing" in (
        words(partial)
    )
    assert "¥" in words(whole)
    assert "¥" not in words(partial)


def test_no_plan_and_no_version_is_no_document(plan):
    assert queries.plan_document(999_999, language="zh", now=NOW) is None
    assert document(plan, version=99) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_face_can_be_made_of_it(plan, language):
    made = document(plan, language)

    opened = docx.Document(BytesIO(queries.rendered(made, "docx")))
    heads = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert heads == [*(each.title for each in made.sections), made.appendix_title]
    deck = pptx.Presentation(BytesIO(queries.rendered(made, "pptx")))
    native = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert len(native) == len(blocks(made, Chart))
    assert queries.rendered(made, "pdf").startswith(b"%PDF")


def test_it_is_taken_away_from_its_page_and_that_is_kept(plan, people):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(people["moderator"])
    page = f"/console/plans/{plan.pk}/document/"

    assert "The plan as a document" in browser.get(page).content.decode()
    asked = {"language": "en", "format": "html", "version": "1"}
    taken = browser.get(f"{page}file/", asked)

    assert taken.headers["Content-Disposition"] == (
        f'attachment; filename="juluo-plan-{plan.pk}-v1-en.html"'
    )
    assert "Financing" in taken.content.decode()  # as what is left out
    entry = AuditEntry.objects.get(action="plan.document_downloaded")
    assert (entry.actor_id, entry.subject) == (people["moderator"].pk, f"plan:{plan.pk}")
    assert browser.get(f"{page}file/", asked | {"version": "7"}).status_code == 422
    assert browser.get(f"{page}file/", asked | {"format": "odt"}).status_code == 422
