"""An imported person turns out to be a member: rows, log, figures, and the way back."""

import json
from datetime import date, timedelta

import pytest
from tests.domains.moderation.conftest import AT, JOINED, make_member, make_person

from juluo.analytics.question import Grain
from juluo.domains.discussions import services as talk
from juluo.domains.discussions.models import Comment, Post, Reaction, Revision, Space
from juluo.domains.discussions.types import OutsideTalk
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.members import services as accounts
from juluo.domains.members.models import AuditEntry, Identity, Member
from juluo.domains.messaging.models import ChatGroup, Message
from juluo.domains.moderation import queries, services
from juluo.domains.moderation.models import Claim
from juluo.domains.notifications.models import Notification
from juluo.eventlog.manifest import roll_everything
from juluo.eventlog.models import EventRecord

LATER = AT + timedelta(days=3)


@pytest.fixture
def place(db, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    return Space.objects.create(name="here", opened_at=JOINED)


@pytest.fixture
def operator(db):
    return make_member("operator", "operator")


def bring(place, person, outside_id, body="早上好", at=AT, marks=()):
    talk.bring_in_talk(
        source="discourse",
        talk=[
            OutsideTalk(
                kind="post",
                outside_id=outside_id,
                space_id=place.pk,
                author_id=person.pk,
                title="旧帖",
                body=body,
                body_format="markdown",
                published_at=at,
                marks=marks,
            )
        ],
    )
    return Post.objects.get(outside_id=outside_id)


def active(grain=Grain.WINDOW, key="members.active"):
    log = insights.current_log()
    asked = insights.question(key, start=date(2025, 3, 1), end=date(2025, 4, 1), grain=grain)
    answer = insights.ask(asked, log=log, now=AT + timedelta(days=60))
    return [point.value for point in answer.points]


def claimed(person, member, **more):
    return services.claim_history(person_id=person.pk, member=member, at=LATER, **more)


def test_with_an_approval_two_are_one_and_figures_follow_at_once(place, operator):
    person, member = make_person(), make_member("wang")
    old = bring(place, person, "p1")
    talk.publish_post(space_id=place.pk, author_id=member.pk, title="new", body="new", at=LATER)
    assert active() == [2]

    claim = claimed(person, member)
    services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)

    assert active() == [1]
    assert active(key="content.posts") == [2]
    assert Post.objects.get(pk=old.pk).author == member
    assert Identity.objects.get().member == member
    assert members.same_people() == ((person.pk, member.pk),)

    services.undo_claim(claim_id=claim.pk, actor=operator, at=LATER)
    assert active() == [2]
    assert Post.objects.get(pk=old.pk).author == person
    assert Identity.objects.get().member == person
    assert members.same_people() == ()


def test_figures_over_the_lake_and_its_rollups_follow_as_the_tail_does(place, operator):
    person, member = make_person(), make_member("wang")
    bring(place, person, "p1")
    talk.publish_post(space_id=place.pk, author_id=member.pk, title="n", body="n", at=LATER)
    roll_everything(timezone="UTC")
    keys = ("members.active", "members.new", "members.contributing", "members.total")
    before = {key: active(key=key) for key in keys}

    claim = claimed(person, member)
    services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)
    roll_everything(timezone="UTC")

    after = {key: active(key=key) for key in keys}
    assert {key: [value - 1 for value in before[key]] for key in keys} == after
    services.undo_claim(claim_id=claim.pk, actor=operator, at=LATER)
    assert {key: active(key=key) for key in keys} == before


def test_the_log_is_not_changed(place, operator):
    person, member = make_person(), make_member("wang")
    bring(place, person, "p1")
    before = list(EventRecord.objects.order_by("pk").values_list("pk", "actor_id", "payload"))
    claim = claimed(person, member)
    services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)
    rows = EventRecord.objects.order_by("pk").values_list("pk", "actor_id", "payload")
    assert list(rows)[: len(before)] == before


