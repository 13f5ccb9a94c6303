"""Who may do what in which space: every row through HTTP."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.domains.discussions.conftest import VISIBILITIES, make_space

from juluo.domains.discussions import permissions, queries
from juluo.domains.discussions.models import JoinRequest, Post, SpaceMember
from juluo.eventlog.models import EventRecord

WHO = ("stranger", "outsider", "joined", "author", "keeper", "moderator")
EVERYONE = set(WHO)
MEMBERS = EVERYONE - {"stranger"}
INSIDE = MEMBERS - {"outsider"}
ORDER = {"keeper", "moderator"}
OWN = ORDER | {"author"}
READERS = {"public": EVERYONE, "members": MEMBERS, "private": INSIDE, "hidden": INSIDE}
KNOWING = {**READERS, "private": MEMBERS}


def acts(place):
    """Return (name, address, data or None to get it, who may among those who read it)."""
    post, question = place.post.pk, place.question.pk
    a, c = f"answer-{place.answer.pk}", f"comment-{place.comment.pk}"
    space = f"/spaces/{place.space.pk}"
    once = {"once": "x"}
    return [
        ("read post", f"/spaces/posts/{post}/", None, EVERYONE),
        ("find answer", f"/spaces/talk/{a}/", None, EVERYONE),
        ("find comment", f"/spaces/talk/{c}/", None, EVERYONE),
        ("history", f"/spaces/talk/{c}/history/", None, MEMBERS),
        ("see members", f"{space}/members/", None, MEMBERS),
        ("see form", f"{space}/write/", None, MEMBERS),
        ("publish", f"{space}/write/", {"title": "t", "body": "b", **once}, MEMBERS),
        ("ask", f"{space}/write/?kind=question", {"title": "t", "body": "b", **once}, MEMBERS),
        ("answer", f"/spaces/posts/{question}/answer/", {"body": "b", **once}, MEMBERS),
        ("comment", f"/spaces/talk/post-{post}/reply/", {"body": "b", **once}, MEMBERS),
        ("reply", f"/spaces/talk/{c}/reply/", {"body": "b", **once}, MEMBERS),
        ("react", f"/spaces/talk/{a}/react/", {"emoji": "+1"}, MEMBERS - {"author"}),
        ("bookmark", f"/spaces/posts/{post}/bookmark/", {"x": "1"}, MEMBERS),
        ("accept", f"/spaces/answers/{place.answer.pk}/accept/", {"x": "1"}, OWN),
        ("close", f"/spaces/posts/{post}/mark/", {"act": "close"}, OWN),
        ("pin", f"/spaces/posts/{post}/mark/", {"act": "pin"}, ORDER),
        ("feature", f"/spaces/posts/{post}/mark/", {"act": "feature"}, ORDER),
        ("move form", f"/spaces/posts/{post}/move/", None, ORDER),
        ("edit form", f"/spaces/talk/{c}/edit/", None, OWN),
        ("edit", f"/spaces/talk/{c}/edit/", {"body": "new", "edits": "0"}, OWN),
        ("revert", f"/spaces/talk/{c}/revert/", {"number": "0"}, set()),
        ("delete", f"/spaces/talk/{c}/delete/", {"reason": "why"}, OWN),
        ("restore", f"/spaces/talk/{c}/restore/", {"x": "1"}, OWN),
        ("let in", f"{space}/members/decide/", {"act": "add", "member": "OUTSIDER"}, ORDER),
        ("give role", f"{space}/members/decide/", {"act": "moderator", "member": "JOINED"}, set()),
        ("change", f"{space}/change/", None, set()),
        ("archive", f"{space}/archive/", {"x": "1"}, set()),
    ]  # fmt: skip


def client_of(crowd, who):
    client = Client()
    if who != "stranger":
        client.force_login(getattr(crowd, who))
    return client


def ask(client, address, data):
    return client.get(address) if data is None else client.post(address, data)


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_each_act_is_for_those_whom_the_table_names(crowd, visibility, subtests):
    place = make_space(crowd, visibility)
    ids = {"OUTSIDER": crowd.outsider.pk, "JOINED": crowd.joined.pk}
    for name, address, data, allowed in acts(place):
        sent = None if data is None else {k: ids.get(v, v) for k, v in data.items()}
        for who in WHO:
            with subtests.test(act=name, who=who), transaction.atomic():
                cache.clear()
                events = EventRecord.objects.count()
                response = ask(client_of(crowd, who), address, sent)
                refused = response.status_code == 404 or response.headers.get(
                    "Location", ""
                ).startswith("/accounts/login/")

                assert refused == (who not in allowed & READERS[visibility]), response
                assert response.status_code < 500
                if refused:
                    assert EventRecord.objects.count() == events
                    assert b"canary" not in response.content
                transaction.set_rollback(True)


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_the_lists_name_only_what_one_may_know_of(crowd, visibility, subtests):
    place = make_space(crowd, visibility)
    public = make_space(crowd, "public", about="always here").space
    for who in WHO:
        with subtests.test(who=who):
            client = client_of(crowd, who)
            page = client.get("/spaces/").content.decode()
            space = client.get(f"/spaces/{place.space.pk}/")
            viewer = None if who == "stranger" else getattr(crowd, who)

            assert ("canary-name-" + visibility in page) == (
                who in KNOWING[visibility] or visibility == "public"
            )
            assert (space.status_code == 200) == (who in KNOWING[visibility])
            assert (b"canary-title" in space.content) == (who in READERS[visibility])
            readable = {place.space.pk, public.pk} if who in READERS[visibility] else {public.pk}
            assert queries.readable_space_ids(viewer) == readable
            can = permissions.can_read_space(viewer, place.space.pk)
            assert can == (who in READERS[visibility])


def test_what_is_not_there_is_answered_like_what_one_may_not_see(crowd):
    place = make_space(crowd, "hidden")
    client = client_of(crowd, "outsider")
    for hidden, missing in (
        (f"/spaces/{place.space.pk}/", "/spaces/987654321/"),
        (f"/spaces/posts/{place.post.pk}/", "/spaces/posts/987654321/"),
        (f"/spaces/talk/comment-{place.comment.pk}/", "/spaces/talk/comment-987654321/"),
    ):
        one, other = client.get(hidden), client.get(missing)

        assert one.status_code == other.status_code == 404
        assert one.content.count(b"<") == other.content.count(b"<")
        assert b"canary" not in one.content


def test_a_chat_group_is_read_by_those_who_read_its_space(crowd, subtests):
    from juluo.domains.messaging.models import ChatGroup, Message

    for visibility in VISIBILITIES:
        place = make_space(crowd, visibility)
        group = ChatGroup.objects.create(
            name="g", space=place.space, opened_at=place.post.published_at
        )
        line = Message.objects.create(
            group=group, author=crowd.author, body="canary", sent_at=place.post.published_at
        )
        for who in WHO:
            with subtests.test(visibility=visibility, who=who):
                client = client_of(crowd, who)
                log = client.get(f"/spaces/groups/{group.pk}/")
                message = client.get(f"/spaces/messages/{line.pk}/")
                found = message.headers.get("Location", "").startswith("/spaces/")

                assert (b"canary" in log.content) == (who in READERS[visibility] - {"stranger"})
                assert found == (who in READERS[visibility] - {"stranger"})


def test_nothing_of_a_space_reaches_those_who_left_it(crowd):
    place = make_space(crowd, "private")
    client = client_of(crowd, "joined")
    client.post(f"/spaces/posts/{place.post.pk}/bookmark/")
    assert b"canary-title" in client.get("/spaces/bookmarks/").content

    client.post(f"/spaces/{place.space.pk}/leave/")

    assert b"canary" not in client.get("/spaces/bookmarks/").content
    assert client.get(f"/spaces/posts/{place.post.pk}/").status_code == 404


def test_a_thread_moved_into_a_hidden_space_is_gone_for_others(crowd):
    here, there = make_space(crowd), make_space(crowd, "hidden")
    reader, keeper = client_of(crowd, "outsider"), client_of(crowd, "keeper")
    assert reader.get(f"/spaces/posts/{here.post.pk}/").status_code == 200

    keeper.post(f"/spaces/posts/{here.post.pk}/move/", {"space": there.space.pk})

    assert Post.objects.get(pk=here.post.pk).space_id == there.space.pk
    assert reader.get(f"/spaces/posts/{here.post.pk}/").status_code == 404
    assert b"canary-title" not in reader.get(f"/spaces/{here.space.pk}/").content


def test_nobody_moves_a_thread_into_a_space_they_do_not_keep(crowd):
    here, there = make_space(crowd), make_space(crowd, "hidden")
    SpaceMember.objects.filter(space=there.space, member=crowd.keeper).update(role="member")

    answer = client_of(crowd, "keeper").post(
        f"/spaces/posts/{here.post.pk}/move/", {"space": there.space.pk}
    )

    assert answer.status_code == 422
    assert Post.objects.get(pk=here.post.pk).space_id == here.space.pk


def test_the_parent_of_a_space_is_not_named_to_those_who_may_not_know_it(crowd):
    hidden = make_space(crowd, "hidden").space
    child = make_space(crowd, "public", parent=hidden).space
    client = client_of(crowd, "outsider")

    for page in ("/spaces/", f"/spaces/{child.pk}/"):
        assert b"canary-name-hidden" not in client.get(page).content
    assert b"canary-name-public" in client.get("/spaces/").content


def test_one_is_let_into_a_private_space_on_request(crowd):
    place = make_space(crowd, "private")
    outsider, keeper = client_of(crowd, "outsider"), client_of(crowd, "keeper")
    space = f"/spaces/{place.space.pk}"
    assert outsider.post(f"{space}/join/").status_code == 404
    outsider.post(f"{space}/join/", {"ask": "1"})
    outsider.post(f"{space}/join/", {"ask": "1"})
    assert JoinRequest.objects.count() == 1
    assert b"Outsider asks to join" in keeper.get("/inbox/").content
    assert outsider.get(f"{space}/members/").status_code == 404

    decide = {"act": "add", "member": crowd.outsider.pk}
    keeper.post(f"{space}/members/decide/", decide)

    assert not JoinRequest.objects.exists()
    assert outsider.get(f"/spaces/posts/{place.post.pk}/").status_code == 200
    assert b"You are now in" in outsider.get("/inbox/").content
    happened = EventRecord.objects.filter(name__startswith="discussions.").order_by("pk")
    assert [event.name for event in happened] == [
        "discussions.joining_asked",
        "discussions.space_joined",
    ]
    assert mail.outbox == []


def test_a_request_can_be_declined_and_taken_back(crowd):
    place = make_space(crowd, "private")
    outsider, keeper = client_of(crowd, "outsider"), client_of(crowd, "keeper")
    outsider.post(f"/spaces/{place.space.pk}/join/", {"ask": "1"})
    keeper.post(
        f"/spaces/{place.space.pk}/members/decide/",
        {"act": "decline", "member": crowd.outsider.pk},
    )
    assert not JoinRequest.objects.exists()
    outsider.post(f"/spaces/{place.space.pk}/join/", {"ask": "1"})
    outsider.post(f"/spaces/{place.space.pk}/leave/")

    assert not JoinRequest.objects.exists()
    assert not SpaceMember.objects.filter(member=crowd.outsider).exists()


@pytest.mark.parametrize(
    ("posting", "opening", "replying"),
    [
        ("everyone", MEMBERS, MEMBERS),
        ("joined", INSIDE | {"moderator"}, INSIDE | {"moderator"}),
        ("moderators", ORDER, MEMBERS),
    ],
)
def test_who_opens_and_who_replies_is_the_spaces_to_say(
    crowd, posting, opening, replying, subtests
):
    place = make_space(crowd, posting=posting)
    for who in MEMBERS:
        with subtests.test(who=who):
            viewer = getattr(crowd, who)

            assert permissions.can_open_thread(viewer, place.space.pk) == (who in opening)
            assert permissions.can_reply_in_space(viewer, place.space.pk) == (who in replying)


def test_in_an_archived_space_nobody_writes(crowd, subtests):
    place = make_space(crowd, archived_at=make_space(crowd, "public").post.published_at)
    reading = {"read post", "find answer", "find comment", "history", "see members"}
    for name, address, data, allowed in acts(place):
        if name in reading | {"bookmark", "let in"} or not allowed:
            continue
        with subtests.test(act=name), transaction.atomic():
            response = ask(client_of(crowd, "keeper"), address, data)

            assert response.status_code == 404 or name == "move form", response
            transaction.set_rollback(True)


def test_suspension_takes_effect_at_once(crowd):
    place = make_space(crowd, "private")
    client = client_of(crowd, "joined")
    crowd.joined.is_active = False
    crowd.joined.save()

    answer = client.post(f"/spaces/talk/post-{place.post.pk}/reply/", {"body": "b"})

    assert answer.headers["Location"].startswith("/accounts/login/")
    assert queries.readable_space_ids(crowd.joined) == frozenset()
    assert not permissions.can_read_space(crowd.joined, place.space.pk)
