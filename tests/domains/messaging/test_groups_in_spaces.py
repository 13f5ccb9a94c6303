"""A chat group in a space is for those who may read the space, whatever else lets them in."""

import pytest
from django.test import Client
from tests.domains.messaging.conftest import AT, later, make_chat, person

from juluo.domains.discussions import services as spaces
from juluo.domains.discussions.models import Space, SpaceMember
from juluo.domains.members import services as members
from juluo.domains.messaging import queries, services
from juluo.domains.messaging.models import GroupMember
from juluo.domains.notifications import queries as inbox
from juluo.live.models import Signal
from juluo.live.topics import allowed


@pytest.fixture
def room(moderator, ann, bo):
    """A chat in a private space that ann and bo joined; bo is in the chat."""
    space = Space.objects.create(name="Room", visibility="private", opened_at=AT)
    for each in (ann, bo):
        SpaceMember.objects.create(space=space, member=each, joined_at=AT)
    return make_chat(moderator, ann, bo, space_id=space.pk)


def as_(member):
    client = Client()
    if member is not None:
        client.force_login(member)
    return client


def test_who_does_not_read_the_space_finds_no_chat(room, ann, cy):
    message = services.send(group_id=room.pk, body="canary", actor=ann, at=AT)
    pages = [
        f"/spaces/groups/{room.pk}/",
        f"/spaces/messages/{message.pk}/",
        f"/spaces/groups/{room.pk}/members/",
    ]

    assert [as_(cy).get(page).status_code for page in pages] == [404] * 3
    assert [as_(None).get(page).status_code for page in pages] == [302] * 3
    assert as_(ann).get(pages[0]).status_code == 200
    assert queries.groups_of(room.space_id, viewer=cy) == []
    assert queries.groups_to_join(cy) == []
    assert allowed(cy, [f"group:{room.pk}"]) == frozenset()
    assert allowed(ann, [f"group:{room.pk}"]) == {f"group:{room.pk}"}
    for act in (services.join, services.send):
        words = {"body": "hi"} if act is services.send else {}
        with pytest.raises(services.NotThere):
            act(group_id=room.pk, actor=cy, at=AT, **words)


def test_who_leaves_the_space_hears_and_reads_the_chat_no_more(room, ann, bo):
    asked = services.send(group_id=room.pk, body="first", actor=ann, at=AT)
    spaces.leave_space(space_id=room.space_id, member_id=ann.pk, at=later(5))
    services.send(group_id=room.pk, body="second", parent_id=asked.pk, actor=bo, at=later(9))

    assert GroupMember.objects.filter(group=room, member=ann).exists()
    assert Signal.objects.filter(topic=f"rights:{ann.pk}").exists()
    assert allowed(ann, [f"group:{room.pk}"]) == frozenset()
    assert queries.my_groups(ann) == []
    assert queries.unread_chats(ann) == 0
    assert queries.unread_chats(bo) == 0
    assert not inbox.inbox(member_id=ann.pk)
    with pytest.raises(services.NotThere):
        services.edit(message_id=asked.pk, body="changed", actor=ann, at=later(12))


def test_hiding_a_space_makes_every_open_page_ask_again(room, db):
    operator = person("op", role="operator")
    Space.objects.filter(pk=room.space_id).update(visibility="members")

    spaces.change_space(space_id=room.space_id, visibility="hidden", actor_id=operator.pk, at=AT)

    assert Signal.objects.filter(topic="rights:0").exists()


def test_an_archived_space_is_silent(room, ann):
    Space.objects.filter(pk=room.space_id).update(archived_at=AT)

    assert queries.group_head(viewer=ann, group_id=room.pk).may_read
    with pytest.raises(services.MayNotWrite):
        services.send(group_id=room.pk, body="hi", actor=ann, at=AT)


def test_who_is_to_accept_the_guidelines_reads_only(room, ann, moderator):
    members.publish_guidelines(
        text_en="Be kind.", text_zh="", change="", days_to_accept=0, actor_id=moderator.pk, at=AT
    )

    with pytest.raises(services.GuidelinesFirst):
        services.send(group_id=room.pk, body="hi", actor=ann, at=later(1))
    sent = as_(ann).post(f"/spaces/groups/{room.pk}/send/", {"body": "hi"})
    assert sent.status_code == 422
    assert 'href="/guidelines/"' in sent.content.decode()