def test_everything_of_the_person_moves_and_moves_back(place, operator):
    person, member, other = make_person(), make_member("wang"), make_member("other")
    post = bring(place, other, "p0", marks=())
    rows = [
        bring(place, person, "p1"),
        Comment.objects.create(post=post, author=person, body="c", published_at=AT, source="x"),
    ]
    group = ChatGroup.objects.create(name="g", space=place, opened_at=AT)
    rows.append(Message.objects.create(group=group, author=person, body="m", sent_at=AT))
    both = Reaction.objects.create(subject="post:9", member=person, emoji="+1", at=AT)
    Reaction.objects.create(subject="post:9", member=member, emoji="+1", at=AT)
    mark = Reaction.objects.create(subject="post:9", member=person, emoji="heart", at=AT)

    claim = claimed(person, member)
    services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)

    for row in rows:
        row.refresh_from_db()
        assert row.author == member
    mark.refresh_from_db()
    both.refresh_from_db()
    assert (mark.member, both.member) == (member, person)

    services.undo_claim(claim_id=claim.pk, actor=operator, at=LATER)
    for row in rows:
        row.refresh_from_db()
        assert row.author == person
    mark.refresh_from_db()
    assert mark.member == person
    assert Reaction.objects.filter(member=member).count() == 1


def test_undoing_one_of_two_keeps_the_other(place, operator):
    member = make_member("wang")
    first, second = make_person(), make_person("小王", "u2")
    mine, theirs = bring(place, first, "p1"), bring(place, second, "p2")
    claims = [claimed(person, member) for person in (first, second)]
    for claim in claims:
        services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)
    services.undo_claim(claim_id=claims[0].pk, actor=operator, at=LATER)
    assert Post.objects.get(pk=mine.pk).author == first
    assert Post.objects.get(pk=theirs.pk).author == member


def test_a_code_that_an_import_brings_is_a_proof(place):
    person, member = make_person(), make_member("wang")
    claim = claimed(person, member)
    assert services.check_proofs(at=LATER) == 0
    bring(place, person, "p9", body=f"my code is {claim.code}!")

    assert services.check_proofs(at=LATER) == 1
    claim.refresh_from_db()
    assert (claim.status, claim.how) == ("approved", "code")
    assert Post.objects.get(outside_id="p9").author == member


def test_a_code_in_the_words_of_someone_else_proves_nothing(place):
    person, member, other = make_person(), make_member("wang"), make_person("别人", "u7")
    claim = claimed(person, member)
    bring(place, other, "p9", body=claim.code)
    talk.publish_post(space_id=place.pk, author_id=member.pk, title="x", body=claim.code, at=LATER)
    assert services.check_proofs(at=LATER) == 0


def test_a_code_that_was_edited_in_here_proves_nothing(place, operator):
    person, member = make_person(), make_member("wang")
    post = bring(place, person, "p1")
    claim = claimed(person, member)
    talk.edit(
        subject=f"post:{post.pk}", editor_id=operator.pk, title="旧帖", body=claim.code, at=LATER
    )
    assert Revision.objects.count() == 1
    assert services.check_proofs(at=LATER) == 0


def test_codes_are_not_guessed(place):
    codes = {services.claims.new_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(code) == 22 for code in codes)


def test_one_person_is_claimed_by_two_and_becomes_one_of_them(place, operator):
    person, wang, zhang = make_person(), make_member("wang"), make_member("zhang")
    first, second = claimed(person, wang), claimed(person, zhang)
    services.approve_claim(claim_id=second.pk, actor=operator, at=LATER)

    first.refresh_from_db()
    assert first.status == "declined"
    with pytest.raises(services.AlreadyDecided):
        services.approve_claim(claim_id=first.pk, actor=operator, at=LATER)
    kinds = set(Notification.objects.filter(member=wang).values_list("kind", flat=True))
    assert kinds == {"moderation.claim_declined"}


def test_accounts_and_bots_and_those_already_one_cannot_be_claimed(place, operator):
    member, person = make_member("wang"), make_person()
    bot = make_person("bot", "u3")
    Member.objects.filter(pk=bot.pk).update(kind="bot")
    nobody = accounts.create_member(email=None, display_name="no identity", at=AT)
    for each in (operator, member, bot, nobody):
        with pytest.raises(services.NotThere):
            claimed(each, member)
    services.give_history(person_id=person.pk, member_id=member.pk, actor=operator, at=LATER)
    with pytest.raises(services.NotThere):
        claimed(person, make_member("zhang"))


