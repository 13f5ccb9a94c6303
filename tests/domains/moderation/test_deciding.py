"""Cases are taken, decided, told, answered and taken back."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.domains.moderation.conftest import AT, PASSWORD, flagged

from juluo.domains.discussions.models import Answer, Comment, Post
from juluo.domains.members import services as members
from juluo.domains.members.models import AuditEntry, Member, Profile
from juluo.domains.messaging.models import Message, PrivateMessage
from juluo.domains.moderation import queries, services
from juluo.domains.moderation.models import Case, Sanction
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

LATER = AT + timedelta(hours=1)


def decide(world, case, *acts, by="moderator", reason="insult", **more):
    return services.decide(
        case_id=case.pk, actor=getattr(world, by), acts=acts, reason=reason, **{"at": LATER, **more}
    )


def told(member):
    rows = Notification.objects.filter(member=member, kind__startswith="moderation.")
    return [row.kind.partition(".")[2] for row in rows.order_by("pk")]


# --- taking


def test_a_case_is_in_one_pair_of_hands(world):
    case = flagged(world)
    services.take_case(case_id=case.pk, actor=world.moderator, at=AT)

    with pytest.raises(services.TakenByOther, match="Moderator"):
        services.take_case(case_id=case.pk, actor=world.operator, at=AT)
    with pytest.raises(services.TakenByOther):
        decide(world, case, "dismiss", by="operator", at=AT)
    assert Case.objects.get(pk=case.pk).status == "open"


def test_hands_are_free_again_after_a_quarter_of_an_hour(world):
    case = flagged(world)
    services.take_case(case_id=case.pk, actor=world.moderator, at=AT)

    services.take_case(case_id=case.pk, actor=world.operator, at=AT + timedelta(minutes=15))

    assert Case.objects.get(pk=case.pk).taken_by == world.operator


def test_a_case_can_be_given_back(world):
    case = flagged(world)
    services.take_case(case_id=case.pk, actor=world.moderator, at=AT)
    with pytest.raises(services.NotThere):
        services.release_case(case_id=case.pk, actor=world.operator)
    services.release_case(case_id=case.pk, actor=world.moderator)
    services.take_case(case_id=case.pk, actor=world.operator, at=AT)


# --- deciding


def test_leaving_it_standing_tells_those_who_flagged_and_not_the_author(world):
    decide(world, flagged(world), "dismiss")

    assert told(world.flagger) == ["left_standing"]
    assert told(world.author) == []
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


@pytest.mark.parametrize("act", ["hide", "remove"])
@pytest.mark.parametrize("kind", ["post", "answer", "comment", "message", "private"])
def test_every_kind_of_words_can_be_taken_away_and_put_back(world, kind, act):
    models = {
        "post": Post, "answer": Answer, "comment": Comment, "message": Message,
        "private": PrivateMessage,
    }  # fmt: skip
    row = getattr(world, kind)
    case = flagged(world, f"{kind}:{row.pk}", consents=True)

    decide(world, case, act)
    assert models[kind].objects.get(pk=row.pk).deleted_at == LATER
    assert told(world.author) == ["hidden" if act == "hide" else "removed"]

    services.withdraw(case_id=case.pk, actor=world.moderator2, at=LATER)
    back = models[kind].objects.get(pk=row.pk)
    assert (back.deleted_at, back.body) == (None, row.body)
    assert told(world.author)[-1] == "withdrawn"


def test_counts_follow_what_is_taken_away(world):
    case = flagged(world, f"comment:{world.comment.pk}")
    decide(world, case, "remove")
    assert Post.objects.get(pk=world.post.pk).comment_count == 0
    services.withdraw(case_id=case.pk, actor=world.moderator, at=LATER)
    assert Post.objects.get(pk=world.post.pk).comment_count == 1


def test_what_its_author_deleted_meanwhile_is_not_put_back(world):
    from juluo.domains.discussions import services as talk

    case = flagged(world)
    talk.delete(subject=f"post:{world.post.pk}", actor_id=world.author.pk, at=AT)
    decide(world, case, "remove")
    services.withdraw(case_id=case.pk, actor=world.moderator, at=LATER)
    assert Post.objects.get(pk=world.post.pk).deleted_at == AT


def test_a_profile_is_emptied_and_its_words_come_back(world):
    members.write_profile(member_id=world.author.pk, bio="rude", links=[], at=AT)
    case = flagged(world, f"member:{world.author.pk}")
    decide(world, case, "remove")
    assert Profile.objects.get(member=world.author).bio == ""
    services.withdraw(case_id=case.pk, actor=world.moderator, at=LATER)
    assert Profile.objects.get(member=world.author).bio == "rude"


def test_several_acts_at_once(world):
    case = flagged(world)
    decide(world, case, "remove", "warn", "suspend", by="operator", until=LATER + timedelta(days=3))

    assert set(Sanction.objects.values_list("kind", flat=True)) == {"warning", "suspension"}
    assert not Member.objects.get(pk=world.author.pk).is_active
    assert told(world.author) == ["suspended_until"]
    note = Notification.objects.get(member=world.author)
    assert note.facts["reason"]
    assert note.mail_due


@pytest.mark.parametrize(
    "acts", [[], ["dismiss", "hide"], ["hide", "remove"], ["eat"], ["hide", "eat"]]
)
def test_what_makes_no_decision_is_refused_and_leaves_no_trace(world, acts):
    case = flagged(world)
    with pytest.raises(services.CannotBe):
        decide(world, case, *acts)
    assert Case.objects.get(pk=case.pk).status == "open"
    assert not Sanction.objects.exists()


def test_a_decision_against_the_author_needs_a_reason(world):
    with pytest.raises(services.CannotBe):
        decide(world, flagged(world), "hide", reason="")


def test_a_moderator_does_not_suspend(world):
    case = flagged(world)
    with pytest.raises(services.NotAllowed):
        decide(world, case, "suspend")
    assert Member.objects.get(pk=world.author.pk).is_active
    assert Case.objects.get(pk=case.pk).status == "open"


def test_nobody_decides_about_themselves(world):
    Post.objects.filter(pk=world.post.pk).update(author=world.moderator)
    case = flagged(world)
    assert queries.case_view(case_id=case.pk, viewer=world.moderator, now=AT) is None
    with pytest.raises(services.NotThere):
        decide(world, case, "dismiss")


def test_nobody_decides_about_someone_above_them(world):
    Post.objects.filter(pk=world.post.pk).update(author=world.operator)
    case = flagged(world)
    with pytest.raises(services.NotAllowed):
        decide(world, case, "hide")
    with pytest.raises(services.NotAllowed):
        decide(world, case, "hide", by="keeper")
    decide(world, case, "hide", by="owner")


def test_a_spaces_moderator_decides_only_in_their_space(world):
    case = flagged(world)
    with pytest.raises(services.NotThere):
        decide(world, case, "hide", by="other_keeper")
    with pytest.raises(services.NotAllowed):
        decide(world, case, "suspend", by="keeper")
    decide(world, case, "hide", by="keeper")
    for subject in (f"private:{world.private.pk}", f"member:{world.author.pk}"):
        other = flagged(world, subject, consents=True)
        with pytest.raises(services.NotThere):
            decide(world, other, "dismiss", by="keeper")


def test_a_decision_is_made_once(world):
    case = flagged(world)
    decide(world, case, "hide")
    with pytest.raises(services.AlreadyDecided):
        decide(world, case, "dismiss", by="operator")


def test_a_flag_after_a_decision_is_a_new_case(world):
    first = flagged(world)
    decide(world, first, "dismiss")
    assert flagged(world).pk != first.pk


def test_everything_is_audited_and_in_the_log(world):
    case = flagged(world)
    services.take_case(case_id=case.pk, actor=world.moderator, at=AT)
    decide(world, case, "hide", words="<script>alert(1)</script>")
    services.withdraw(case_id=case.pk, actor=world.operator, at=LATER)

    audited = AuditEntry.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    assert [(row.actor.display_name, row.action) for row in audited] == [
        ("Moderator", "moderation.case_taken"),
        ("Moderator", "moderation.case_decided"),
        ("Operator", "moderation.decision_withdrawn"),
    ]
    line = EventRecord.objects.get(name="moderation.case_decided")
    assert (line.value, line.payload["acts"], line.space_id) == (3600, "hide", world.space.pk)
    assert "script" not in str(list(EventRecord.objects.values_list("payload", flat=True)))


def test_the_log_learns_nothing_of_private_messages(world):
    case = flagged(world, f"private:{world.private.pk}", consents=True)
    decide(world, case, "remove")
    lines = EventRecord.objects.filter(name__in=["moderation.flagged", "moderation.case_decided"])
    assert {(line.subject_id, line.thread_id) for line in lines} == {("", "")}
    assert not EventRecord.objects.filter(name="messaging.message_taken_back").exists()


# --- suspensions


def test_a_suspension_ends_by_itself(world):
    until = LATER + timedelta(days=3)
    decide(world, flagged(world), "suspend", by="operator", until=until)

    assert services.end_suspensions(now=until - timedelta(seconds=1)) == 0
    assert services.end_suspensions(now=until) == 1
    assert Member.objects.get(pk=world.author.pk).is_active
    assert services.end_suspensions(now=until) == 0


def test_another_suspension_goes_on(world):
    decide(world, flagged(world), "suspend", by="operator", until=LATER + timedelta(days=1))
    other = flagged(world, f"comment:{world.comment.pk}")
    decide(world, other, "suspend", by="operator", until=LATER + timedelta(days=9))

    assert services.end_suspensions(now=LATER + timedelta(days=2)) == 0
    assert not Member.objects.get(pk=world.author.pk).is_active
    assert services.end_suspensions(now=LATER + timedelta(days=9)) == 1


def test_the_clock_does_not_end_a_later_suspension_by_hand(world):
    decide(world, flagged(world), "suspend", by="operator", until=LATER + timedelta(days=1))
    by_hand = {"actor_id": world.operator.pk, "member_id": world.author.pk}
    members.reinstate(**by_hand, at=LATER + timedelta(hours=1))
    services.note_reinstated(member_id=world.author.pk, at=LATER + timedelta(hours=1))
    members.suspend(**by_hand, at=LATER + timedelta(hours=2))

    assert services.end_suspensions(now=LATER + timedelta(days=5)) == 0
    assert not Member.objects.get(pk=world.author.pk).is_active


def test_a_suspension_for_good_has_no_end(world):
    decide(world, flagged(world), "suspend", by="operator")
    assert services.end_suspensions(now=LATER + timedelta(days=5000)) == 0
    assert told(world.author) == ["suspended"]


def test_a_suspended_author_loses_sessions_and_learns_why_at_the_door(world, settings):
    browser = Client()
    browser.post("/accounts/login/", {"login": world.author.email, "password": PASSWORD})
    assert browser.get("/spaces/").status_code == 200
    UserSession.objects.get_or_create(
        user=world.author, session_key=browser.session.session_key, defaults={"ip": "127.0.0.1"}
    )
    case = flagged(world)
    decide(world, case, "suspend", by="operator", words="Please be kind")

    assert browser.get("/spaces/").status_code == 302
    door = Client()
    wrong = door.post("/accounts/login/", {"login": world.author.email, "password": "wrong one"})
    assert b"Please be kind" not in wrong.content
    assert door.get("/accounts/closed/").status_code == 302
    page = door.post(
        "/accounts/login/", {"login": world.author.email, "password": PASSWORD}, follow=True
    )
    assert page.redirect_chain[-1][0] == "/accounts/closed/"
    assert "Please be kind" in page.content.decode()
    assert door.get("/spaces/").status_code == 302

    door.post("/accounts/closed/", {"words": "I was provoked"})
    assert Case.objects.get(pk=case.pk).objection.words == "I was provoked"


# --- objections


def objected(world, *acts, by="moderator", **more):
    case = flagged(world)
    decide(world, case, *acts, by=by, **more)
    services.object_to(case_id=case.pk, member_id=world.author.pk, words="No.", at=LATER)
    return case


def test_the_author_answers_once_and_another_moderator_decides(world):
    case = objected(world, "hide")
    with pytest.raises(services.AlreadyDecided):
        services.object_to(case_id=case.pk, member_id=world.author.pk, words="No!", at=LATER)
    with pytest.raises(services.NotAllowed):
        services.decide_objection(
            case_id=case.pk, actor=world.moderator, outcome="upheld", at=LATER
        )

    services.decide_objection(
        case_id=case.pk, actor=world.moderator2, outcome="overturned", at=LATER
    )
    assert Post.objects.get(pk=world.post.pk).deleted_at is None
    assert told(world.author) == ["hidden", "withdrawn"]
    assert "objected" in told(world.moderator2)
    assert "objected" not in told(world.moderator)


def test_a_decision_that_is_upheld_stands(world):
    case = objected(world, "hide")
    services.decide_objection(case_id=case.pk, actor=world.operator, outcome="upheld", at=LATER)
    assert Post.objects.get(pk=world.post.pk).is_held
    assert told(world.author) == ["hidden", "upheld"]


def test_nobody_else_answers_for_the_author(world):
    case = flagged(world)
    decide(world, case, "hide")
    with pytest.raises(services.NotThere):
        services.object_to(case_id=case.pk, member_id=world.flagger.pk, words="No.", at=LATER)


def test_withdrawing_a_suspension_opens_the_account_and_needs_the_right(world):
    case = objected(world, "suspend", "warn", by="operator")
    with pytest.raises(services.NotAllowed):
        services.decide_objection(
            case_id=case.pk, actor=world.moderator, outcome="overturned", at=LATER
        )
    services.decide_objection(case_id=case.pk, actor=world.owner, outcome="overturned", at=LATER)
    assert Member.objects.get(pk=world.author.pk).is_active
    assert not Sanction.objects.filter(ended_at=None).exists()


# --- queries


def test_the_queue_costs_the_same_however_long_it_is(world, django_assert_num_queries):
    flagged(world)
    with django_assert_num_queries(3):
        queries.queue(viewer=world.moderator, now=AT)
    for number in range(8):
        post = Post.objects.create(
            space=world.space, author=world.author, body=str(number), published_at=AT
        )
        flagged(world, f"post:{post.pk}", at=AT + timedelta(minutes=number))
    with django_assert_num_queries(3):
        page = queries.queue(viewer=world.moderator, now=AT)
    assert page.total == len(page.rows) == 9
    assert [row.opened_at for row in page.rows] == sorted(row.opened_at for row in page.rows)


def test_a_case_costs_the_same_however_many_flagged_it(world, django_assert_max_num_queries):
    services.change_first_aid(hide_after=0, days_old=7, actor=world.owner, at=AT)
    case = flagged(world)
    for who in ("second", "third", "stranger", "keeper"):
        flagged(world, by=who)
    with django_assert_max_num_queries(11):
        view = queries.case_view(case_id=case.pk, viewer=world.moderator, now=AT)
    assert len(view.flags) == 5


def test_filters_narrow_the_queue(world):
    flagged(world)
    flagged(world, f"answer:{world.answer.pk}", reason="spam")
    ask = {"viewer": world.moderator, "now": AT}
    assert queries.queue(**ask, reason="spam").total == 1
    assert queries.queue(**ask, kind="post").total == 1
    assert queries.queue(**ask, space=world.elsewhere.pk).total == 0
    assert queries.queue(**ask, show="decided").total == 0
    assert queries.backlog(viewer=world.moderator).waiting == 2
    assert queries.backlog(viewer=world.other_keeper).waiting == 0


def test_accuracy_of_a_flagger_counts_decided_flags(world):
    first = flagged(world)
    decide(world, first, "hide")
    second = flagged(world, f"answer:{world.answer.pk}")
    decide(world, second, "dismiss")
    third = flagged(world, f"message:{world.message.pk}")
    view = queries.case_view(case_id=third.pk, viewer=world.moderator, now=AT)
    assert (view.flags[0].right, view.flags[0].judged) == (1, 2)
    assert [each.status_label for each in view.record.cases] == ["Decided", "Decided"]
