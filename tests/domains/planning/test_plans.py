"""Plans: made from templates, written, frozen, signed off, and what changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications import queries as inbox
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Plan, PlanVersion
from juluo.domains.planning.rules.differences import Sort, differences, text_changes
from juluo.domains.planning.rules.sections import SECTIONS, SECTIONS_OF
from juluo.domains.planning.rules.spans import proposed_span
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def plan(people):
    """An annual plan of the operator's."""
    return services.make_plan(
        kind="annual",
        title="Plan for 2025",
        start=date(2025, 1, 1),
        end=date(2026, 1, 1),
        owner_id=people["operator"].pk,
        actor_id=people["operator"].pk,
        at=AT,
    )


def write(plan, people, text, *, key="background", read=None):
    services.write_section(
        plan_id=plan.pk, key=key, text=text, read=read, actor_id=people["operator"].pk, at=AT
    )


def log(plan, people, *, older, newer=None, language="en"):
    return queries.change_log(
        plan.pk, older=older, newer=newer, viewer=people["owner"], language=language
    )


def test_a_plan_carries_the_sections_of_its_template(plan):
    assert [each.key for each in plan.sections.all()] == list(SECTIONS)
    assert set(SECTIONS_OF) == set(Plan.Kind.values)


def test_what_was_written_meanwhile_is_not_overwritten_unseen(plan, people):
    write(plan, people, "first", read="")

    with pytest.raises(services.SomebodyElseWrote) as refused:
        write(plan, people, "second", read="")

    assert refused.value.text == "first"
    assert queries.section_text(plan.pk, "background") == "first"


def test_each_change_is_an_event_and_an_audit_entry(plan, people):
    write(plan, people, "why now")
    write(plan, people, "why now")

    names = list(EventRecord.objects.order_by("id").values_list("name", flat=True))
    assert [name for name in names if name.startswith("planning.")] == [
        "planning.plan_made",
        "planning.section_edited",
    ]
    entry = AuditEntry.objects.get(action="planning.section_edited")
    assert entry.subject == f"plan:{plan.pk}"
    assert "why now" not in str(entry.details)


def test_versions_read_like_a_change_log(plan, people):
    write(plan, people, "Two moderators do everything.")
    services.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)
    write(plan, people, "Three moderators do everything.")
    services.change_plan(
        plan_id=plan.pk,
        actor_id=people["operator"].pk,
        at=AT,
        title="The answered year",
        end=date(2026, 2, 1),
    )

    lines = log(plan, people, older=1)

    assert [(line.title, line.sort) for line in lines] == [
        ("The answered year", Sort.CHANGED),
        ("Background", Sort.CHANGED),
    ]
    assert lines[0].renamed_from == "Plan for 2025"
    assert [(fact.label, fact.before, fact.after) for fact in lines[0].facts] == [
        ("Last day", "31 December 2025", "31 January 2026")
    ]
    assert lines[1].facts[0].before == "Two moderators do everything."
    chinese = log(plan, people, older=1, language="zh-hans")
    assert chinese[0].facts[0].after == "2026 年 1 月 31 日"
    assert chinese[1].title == "项目背景"


def test_a_version_keeps_what_it_said_and_why_it_changed(plan, people):
    note = services.write_note(
        kind="policy",
        about="Data law",
        statement="In force in May",
        observed_on=date(2025, 2, 1),
        author_id=people["operator"].pk,
        at=AT,
        plan_ids=[plan.pk],
    )
    services.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)
    write(plan, people, "Consent first.")
    services.submit(
        plan_id=plan.pk,
        reason="The law changed.",
        evidence=[f"watch:{note.pk}"],
        actor_id=people["operator"].pk,
        at=AT,
    )

    second, first = queries.versions_of(plan.pk)

    assert (second.number, second.reason) == (2, "The law changed.")
    assert [each.words for each in second.evidence] == ["Data law · 2025-02-01"]
    assert first.reason == ""
    assert [line.title for line in log(plan, people, older=1, newer=2)] == ["Background"]
    assert queries.changed_since_last(plan.pk) == 0


