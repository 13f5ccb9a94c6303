"""From a draft to an issued report that never changes, and to the next that answers for it."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests.made_up import NOW

from juluo.domains.members.models import Member
from juluo.domains.notifications.models import Notification
from juluo.domains.planning import queries as planning
from juluo.domains.planning import services as plans
from juluo.domains.reporting import queries, services
from juluo.domains.reporting.models import Action, ActionOutcome, Report, Revision
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import QuestionAsked
from juluo.lib.documents.keeping import from_plain, to_plain
from juluo.lib.documents.model import Actions, Note, Table

from .conftest import FEBRUARY, JANUARY

pytestmark = pytest.mark.django_db


def said(report, language="en"):
    return to_plain(queries.document_of(report.pk, language))


def numbers(report, language="en"):
    """What the faces print, but for what stands under the title and at the foot."""
    plain = said(report, language)
    return {name: plain[name] for name in ("title", "sections", "evidence", "data_version")}


def late_talk(community, *, days=JANUARY):
    """Questions of the window that come in after the report was issued."""
    happenings = [
        Happening(
            event=QuestionAsked(
                subject_id=f"post:late-{n}",
                thread_id=f"post:late-{n}",
                space_id=community.spaces[0].pk,
                language="zh",
            ),
            at=NOW.replace(year=days[0].year, month=days[0].month, day=3 + n),
            actor_id=community.members[n].pk,
            key=f"late{n}",
        )
        for n in range(5)
    ]
    record_many(happenings)


def section(document, key):
    return next(each for each in document.sections if each.key == key)


def test_a_draft_has_both_languages_with_the_same_numbers(desk):
    report = desk.begun()

    assert report.status == "draft"
    english, chinese = (queries.document_of(report.pk, each) for each in ("en", "zh"))
    tables = [
        [[cell.words for cell in row[2:4]] for row in section(each, "contributors").blocks[1].rows]
        for each in (english, chinese)
    ]
    assert [each.key for each in english.sections] == [each.key for each in chinese.sections]
    assert len(english.evidence) == len(chinese.evidence)
    assert len(tables[0]) > 3
    assert tables[0] == tables[1]
    assert english.footline.endswith("Draft, not issued")


def test_every_figure_leads_to_a_kept_answer(desk):
    report = desk.begun()
    revision = queries.newest_revision(report.pk)
    document = queries.document_of(report.pk, "en")

    assert len(revision.evidence["en"]) == len(document.evidence)
    for key, entry in zip(revision.evidence["en"], document.evidence, strict=True):
        assert entry.url.endswith(f"/console/evidence/{key}/")


def test_it_goes_from_hand_to_hand(desk):
    report = desk.begun()
    desk.submitted(report)
    with pytest.raises(services.NotThatFar):
        services.make_anew(report_id=report.pk, actor_id=desk.operator, at=NOW)
    with pytest.raises(services.NotThatFar):
        services.issue_report(report_id=report.pk, actor_id=desk.operator, at=NOW)
    services.return_report(report_id=report.pk, note="Say more", actor_id=desk.owner, at=NOW)
    desk.submitted(report)
    issued = desk.issued(Report.objects.get(pk=report.pk))

    assert issued.status == "issued"
    assert (issued.signed_by_id, issued.issued_by_id) == (desk.owner, desk.operator)
    for act in (services.drop_report, services.issue_report, services.submit_report):
        with pytest.raises(services.NotThatFar):
            act(report_id=report.pk, actor_id=desk.owner, at=NOW)
    names = EventRecord.objects.filter(name__startswith="reporting.").order_by("pk")
    assert [each.name.removeprefix("reporting.report_") for each in names] == [
        "begun",
        "composed",
        "submitted",
        "returned",
        "submitted",
        "signed",
        "issued",
    ]
    told = Notification.objects.filter(kind__startswith="reporting.").order_by("pk")
    assert [(each.kind.removeprefix("reporting."), each.member_id) for each in told] == [
        ("draft_ready", desk.operator),
        ("submitted", desk.owner),
        ("returned", desk.operator),
        ("submitted", desk.owner),
        ("signed", desk.operator),
    ]


def test_whoever_submits_does_not_sign_while_another_owner_can(desk, people):
    report = desk.begun()
    services.submit_report(report_id=report.pk, actor_id=desk.owner, at=NOW)
    services.sign_report(report_id=report.pk, actor_id=desk.owner, at=NOW)
    second = desk.begun(days=FEBRUARY)
    people["moderator"].role = "owner"
    people["moderator"].save()
    services.submit_report(report_id=second.pk, actor_id=desk.owner, at=NOW)

    with pytest.raises(services.SecondPersonNeeded):
        services.sign_report(report_id=second.pk, actor_id=desk.owner, at=NOW)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_issued_it_stays_the_same_after_late_data_and_a_leaver(desk, community, clock, language):
    report = desk.begun()
    services.write_note(
        report_id=report.pk, anchor="contributors", words="春节", actor_id=desk.operator, at=NOW
    )
    issued = desk.issued(Report.objects.get(pk=report.pk))
    before = numbers(issued, language)
    read = queries.rendered(queries.document_of(issued.pk, language), "html")

    late_talk(community)
    leaver = section(queries.document_of(issued.pk, language), "contributors").blocks[1].rows[0][1]
    clock.shift(timedelta(days=31))

    assert numbers(issued, language) == before
    assert queries.rendered(queries.document_of(issued.pk, language), "html") == read
    gone = int(leaver.names.removeprefix("member:"))
    Member.objects.filter(pk=gone).update(display_name="")
    after = queries.document_of(issued.pk, language)
    assert numbers(issued, language) == before
    nobody = {"en": "a former member", "zh": "已离开的成员"}[language]
    assert section(after, "contributors").blocks[1].rows[0][1].words == nobody
    anew = desk.begun(days=JANUARY)
    assert numbers(anew, language) != before
    assert anew.edition == 2
    assert anew.replaces_id == issued.pk


def test_names_of_people_are_in_no_revision(desk, community):
    report = desk.begun()
    desk.promise(report)
    desk.submitted(report)

    for revision in Revision.objects.all():
        kept = str(revision.documents)
        for member in community.members:
            assert member.display_name not in kept


def test_it_says_what_has_changed_since(desk, community, clock):
    issued = desk.issued()
    check = services.ask_for_check(report_id=issued.pk, at=NOW)
    services.check_again(check_id=check.pk, now=NOW)
    check.refresh_from_db()
    assert check.asked == 3
    assert (check.same, check.changed) == (check.asked, [])

    late_talk(community)
    again = services.ask_for_check(report_id=issued.pk, at=NOW)
    assert again.pk != check.pk
    services.check_again(check_id=again.pk, now=NOW)
    again.refresh_from_db()

    document = queries.document_of(issued.pk, "en")
    changed = {document.evidence[each["number"] - 1].title for each in again.changed}
    assert "Concentration of contributions" in changed
    assert again.same < again.asked


def test_notes_stand_under_their_section_and_change_no_figure(desk):
    report = desk.begun()
    before = section(queries.document_of(report.pk, "en"), "contributors").blocks

    note = services.write_note(
        report_id=report.pk,
        anchor="contributors",
        words="<b>Holidays</b>\nuntil the 20th",
        actor_id=desk.operator,
        at=NOW,
    )
    blocks = section(queries.document_of(report.pk, "en"), "contributors").blocks
    assert blocks[:-1] == before
    assert isinstance(blocks[-1], Note)
    assert blocks[-1].runs[0].words == "<b>Holidays</b>\nuntil the 20th"
    services.remove_note(note_id=note.pk, actor_id=desk.operator, at=NOW)
    services.remove_note(note_id=note.pk, actor_id=desk.operator, at=NOW)
    assert section(queries.document_of(report.pk, "en"), "contributors").blocks == before
    assert EventRecord.objects.filter(name="reporting.note_removed").count() == 1

    desk.submitted(report)
    with pytest.raises(services.NotThatFar):
        services.write_note(
            report_id=report.pk, anchor="contributors", words="x", actor_id=desk.operator, at=NOW
        )


def test_one_report_is_under_way_on_the_same_days(desk):
    report = desk.begun()

    with pytest.raises(services.AlreadyBegun) as error:
        desk.begun()
    assert error.value.report_id == report.pk
    services.drop_report(report_id=report.pk, actor_id=desk.operator, at=NOW)
    assert desk.begun().edition == 1


class TestWhatWasPromised:
    def test_is_printed_and_measured_by_the_next_report(self, desk):
        report = desk.begun()
        baseline = queries.value_in_window(
            report.pk, metric="content.contributions", space_ids=[], now=NOW
        )
        desk.promise(
            report, metric="content.contributions", baseline=baseline, target=baseline * 10
        )
        desk.promise(report, what="写周报")
        issued = desk.issued(Report.objects.get(pk=report.pk))
        with translation.override("en"):
            block = section(queries.document_of(issued.pk, "en"), "actions").blocks[0]
        assert isinstance(block, Actions)
        assert [each.what.words for each in block.actions] == ["每日值班回复新人", "写周报"]

        following = desk.begun(days=FEBRUARY)
        opening = queries.document_of(following.pk, "en").sections[0]
        assert opening.key == "promises"
        table = next(each for each in opening.blocks if isinstance(each, Table))
        assert len(table.rows) == 2
        assert [row[6].words for row in table.rows] == [
            "No change beyond chance",
            "Not measured by a metric",
        ]
        assert not ActionOutcome.objects.exists()
        desk.issued(Report.objects.get(pk=following.pk))
        assert [each.verdict for each in ActionOutcome.objects.order_by("pk")] == [
            "unchanged",
            "not_measured",
        ]
        third = desk.begun(days=(FEBRUARY[1], FEBRUARY[1] + timedelta(days=7)), kind="weekly")
        assert all(each.key != "promises" for each in queries.document_of(third.pk, "en").sections)

    def test_stays_promised_once_it_is_frozen(self, desk):
        report = desk.begun()
        action = desk.promise(report)
        desk.submitted(report)

        with pytest.raises(services.NotThatFar):
            desk.promise(report)
        with pytest.raises(services.NotThatFar):
            services.withdraw_action(action_id=action.pk, actor_id=desk.operator, at=NOW)
        with pytest.raises(services.NotThatFar):
            services.decide_action(
                action_id=action.pk, status="done", actor_id=desk.operator, at=NOW
            )
        desk.issued(Report.objects.get(pk=report.pk))
        services.decide_action(
            action_id=action.pk, status="done", note="轮值表已上线", actor_id=desk.operator, at=NOW
        )
        action.refresh_from_db()
        assert (action.status, action.outcome_note) == (Action.Status.DONE, "轮值表已上线")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_document_kept_as_plain_values_comes_back_as_it_was(desk, language):
    document = queries.written_document(desk.begun().pk, language)

    assert to_plain(from_plain(to_plain(document))) == to_plain(document)


def test_a_change_of_plan_may_rest_on_an_issued_report(desk):
    plan = plans.make_plan(
        kind="annual",
        title="p",
        start=JANUARY[0],
        end=JANUARY[0].replace(year=2027),
        owner_id=desk.owner,
        actor_id=desk.owner,
        at=NOW,
    )
    plans.submit(plan_id=plan.pk, reason="", actor_id=desk.operator, at=NOW)
    desk.begun(days=FEBRUARY)
    issued = desk.issued()

    offered = [ref for ref, _words in planning.evidence_choices(plan.pk)]
    assert [each for each in offered if each.startswith("report:")] == [f"report:{issued.pk}"]
    plans.write_section(plan_id=plan.pk, key="background", text="x", actor_id=desk.owner, at=NOW)
    plans.submit(
        plan_id=plan.pk,
        reason="The report says so",
        evidence=[f"report:{issued.pk}"],
        actor_id=desk.operator,
        at=NOW,
    )
    newest = planning.versions_of(plan.pk)[0]
    assert newest.evidence[0].url == f"/console/reports/{issued.pk}/"
