"""Questions: asked before, waiting too long, told of once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.domains.discussions.conftest import AT, make_member, make_space
from tests.threads import run_in_thread

from juluo.domains.discussions import queries, rules, services
from juluo.domains.discussions.models import Post, Space
from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

LATER = AT + timedelta(hours=25)


def ask(place, who, title, at=AT):
    return services.ask_question(
        space_id=place.space.pk, author_id=who.pk, title=title, body="?", at=at
    )


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("更新以后首页打不开", ["更新之后首页打不开怎么办？"]),
        ("首页打不开", ["更新之后首页打不开怎么办？"]),
        ("How to export my data as CSV", ["Export data to CSV"]),
        ("导出数据到表格", ["怎么导出数据？"]),
        ("怎么办", []),
        ("周末去哪里玩", []),
        ("", []),
        ("\x00", []),
        ("%", []),
        ("how can i", []),
    ],
)
def test_a_title_finds_what_was_asked_before(crowd, place, title, found):
    for asked in ("更新之后首页打不开怎么办？", "怎么导出数据？", "Export data to CSV"):
        ask(place, crowd.author, asked)

    shown = queries.similar_questions(title, viewer=crowd.joined)

    assert [each.title for each in shown] == found


def test_at_most_five_are_shown_and_of_equals_the_solved_first(crowd, place):
    for number in range(7):
        ask(place, crowd.author, "怎么导出数据？", AT + timedelta(minutes=number))
    first = Post.objects.filter(title="怎么导出数据？").order_by("pk").first()
    answer = services.give_answer(question_id=first.pk, author_id=crowd.joined.pk, body="a", at=AT)
    services.accept_answer(answer_id=answer.pk, actor_id=crowd.author.pk, at=AT)

    shown = queries.similar_questions("导出数据", viewer=crowd.joined)

    assert len(shown) == 5
    assert (shown[0].id, shown[0].is_solved) == (first.pk, True)


def test_nobody_is_shown_what_they_may_not_read(crowd):
    hidden = make_space(crowd, "hidden")
    ask(hidden, crowd.author, "怎么导出数据？")

    assert queries.similar_questions("导出数据", viewer=crowd.outsider) == ()
    page = client_of(crowd.outsider).get("/spaces/similar/?title=导出数据").content.decode()
    assert "导出数据" not in page
    assert (
        "导出数据"
        in client_of(crowd.joined).get("/spaces/similar/?title=导出数据").content.decode()
    )


def test_the_preview_shows_them_to_those_without_script(crowd, place):
    ask(place, crowd.author, "怎么导出数据？")
    address = f"/spaces/{place.space.pk}/write/?kind=question"

    shown = client_of(crowd.joined).post(
        address, {"title": "导出数据", "body": "b", "preview": "1"}
    )

    assert "怎么导出数据？" in shown.content.decode()


def test_likeness_is_what_both_say_of_what_they_say():
    one, other = frozenset({"export", "csv"}), frozenset({"export", "pdf"})

    assert rules.likeness(one, other) == 12 / 18
    assert rules.likeness(one, one) == 1
    assert rules.likeness(frozenset(), frozenset()) == 0


def test_a_duplicate_is_closed_and_leads_to_the_first(crowd, place):
    original, again = (ask(place, crowd.author, title) for title in ("first?", "again?"))
    client = client_of(crowd.author)
    form = f"/spaces/posts/{again.pk}/duplicate/"

    taken = client.post(form, {"original": f"https://x.example/spaces/posts/{original.pk}/#a-9"})

    assert taken.headers["Location"] == f"/spaces/posts/{again.pk}/"
    again.refresh_from_db()
    assert (again.duplicate_of_id, again.closed_at is not None) == (original.pk, True)
    assert "first?" in client.get(f"/spaces/posts/{again.pk}/").content.decode()
    assert EventRecord.objects.filter(name="discussions.marked_duplicate").count() == 1
    assert AuditEntry.objects.filter(action="discussions.marked_duplicate").count() == 1

    services.mark_thread(post_id=again.pk, act="reopen", actor_id=crowd.author.pk, at=LATER)
    again.refresh_from_db()
    assert (again.duplicate_of_id, again.closed_at) == (None, None)


def test_only_the_asker_and_moderators_say_so(crowd, place):
    original, again = (ask(place, crowd.author, title) for title in ("first?", "again?"))
    for who, may in (("outsider", False), ("joined", False), ("keeper", True)):
        answer = client_of(getattr(crowd, who)).post(
            f"/spaces/posts/{again.pk}/duplicate/", {"original": original.pk}
        )
        assert (answer.status_code == 302) == may, who

    again.refresh_from_db()
    assert again.duplicate_of_id == original.pk


@pytest.mark.parametrize("wanted", ["0", "x", "", "9" * 30, "itself", "post", "hidden"])
def test_no_duplicate_of_what_is_no_question_of_theirs(crowd, place, wanted):
    hidden = make_space(crowd, "hidden")
    asked = ask(place, crowd.outsider, "mine?")
    names = {"itself": asked.pk, "post": place.post.pk, "hidden": hidden.question.pk}

    answer = client_of(crowd.outsider).post(
        f"/spaces/posts/{asked.pk}/duplicate/", {"original": names.get(wanted, wanted)}
    )

    assert answer.status_code == 422
    asked.refresh_from_db()
    assert (asked.duplicate_of_id, asked.closed_at) == (None, None)


def test_who_may_not_read_the_first_is_not_told_of_it(crowd, place):
    hidden = make_space(crowd, "hidden")
    again = ask(place, crowd.author, "again?")
    services.mark_duplicate(
        post_id=again.pk, original_id=hidden.question.pk, actor_id=crowd.keeper.pk, at=AT
    )

    address = f"/spaces/posts/{again.pk}/"
    assert "canary-question" in client_of(crowd.joined).get(address).content.decode()
    assert "canary-question" not in client_of(crowd.outsider).get(address).content.decode()


def test_a_late_question_is_told_of_once_to_the_spaces_moderators(crowd, place):
    late = ask(place, crowd.author, "late?")
    ask(place, crowd.author, "young?", LATER - timedelta(hours=23))

    assert services.escalate_late_questions(now=AT + timedelta(hours=23, minutes=59)) == 0
    assert services.escalate_late_questions(now=LATER) == 1
    assert services.escalate_late_questions(now=LATER) == 0

    told = Notification.objects.get(kind="discussions.late")
    assert (told.member_id, told.url) == (crowd.keeper.pk, f"/spaces/posts/{late.pk}/")
    assert EventRecord.objects.filter(name="discussions.question_escalated").count() == 1


def test_without_moderators_the_operators_are_told(crowd, place):
    place.space.members.filter(role="moderator").delete()
    ask(place, crowd.author, "late?")

    services.escalate_late_questions(now=LATER)

    told = Notification.objects.filter(kind="discussions.late")
    assert [each.member_id for each in told] == [crowd.operator.pk]


def test_each_space_has_its_own_target_and_history_is_left_alone(crowd, place):
    Space.objects.filter(pk=place.space.pk).update(reply_hours=2)
    ask(place, crowd.author, "late?")
    ask(place, crowd.author, "history?", AT - timedelta(days=40))
    answered = ask(place, crowd.author, "answered?")
    services.give_answer(question_id=answered.pk, author_id=crowd.joined.pk, body="a", at=AT)
    closed = ask(place, crowd.author, "closed?")
    services.mark_thread(post_id=closed.pk, act="close", actor_id=crowd.author.pk, at=AT)

    assert services.escalate_late_questions(now=AT + timedelta(hours=2)) == 1


def test_the_waiting_stand_by_age_and_say_what_is_late(crowd, place):
    second = ask(place, crowd.author, "second?", AT + timedelta(hours=2))
    first = ask(place, crowd.author, "first?")

    rows, onward = queries.waiting_questions(viewer=crowd.joined, now=LATER)

    assert [(row.id, row.is_late) for row in rows] == [(first.pk, True), (second.pk, False)]
    assert rows[0].due_at == AT + timedelta(hours=24)
    assert onward is None


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_the_waiting_are_of_spaces_one_may_read(crowd, visibility):
    place = make_space(crowd, visibility)
    ask(place, crowd.author, "canary?")

    assert queries.waiting_questions(viewer=crowd.outsider, now=LATER)[0] == []
    assert len(queries.waiting_questions(viewer=crowd.joined, now=LATER)[0]) == 1


def test_times_to_reply_are_for_staff(crowd, place):
    assert "How soon" not in client_of(crowd.joined).get("/feed/waiting/").content.decode()
    assert "How soon" in client_of(crowd.moderator).get("/feed/waiting/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_tell_once(transactional_db):
    names = ("author", "joined", "keeper", "outsider", "moderator", "operator")
    crowd = SimpleNamespace(**{name: make_member(name) for name in names})
    place = make_space(crowd)
    ask(place, crowd.author, "late?")

    run_in_thread(lambda: services.escalate_late_questions(now=LATER), together=8)

    assert Notification.objects.filter(kind="discussions.late").count() == 1
    assert EventRecord.objects.filter(name="discussions.question_escalated").count() == 1
