"""What one may not read is not found: by role and visibility, and after every change of either."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.domains.search.conftest import AT, heard, open_space, person, titles

from juluo.domains.discussions import services as discussions
from juluo.domains.discussions.models import Space
from juluo.domains.members import services as members
from juluo.domains.messaging import services as chats
from juluo.domains.messaging.services import conversations
from juluo.domains.search.queries import find, find_private, suggestions
from juluo.domains.search.types import Narrowed

CANARY = "金丝雀"
VISIBILITIES = ("public", "members", "private", "hidden")


@pytest.fixture
def crowd(owner):
    return {
        "stranger": AnonymousUser(),
        "outsider": person("outsider"),
        "joined": person("joined"),
        "moderator": person("mod", "moderator"),
        "operator": person("op", "operator"),
        "owner": owner,
    }


def fill(owner, crowd, visibility):
    """Say the canary as a post, question, answer, comment and chat message in one space."""
    space = open_space(owner, visibility)
    joined = crowd["joined"]
    discussions.add_to_space(space_id=space.pk, member_id=joined.pk, actor_id=owner.pk, at=AT)
    by = {"author_id": joined.pk, "at": AT}
    words = {"title": f"{CANARY} {visibility}", "body": CANARY}
    post = discussions.publish_post(space_id=space.pk, **words, **by)
    question = discussions.ask_question(space_id=space.pk, **words, **by)
    discussions.give_answer(question_id=question.pk, body=CANARY, **by)
    discussions.write_comment(post_id=post.pk, body=CANARY, **by)
    group = chats.open_group(name="chat", space_id=space.pk, actor=owner, at=AT)
    chats.send(group_id=group.pk, body=CANARY, actor=owner, at=AT)
    heard()
    return space, post


def found(viewer, **narrowed):
    kinds = [each.kind for each in find(viewer, CANARY, Narrowed(**narrowed)).results]
    return sorted(kinds)


ALL = ["answer", "comment", "message", "post", "question"]
SEEN = {
    "public": {"stranger": ["answer", "comment", "post", "question"], "outsider": ALL},
    "members": {"stranger": [], "outsider": ALL},
    "private": {"stranger": [], "outsider": []},
    "hidden": {"stranger": [], "outsider": []},
}


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_each_role_finds_in_each_space_what_it_may_read(owner, crowd, visibility):
    fill(owner, crowd, visibility)

    for role, viewer in crowd.items():
        assert found(viewer) == SEEN[visibility].get(role, ALL), role


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_nothing_leaks_by_guesses_suggestions_filters_or_pages(owner, crowd, visibility):
    space, _post = fill(owner, crowd, visibility)
    outsider = crowd["outsider"]
    client = Client()
    client.force_login(outsider)

    for asked in ("jinsique", "金絲雀", "金丝", "金", "金丝雀 别的", "金思雀"):
        answer = find(outsider, asked, Narrowed())
        assert (answer.results, answer.total, answer.shown_for) == ((), 0, ""), asked
        assert [each.kind for each in suggestions(outsider, asked)] == []
    assert find(outsider, CANARY, Narrowed(space_id=space.pk)).total == 0
    assert find(crowd["joined"], "jinsique", Narrowed()).shown_for == CANARY
    # What was typed is said again; nothing else is.
    asked = client.get("/search/?q=jinsique").content.decode()
    assert CANARY not in asked + client.get("/search/suggest/?q=jinsique").content.decode()
    # Without words everything is listed, but only what may be read.
    assert titles(outsider, "", authors=(crowd["joined"].pk,)) == []


def test_what_changes_is_obeyed_at_once_without_any_new_index(owner, crowd):
    space, post = fill(owner, crowd, "members")
    outsider, joined = crowd["outsider"], crowd["joined"]
    hidden = open_space(owner, "hidden")
    by = {"actor_id": owner.pk, "at": AT}

    discussions.move_thread(post_id=post.pk, space_id=hidden.pk, **by)
    assert found(outsider) == ["answer", "message", "question"]
    Space.objects.filter(pk=space.pk).update(visibility="hidden")
    assert found(outsider) == []
    assert found(joined) == ["answer", "message", "question"]
    discussions.leave_space(space_id=space.pk, member_id=joined.pk, at=AT)
    assert found(joined) == []


def test_what_is_deleted_vanishes_with_all_that_stands_under_it(owner, crowd):
    _space, post = fill(owner, crowd, "members")

    discussions.delete(subject=f"post:{post.pk}", actor_id=owner.pk, at=AT, reason="x")

    assert found(crowd["operator"]) == ["answer", "message", "question"]


def test_a_group_by_invitation_is_searched_by_those_in_it_and_staff(owner, ann, bo):
    group = chats.open_group(name="inner", join_rule="invite", actor=ann, at=AT)
    chats.send(group_id=group.pk, body=CANARY, actor=ann, at=AT)
    heard()

    assert found(ann) == ["message"]
    assert found(bo) == []
    assert found(bo, group_id=group.pk) == []
    assert found(owner) == ["message"]
    client = Client()
    client.force_login(bo)
    assert client.get(f"/search/?group={group.pk}&q=x").status_code == 404


def test_private_messages_are_found_by_those_in_them_alone(owner, ann, bo):
    conversations.begin(member_ids=[bo.pk], body=f"{CANARY}與我們", actor=ann, at=AT)
    heard()

    for each in (ann, bo):
        assert find_private(each.pk, CANARY).total == 1
        assert find_private(each.pk, "与我们").total == 1
    assert find_private(owner.pk, CANARY).total == 0
    for each in (owner, ann, bo):
        assert found(each) == []
        assert found(each, kind="private") == []


def test_what_one_has_left_or_taken_back_is_private_no_longer(ann, bo, owner):
    first = conversations.begin(member_ids=[bo.pk, owner.pk], body=CANARY, actor=ann, at=AT)
    conversations.leave(conversation_id=first.conversation_id, actor=bo, at=AT)
    assert find_private(bo.pk, CANARY).total == 0
    conversations.delete(message_id=first.pk, actor=ann, at=AT)
    assert find_private(ann.pk, CANARY).total == 0


def test_whoever_one_has_blocked_is_not_found_talking(owner, crowd):
    fill(owner, crowd, "members")
    outsider, joined = crowd["outsider"], crowd["joined"]

    conversations.block(member_id=joined.pk, actor=outsider, at=AT)

    assert found(outsider) == ["message"]


def test_suspended_members_are_not_found_and_find_nothing(owner, ann, bo):
    heard()
    assert titles(ann, "bo") == ["bo"]

    members.suspend(actor_id=owner.pk, member_id=bo.pk, at=AT)
    bo.refresh_from_db()

    assert titles(ann, "bo") == []
    assert titles(bo, "ann") == []


def test_nobody_is_found_by_their_address(ann, owner):
    person("陈静", email="secret.address")
    heard()

    for viewer in (ann, owner):
        assert titles(viewer, "secret") == titles(viewer, "secret.address@example.org") == []