def test_a_later_version_needs_a_change_and_a_reason(plan, people):
    operator = people["operator"].pk
    services.submit(plan_id=plan.pk, reason="", actor_id=operator, at=AT)

    with pytest.raises(services.NothingChanged):
        services.submit(plan_id=plan.pk, reason="because", actor_id=operator, at=AT)
    write(plan, people, "more")
    with pytest.raises(services.ReasonMissing):
        services.submit(plan_id=plan.pk, reason=" ", actor_id=operator, at=AT)

    assert PlanVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_frozen_version_and_its_sign_off_never_change(plan, people):
    version = services.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)
    services.decide(
        plan_id=plan.pk, number=1, decision="approved", actor_id=people["owner"].pk, at=AT
    )

    for statement in (
        "UPDATE planning_planversion SET content = '{}'",
        "DELETE FROM planning_planversion",
        "UPDATE planning_signoff SET decision = 'returned'",
        "DELETE FROM planning_signoff",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert PlanVersion.objects.get(pk=version.pk).content["plan"][0]["title"] == "Plan for 2025"


def test_whoever_froze_a_version_does_not_sign_it_while_another_owner_could(plan, people):
    owner = people["owner"].pk
    services.submit(plan_id=plan.pk, reason="", actor_id=owner, at=AT)
    people["member"].role = "owner"
    people["member"].save()

    with pytest.raises(services.SecondPersonNeeded):
        services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=owner, at=AT)
    assert Plan.objects.get().status == "submitted"

    other = people["member"].pk
    services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=other, at=AT)
    assert Plan.objects.get().status == "approved"


def test_an_only_owner_signs_alone_and_it_is_said(plan, people):
    owner = people["owner"].pk
    services.submit(plan_id=plan.pk, reason="", actor_id=owner, at=AT)
    services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=owner, at=AT)

    assert queries.versions_of(plan.pk)[0].signed_alone
    signed = EventRecord.objects.get(name="planning.plan_signed_off")
    assert signed.payload["alone"] is True


def test_a_version_is_decided_once_and_only_the_last_one(plan, people):
    operator, owner = people["operator"].pk, people["owner"].pk
    services.submit(plan_id=plan.pk, reason="", actor_id=operator, at=AT)
    write(plan, people, "more")
    services.submit(plan_id=plan.pk, reason="more", actor_id=operator, at=AT)

    with pytest.raises(services.NothingToDecide):
        services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=owner, at=AT)
    services.decide(
        plan_id=plan.pk, number=2, decision="returned", note="Why?", actor_id=owner, at=AT
    )
    with pytest.raises(services.NothingToDecide):
        services.decide(plan_id=plan.pk, number=2, decision="approved", actor_id=owner, at=AT)

    assert Plan.objects.get().status == "draft"


def test_those_concerned_are_told_once(plan, people):
    operator, owner = people["operator"].pk, people["owner"].pk
    services.submit(plan_id=plan.pk, reason="", actor_id=operator, at=AT)
    services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=owner, at=AT)
    services.comment(plan_id=plan.pk, text="Well done", author_id=owner, at=AT)

    assert [told.words for told in inbox.inbox(member_id=owner)] == [
        "Version 1 of “Plan for 2025” waits for your sign-off"
    ]
    assert [told.words for told in inbox.inbox(member_id=operator)] == [
        "A new remark on “Plan for 2025”",
        "Version 1 of “Plan for 2025” was signed off",
    ]


def test_nothing_in_a_closed_plan_changes(plan, people):
    operator = people["operator"].pk
    services.close_plan(plan_id=plan.pk, actor_id=operator, at=AT)

    with pytest.raises(services.PlanIsClosed):
        write(plan, people, "late")
    with pytest.raises(services.PlanIsClosed):
        services.submit(plan_id=plan.pk, reason="", actor_id=operator, at=AT)
    services.reopen_plan(plan_id=plan.pk, actor_id=operator, at=AT)
    write(plan, people, "late")

    assert queries.section_text(plan.pk, "background") == "late"