def test_only_operators_decide_and_never_about_their_own(place, operator):
    person, member = make_person(), make_member("wang")
    claim = claimed(person, member)
    for actor in (member, make_member("mod", "moderator")):
        with pytest.raises(services.NotAllowed):
            services.approve_claim(claim_id=claim.pk, actor=actor, at=LATER)
        with pytest.raises(services.NotAllowed):
            services.decline_claim(claim_id=claim.pk, actor=actor, at=LATER)
        with pytest.raises(services.NotAllowed):
            services.undo_claim(claim_id=claim.pk, actor=actor, at=LATER)
    own = claimed(person, operator)
    with pytest.raises(services.NotAllowed):
        services.approve_claim(claim_id=own.pk, actor=operator, at=LATER)
    with pytest.raises(services.NotAllowed):
        services.give_history(person_id=person.pk, member_id=operator.pk, actor=operator, at=LATER)


def test_claiming_again_is_the_same_claim(place):
    person, member = make_person(), make_member("wang")
    assert claimed(person, member).pk == claimed(person, member).pk
    assert Claim.objects.count() == 1


def test_a_claim_can_be_taken_back_by_its_member_alone(place, operator):
    person, member = make_person(), make_member("wang")
    claim = claimed(person, member)
    with pytest.raises(services.NotThere):
        services.drop_claim(claim_id=claim.pk, member=operator, at=LATER)
    services.drop_claim(claim_id=claim.pk, member=member, at=LATER)
    with pytest.raises(services.AlreadyDecided):
        services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)


def test_the_operator_and_the_member_are_told_and_it_is_audited(place, operator):
    person, member = make_person(), make_member("wang")
    claim = claimed(person, member)
    assert Notification.objects.get(member=operator).kind == "moderation.claimed"
    services.approve_claim(claim_id=claim.pk, actor=operator, at=LATER)
    services.undo_claim(claim_id=claim.pk, actor=operator, at=LATER)
    told = Notification.objects.filter(member=member).order_by("pk")
    assert [row.kind for row in told] == ["moderation.claim_approved", "moderation.claim_undone"]
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions >= {
        "moderation.claim_approved", "moderation.claim_undone", "members.became_one",
        "members.parted_again",
    }  # fmt: skip


def test_a_later_import_gives_the_member_what_the_person_writes(place, operator):
    person, member = make_person(), make_member("wang")
    services.give_history(person_id=person.pk, member_id=member.pk, actor=operator, at=LATER)
    found = members.members_by_outside_id(source="discourse", outside_ids=["u1"])
    assert found == {"u1": member.pk}


def test_the_list_of_members_shows_one(place, operator):
    person, member = make_person(), make_member("wang")
    bring(place, person, "p1")
    services.give_history(person_id=person.pk, member_id=member.pk, actor=operator, at=LATER)
    rows = {row.id: row for row in members.listing(viewer=operator).rows}
    assert person.pk not in rows
    assert rows[member.pk].contributions == 1
    assert [each.member_id for each in members.everyone() if each.member_id == person.pk] == []


def test_the_old_page_leads_to_the_member(place, operator, client):
    person, member = make_person(), make_member("wang")
    client.force_login(member)
    assert (
        "这是我"
        in client.get(
            f"/members/{person.pk}/", headers={"accept-language": "zh-hans"}
        ).content.decode()
        or "This is me" in client.get(f"/members/{person.pk}/").content.decode()
    )
    services.give_history(person_id=person.pk, member_id=member.pk, actor=operator, at=LATER)
    assert client.get(f"/members/{person.pk}/").url == f"/members/{member.pk}/"


def test_the_page_of_claims_costs_the_same_with_many(place, django_assert_num_queries):
    for number in range(6):
        claimed(make_person("p", f"n{number}"), make_member(f"m{number}"))
    with django_assert_num_queries(3):
        rows = queries.claims(waiting=True)
    assert len(rows) == 6


def test_an_answer_kept_for_one_state_is_not_told_for_another(place, operator):
    person, member = make_person(), make_member("wang")
    bring(place, person, "p1")
    before = insights.current_log().data_version
    claim = claimed(person, member)
    assert insights.current_log().data_version != before  # the claim is an event
    waiting = insights.current_log().data_version
    Member.objects.filter(pk=person.pk).update(same_as=member)
    assert insights.current_log().data_version != waiting
    assert json.dumps(claim.moved) == "{}"
