"""Private messages: between those in them, and nobody else."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.messaging.conftest import AT, later, person

from juluo.domains.members.models import AuditEntry
from juluo.domains.messaging import queries, rules, services
from juluo.domains.messaging.models import Block, Conversation, Participant, PrivateMessage
from juluo.domains.messaging.services import conversations
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord
from juluo.live.models import Signal


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def write(author, *to, body="hi", at=AT):
    return conversations.begin(member_ids=[each.pk for each in to], body=body, actor=author, at=at)


def test_two_people_have_one_conversation(ann, bo):
    first = write(ann, bo)
    second = write(bo, ann)

    assert first.conversation_id == second.conversation_id
    assert Participant.objects.count() == 2


def test_the_log_learns_that_someone_wrote_and_nothing_more(ann, bo):
    message = write(ann, bo, body="CANARY")
    conversations.edit(message_id=message.pk, body="CANARY 2", actor=ann, at=AT)

    (row,) = EventRecord.objects.filter(name__startswith="messaging")
    assert (row.name, row.actor_id) == ("messaging.private_message_sent", ann.pk)
    assert (row.recipient_id, row.subject_id, row.space_id, row.payload) == (None, "", None, {})
    assert not AuditEntry.objects.exists()
    told = json.dumps(list(Notification.objects.values("facts", "url", "key")))
    assert "CANARY" not in told
    assert not Signal.objects.filter(topic__contains="CANARY").exists()


@pytest.mark.parametrize("role", ["member", "moderator", "operator", "owner"])
def test_nobody_else_sees_any_of_it(ann, bo, role):
    message = write(ann, bo, body="CANARY")
    stranger = client_of(person("stranger", role=role))
    talk = message.conversation_id
    pages = [
        f"/chats/with/{talk}/",
        f"/chats/with/{talk}/news/?since=1",
        f"/chats/messages/{message.pk}/edit/",
        f"/live/?topics=conversation:{talk}",
    ]
    acts = [
        f"/chats/with/{talk}/send/",
        f"/chats/with/{talk}/mute/",
        f"/chats/with/{talk}/leave/",
        f"/chats/messages/{message.pk}/delete/",
        f"/chats/messages/{message.pk}/edit/",
    ]

    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    assert [stranger.post(act, {"body": "x"}).status_code for act in acts] == [404] * 5
    assert "CANARY" not in stranger.get("/chats/").content.decode()
    assert PrivateMessage.objects.get().body == "CANARY"


def test_a_blocked_person_cannot_write_and_is_told_kindly(ann, bo):
    talk = write(ann, bo).conversation_id
    conversations.block(member_id=ann.pk, actor=bo, at=AT)
    Notification.objects.all().delete()
    Signal.objects.all().delete()

    answer = client_of(ann).post(f"/chats/with/{talk}/send/", {"body": "please"})
    page = client_of(ann).get(f"/chats/with/{talk}/").content.decode()

    assert answer.status_code == 422
    assert "Nothing was sent" in answer.content.decode()
    assert "takes no messages from you" in page
    assert PrivateMessage.objects.count() == 1
    assert not Notification.objects.exists()
    assert not Signal.objects.filter(topic=f"member:{bo.pk}").exists()


def test_who_blocks_does_not_write_either_until_they_unblock(ann, bo):
    talk = write(ann, bo).conversation_id
    conversations.block(member_id=ann.pk, actor=bo, at=AT)
    with pytest.raises(services.DoesNotWishIt):
        conversations.send(conversation_id=talk, body="x", actor=bo, at=AT)

    conversations.unblock(member_id=ann.pk, actor=bo)

    assert conversations.send(conversation_id=talk, body="x", actor=bo, at=AT).pk
    assert conversations.send(conversation_id=talk, body="y", actor=ann, at=AT).pk


def test_a_blocked_person_begins_nothing(ann, bo):
    conversations.block(member_id=ann.pk, actor=bo, at=AT)

    with pytest.raises(services.DoesNotWishIt):
        write(ann, bo)
    assert not Conversation.objects.exists()


def test_among_several_the_blocked_is_heard_but_not_told_of(ann, bo, cy):
    talk = write(ann, bo, cy).conversation_id
    conversations.block(member_id=ann.pk, actor=bo, at=AT)
    Notification.objects.all().delete()

    conversations.send(conversation_id=talk, body="x", actor=ann, at=later(1))

    assert [row.member_id for row in Notification.objects.all()] == [cy.pk]


def test_an_answer_in_a_group_from_someone_blocked_tells_nothing(ann, bo, chat):
    first = services.send(group_id=chat.pk, body="x", actor=ann, at=AT)
    conversations.block(member_id=bo.pk, actor=ann, at=AT)
    services.send(group_id=chat.pk, body="y", parent_id=first.pk, actor=bo, at=later(1))

    assert not Notification.objects.exists()


def test_nobody_blocks_themselves_and_twice_is_once(ann, bo):
    with pytest.raises(services.NotThere):
        conversations.block(member_id=ann.pk, actor=ann, at=AT)
    conversations.block(member_id=bo.pk, actor=ann, at=AT)
    conversations.block(member_id=bo.pk, actor=ann, at=AT)

    assert Block.objects.count() == 1


def test_known_people_are_those_one_wrote_to_or_shares_a_group_with(ann, bo, cy, chat):
    for member in (ann, cy):
        conversations.choose_who_may_write(who="known", actor=member)

    assert write(bo, ann).pk
    with pytest.raises(services.DoesNotWishIt):
        write(bo, cy)
    write(cy, bo)
    assert write(bo, cy).pk


def test_nobody_means_nobody_begins_and_answers_still_come(ann, bo):
    conversations.choose_who_may_write(who="nobody", actor=ann)
    with pytest.raises(services.DoesNotWishIt):
        write(bo, ann)
    assert not Conversation.objects.exists()

    write(ann, bo)

    assert write(bo, ann).pk


def test_a_new_member_writes_to_five_strangers_a_day(ann):
    new = person("new", at=AT - timedelta(days=1))
    people = [person(f"p{number}") for number in range(6)]
    for each in people[:5]:
        write(new, each)

    with pytest.raises(services.TooManyStrangers):
        write(new, people[5])
    assert Conversation.objects.count() == 5
    write(people[5], new)
    assert write(new, people[5]).pk


def test_few_people_make_a_conversation_and_many_a_group(ann):
    people = [person(f"p{number}") for number in range(rules.MOST_IN_A_CONVERSATION)]

    with pytest.raises(services.TooLarge):
        write(ann, *people)
    assert write(ann, *people[:-1]).pk
    with pytest.raises(services.NotThere):
        write(ann, ann)


def test_who_left_sees_none_of_it(ann, bo, cy):
    talk = write(ann, bo, cy).conversation_id
    conversations.leave(conversation_id=talk, actor=bo, at=AT)

    assert client_of(bo).get(f"/chats/with/{talk}/").status_code == 404
    assert queries.my_conversations(bo.pk) == []
    with pytest.raises(services.NotThere):
        conversations.send(conversation_id=talk, body="x", actor=bo, at=AT)


def test_a_conversation_of_two_is_not_left(ann, bo):
    talk = write(ann, bo).conversation_id

    with pytest.raises(services.NotThere):
        conversations.leave(conversation_id=talk, actor=ann, at=AT)


def test_what_is_taken_back_is_gone_from_the_database(ann, bo):
    message = write(ann, bo, body="CANARY")
    with pytest.raises(services.NotThere):
        conversations.delete(message_id=message.pk, actor=bo, at=AT)
    conversations.delete(message_id=message.pk, actor=ann, at=AT)

    message.refresh_from_db()
    assert (message.body, message.deleted_at) == ("", AT)
    assert (
        "deleted" in client_of(bo).get(f"/chats/with/{message.conversation_id}/").content.decode()
    )


def test_one_notification_until_it_is_read(ann, bo):
    talk = write(ann, bo).conversation_id
    conversations.send(conversation_id=talk, body="2", actor=ann, at=later(1))
    assert Notification.objects.filter(member=bo).count() == 1

    client_of(bo).get(f"/chats/with/{talk}/")
    conversations.send(conversation_id=talk, body="3", actor=ann, at=later(2))

    assert Notification.objects.filter(member=bo).count() == 2
    assert queries.my_conversations(bo.pk)[0].unread == 1
    assert queries.unread_chats(bo) == 1


def test_a_muted_conversation_tells_nothing(ann, bo):
    talk = write(ann, bo).conversation_id
    Notification.objects.all().delete()
    conversations.mute(conversation_id=talk, muted=True, actor=bo)
    conversations.send(conversation_id=talk, body="2", actor=ann, at=later(1))

    assert not Notification.objects.exists()
    assert queries.unread_chats(bo) == 0


def test_the_list_costs_the_same_however_many_conversations(ann, django_assert_num_queries):
    for number in range(12):
        write(person(f"p{number}"), ann, at=later(number))

    with django_assert_num_queries(3):
        rows = queries.my_conversations(ann.pk)

    assert [row.unread for row in rows] == [1] * 12
    assert rows[0].name == "P11"


def test_writing_begins_from_a_name_and_goes_on_where_one_was(ann, bo):
    client = client_of(ann)
    found = client.get("/chats/write/?q=bo").content.decode()
    assert f"to={bo.pk}" in found

    nobody = client.post("/chats/write/", {"body": "hi"})
    sent = client.post("/chats/write/", {"to": bo.pk, "body": "hi"})
    again = client.get(f"/chats/write/?to={bo.pk}")

    assert nobody.status_code == 422
    assert sent.url == again.url == f"/chats/with/{Conversation.objects.get().pk}/"


def test_nobody_is_written_to_who_cannot_read(ann):
    imported = person("x")
    type(imported).objects.filter(pk=imported.pk).update(email=None)

    with pytest.raises(services.NotThere):
        write(ann, imported)


def test_privacy_is_chosen_on_a_page(ann, bo):
    conversations.block(member_id=bo.pk, actor=ann, at=AT)
    client = client_of(ann)

    assert client.post("/chats/privacy/", {"who": "known"}).status_code == 302
    assert client.post("/chats/privacy/", {"who": "x"}).status_code == 422
    assert queries.who_may_write(member_id=ann.pk) == "known"
    client.post(f"/chats/unblock/{bo.pk}/", {"from": "privacy"})
    assert not Block.objects.exists()


# A busy machine is no reason to fail.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calmly
@given(steps=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12))
def test_moments_only_grow(steps):
    moved, moments = None, []
    for step in steps:
        moved = rules.next_moment(at=AT + timedelta(microseconds=step), moved_at=moved)
        moments.append(moved)

    assert all(one < other for one, other in pairwise(moments))


@calmly
@given(slow=st.integers(0, 5000), ago=st.floats(0, 10_000))
def test_waiting_out_what_slow_mode_says_is_enough(slow, ago):
    last = AT - timedelta(seconds=ago)
    wait = rules.seconds_to_wait(slow_seconds=slow, last_sent=last, at=AT)

    assert 0 <= wait <= slow
    after = AT + timedelta(seconds=wait)
    assert rules.seconds_to_wait(slow_seconds=slow, last_sent=last, at=after) == 0