def test_a_new_positioning_shows_what_rests_on_the_old_one(people):
    owner = people["owner"].pk
    said = {"value": "answers", "audience": "beginners", "tone": ""}
    services.state_positioning(**said, actor_id=owner, at=AT)
    made = services.make_plan(
        kind="campaign",
        title="Spring",
        start=date(2025, 4, 1),
        end=date(2025, 5, 1),
        owner_id=owner,
        actor_id=owner,
        at=AT,
    )
    services.state_positioning(**said, actor_id=owner, at=AT)
    services.state_positioning(**said | {"tone": "warm"}, actor_id=owner, at=AT)

    now, before = queries.positionings()

    assert (now.number, before.number) == (2, 1)
    assert now.references == ()
    assert [each.title for each in before.references] == ["Spring"]
    assert made.positioning_id == before.id


def test_a_note_is_looked_at_again_when_its_day_comes(people):
    owner = people["owner"].pk
    note = services.write_note(
        kind="market",
        about="Prices",
        statement="Rising",
        observed_on=date(2025, 1, 1),
        author_id=owner,
        at=AT,
    )
    due = note.observed_on + timedelta(days=90)

    assert queries.notes_due(today=due - timedelta(days=1)) == 0
    assert queries.notes_due(today=due) == 1
    services.review_note(
        note_id=note.pk,
        verdict="changed",
        words="Falling",
        review_on=due + timedelta(days=30),
        actor_id=owner,
        at=AT,
    )
    assert queries.notes_due(today=due) == 0
    (shown,) = queries.notes(today=due, note_id=note.pk)
    assert [(each.verdict, each.words) for each in shown.reviews] == [("changed", "Falling")]


def test_the_list_costs_the_same_however_many_plans(plan, people, django_assert_num_queries):
    for n in range(12):
        services.make_plan(
            kind="quarterly",
            title=f"Q{n}",
            start=date(2025, 1, 1),
            end=date(2025, 4, 1),
            owner_id=people["owner"].pk,
            actor_id=people["owner"].pk,
            at=AT,
        )

    with django_assert_num_queries(2):
        assert len(queries.plans(today=date(2025, 2, 1))) == 13


@pytest.mark.parametrize(
    ("kind", "today", "start", "end"),
    [
        ("annual", date(2026, 11, 22), date(2027, 1, 1), date(2028, 1, 1)),
        ("annual", date(2026, 2, 1), date(2026, 1, 1), date(2027, 1, 1)),
        ("quarterly", date(2026, 11, 22), date(2027, 1, 1), date(2027, 4, 1)),
        ("quarterly", date(2026, 4, 10), date(2026, 4, 1), date(2026, 7, 1)),
        ("activity", date(2026, 11, 22), date(2026, 11, 30), date(2026, 12, 28)),
    ],
)
def test_a_new_plan_is_proposed_for_days_to_come(kind, today, start, end):
    assert proposed_span(kind, today=today) == (start, end)


@given(st.text(max_size=200), st.text(max_size=200))
def test_texts_laid_over_each_other_lose_nothing(before, after):
    stretches = text_changes(before, after)

    assert "".join(each.text for each in stretches if each.sort is not Sort.ADDED) == before
    assert "".join(each.text for each in stretches if each.sort is not Sort.REMOVED) == after


def test_words_change_whole_and_hanzi_one_by_one():
    assert [(each.text, each.sort) for each in text_changes("two people", "three people")] == [
        ("two", Sort.REMOVED),
        ("three", Sort.ADDED),
        (" people", None),
    ]
    assert [each.text for each in text_changes("提升两成", "提升三成")] == [
        "提升",
        "两",
        "三",
        "成",
    ]


entries = st.lists(
    st.builds(
        lambda n, title, value: {"ref": f"goal:{n}", "title": title, "facts": {"value": value}},
        st.integers(0, 5),
        st.sampled_from(["A", "B"]),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=5,
    unique_by=lambda entry: entry["ref"],
)


@given(entries, entries)
def test_nothing_differs_from_itself_and_every_difference_is_found(before, after):
    assert differences({"goals": before}, {"goals": before}) == []
    found = {each.ref: each.sort for each in differences({"goals": before}, {"goals": after})}
    old, new = ({e["ref"]: e for e in each} for each in (before, after))
    expected = dict.fromkeys(new.keys() - old.keys(), Sort.ADDED)
    expected |= dict.fromkeys(old.keys() - new.keys(), Sort.REMOVED)
    expected |= {ref: Sort.CHANGED for ref in new.keys() & old.keys() if old[ref] != new[ref]}
    assert found == expected
