"""Chat groups: who may come in, read, write and decide."""

import pytest
from django.test import Client
from tests.domains.messaging.conftest import AT, later, make_chat

from juluo.domains.discussions.models import Space
from juluo.domains.members.models import AuditEntry
from juluo.domains.messaging import queries, services
from juluo.domains.messaging.models import ChatGroup, GroupMember, Message
from juluo.domains.messaging.permissions import standing
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def names():
    rows = EventRecord.objects.filter(name__startswith="messaging").order_by("pk")
    return list(rows.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("rule", "role", "sees", "reads", "writes"),
    [
        ("open", None, True, True, False),
        ("open", "member", True, True, True),
        ("request", None, True, False, False),
        ("request", "asking", True, False, False),
        ("request", "member", True, True, True),
        ("invite", None, False, False, False),
        ("invite", "invited", True, False, False),
        ("invite", "owner", True, True, True),
    ],
)
def test_each_place_in_each_kind_of_group_has_its_rights(ann, rule, role, sees, reads, writes):
    group = ChatGroup(name="x", join_rule=rule, opened_at=AT)

    found = standing(ann, group, role=role)
    assert (found.may_see, found.may_read, found.may_write) == (sees, reads, writes)


@pytest.mark.parametrize("rule", ["open", "request", "invite"])
def test_staff_read_every_group_and_write_where_they_are(moderator, rule):
    group = ChatGroup(name="x", join_rule=rule, opened_at=AT)

    found = standing(moderator, group, role=None)
    assert found.may_read
    assert not found.may_write


def test_a_suspended_member_reads_nothing(ann):
    ann.is_active = False

    assert not standing(ann, ChatGroup(name="x", opened_at=AT), role="owner").may_see


def test_who_opens_a_group_owns_it_and_the_log_knows(ann):
    group = make_chat(ann)

    assert GroupMember.objects.get(group=group).role == "owner"
    assert names() == ["messaging.group_opened", "messaging.group_joined"]


def test_only_staff_open_groups_in_a_space(ann, moderator):
    space = Space.objects.create(name="general", opened_at=AT)
    with pytest.raises(services.NotThere):
        services.open_group(name="x", space_id=space.pk, actor=ann, at=AT)
    assert not ChatGroup.objects.exists()

    group = services.open_group(name="x", space_id=space.pk, actor=moderator, at=AT)
    services.send(group_id=group.pk, body="hi", actor=moderator, at=AT)

    assert EventRecord.objects.get(name="messaging.message_sent").space_id == space.pk


def test_a_request_waits_for_an_owner(ann, bo):
    group = make_chat(ann, join_rule="request")

    assert services.join(group_id=group.pk, actor=bo, at=AT) == "asking"
    assert services.join(group_id=group.pk, actor=bo, at=later(1)) == "asking"
    assert Notification.objects.get().member_id == ann.pk
    with pytest.raises(services.NotThere):
        services.send(group_id=group.pk, body="x", actor=bo, at=AT)
    with pytest.raises(services.NotThere):
        services.let_in(group_id=group.pk, member_id=bo.pk, actor=bo, at=AT)

    services.let_in(group_id=group.pk, member_id=bo.pk, actor=ann, at=later(2))

    assert services.send(group_id=group.pk, body="x", actor=bo, at=later(3)).pk
    assert Notification.objects.get(member=bo).kind == "messaging.let_in"


def test_an_invitation_opens_the_door_and_nothing_else_does(ann, bo, cy):
    group = make_chat(ann, join_rule="invite")
    with pytest.raises(services.NotThere):
        services.join(group_id=group.pk, actor=bo, at=AT)
    assert client_of(bo).get(f"/spaces/groups/{group.pk}/").status_code == 404

    services.invite(group_id=group.pk, member_id=bo.pk, actor=ann, at=AT)
    with pytest.raises(services.NotThere):
        services.invite(group_id=group.pk, member_id=cy.pk, actor=bo, at=AT)

    assert services.join(group_id=group.pk, actor=bo, at=AT) == "member"
    assert Notification.objects.get(member=bo).kind == "messaging.invited"


def test_an_invited_member_sees_no_words_before_they_come_in(ann, bo):
    group = make_chat(ann, join_rule="invite")
    services.send(group_id=group.pk, body="CANARY", actor=ann, at=AT)
    services.invite(group_id=group.pk, member_id=bo.pk, actor=ann, at=later(1))
    client = client_of(bo)

    pages = [
        client.get("/chats/"),
        client.get(f"/spaces/groups/{group.pk}/"),
        client.get(f"/spaces/groups/{group.pk}/news/?since=1"),
        client.get(f"/spaces/groups/{group.pk}/members/"),
    ]

    assert [page.status_code for page in pages] == [200, 200, 404, 404]
    assert not any("CANARY" in page.content.decode() for page in pages)


def test_a_group_with_members_keeps_an_owner(ann, bo, chat):
    with pytest.raises(services.LastOwner):
        services.leave(group_id=chat.pk, actor=ann, at=AT)

    services.hand_over(group_id=chat.pk, member_id=bo.pk, actor=ann, at=AT)
    services.leave(group_id=chat.pk, actor=ann, at=AT)
    services.leave(group_id=chat.pk, actor=bo, at=later(9))

    chat.refresh_from_db()
    assert chat.closed_at == later(9)
    assert not GroupMember.objects.exists()


def test_who_is_removed_writes_no_more(ann, bo, chat):
    with pytest.raises(services.NotThere):
        services.remove(group_id=chat.pk, member_id=ann.pk, actor=bo, at=AT)

    services.remove(group_id=chat.pk, member_id=bo.pk, actor=ann, at=AT)

    with pytest.raises(services.MayNotWrite):
        services.send(group_id=chat.pk, body="x", actor=bo, at=AT)


def test_what_staff_do_in_a_group_not_theirs_is_written_down(moderator, bo, chat):
    services.remove(group_id=chat.pk, member_id=bo.pk, actor=moderator, at=AT)

    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.subject) == (moderator.pk, f"group:{chat.pk}")


def test_a_message_makes_its_event_without_words(ann, bo, chat):
    first = services.send(group_id=chat.pk, body="**CANARY** 你好", actor=ann, at=AT)
    services.send(group_id=chat.pk, body="x", parent_id=first.pk, actor=bo, at=later(1))

    sent = EventRecord.objects.filter(name="messaging.message_sent").order_by("pk")
    assert [row.recipient_id for row in sent] == [None, ann.pk]
    assert [row.parent_id for row in sent] == ["", f"message:{first.pk}"]
    assert [row.space_id for row in sent] == [None, None]
    assert not EventRecord.objects.filter(payload__icontains="CANARY").exists()
    assert Notification.objects.get().member_id == ann.pk


def test_a_muted_group_tells_nothing(ann, bo, chat):
    first = services.send(group_id=chat.pk, body="x", actor=ann, at=AT)
    services.mute(group_id=chat.pk, muted=True, actor=ann)
    services.send(group_id=chat.pk, body="y", parent_id=first.pk, actor=bo, at=later(1))

    assert not Notification.objects.exists()


def test_a_reply_answers_a_message_of_its_own_group(ann, bo, chat):
    other = make_chat(ann)
    elsewhere = services.send(group_id=other.pk, body="x", actor=ann, at=AT)

    with pytest.raises(services.NotThere):
        services.send(group_id=chat.pk, body="y", parent_id=elsewhere.pk, actor=bo, at=AT)
    assert Message.objects.count() == 1


def test_slow_mode_lets_each_write_once_in_a_while_but_not_its_owners(ann, bo, chat):
    services.change_group(
        group_id=chat.pk,
        name="Tea",
        about="",
        join_rule="open",
        slow_seconds=60,
        is_closed=False,
        actor=ann,
        at=AT,
    )
    services.send(group_id=chat.pk, body="1", actor=bo, at=later(1))
    with pytest.raises(services.TooSoon) as refused:
        services.send(group_id=chat.pk, body="2", actor=bo, at=later(31))
    services.send(group_id=chat.pk, body="3", actor=ann, at=later(32))
    services.send(group_id=chat.pk, body="4", actor=ann, at=later(33))
    services.send(group_id=chat.pk, body="5", actor=bo, at=later(61))

    assert refused.value.seconds == 30
    assert list(Message.objects.order_by("pk").values_list("body", flat=True)) == list("1345")


def test_nobody_writes_faster_than_anyone_reads(bo, chat):
    for _ in range(30):
        services.send(group_id=chat.pk, body="x", actor=bo, at=AT)

    with pytest.raises(services.TooMany):
        services.send(group_id=chat.pk, body="x", actor=bo, at=AT)
    assert Message.objects.count() == 30


def test_a_closed_group_is_read_and_not_written(ann, bo, chat):
    services.change_group(
        group_id=chat.pk,
        name="Tea",
        about="",
        join_rule="open",
        slow_seconds=0,
        is_closed=True,
        actor=ann,
        at=AT,
    )

    with pytest.raises(services.MayNotWrite):
        services.send(group_id=chat.pk, body="x", actor=ann, at=AT)
    assert client_of(bo).get(f"/spaces/groups/{chat.pk}/").status_code == 200


def test_only_its_author_edits_a_message(ann, bo, moderator, chat):
    message = services.send(group_id=chat.pk, body="old", actor=bo, at=AT)
    for other in (ann, moderator):
        with pytest.raises(services.NotThere):
            services.edit(message_id=message.pk, body="new", actor=other, at=later(1))

    services.edit(message_id=message.pk, body="new", actor=bo, at=later(1))

    message.refresh_from_db()
    assert (message.body, message.edited_at) == ("new", later(1))


def test_author_owner_and_staff_delete_and_nobody_else(ann, bo, cy, moderator, chat):
    services.join(group_id=chat.pk, actor=cy, at=AT)
    for deleter in (bo, ann, moderator):
        message = services.send(group_id=chat.pk, body="CANARY", actor=bo, at=AT)
        with pytest.raises(services.NotThere):
            services.delete(message_id=message.pk, actor=cy, at=later(1))
        services.delete(message_id=message.pk, actor=deleter, at=later(1))
        with pytest.raises(services.NotThere):
            services.delete(message_id=message.pk, actor=deleter, at=later(2))

    page = client_of(cy).get(f"/spaces/groups/{chat.pk}/").content.decode()
    assert "CANARY" not in page
    assert AuditEntry.objects.filter(action="messaging.message_taken_back").count() == 2


def test_a_deleted_message_is_not_quoted_or_reached(ann, bo, chat):
    message = services.send(group_id=chat.pk, body="CANARY", actor=bo, at=AT)
    services.send(group_id=chat.pk, body="re", parent_id=message.pk, actor=ann, at=later(1))
    services.delete(message_id=message.pk, actor=bo, at=later(2))
    client = client_of(ann)

    assert "CANARY" not in client.get(f"/spaces/groups/{chat.pk}/").content.decode()
    assert "CANARY" not in client.get("/chats/").content.decode()
    assert client.get(f"/spaces/messages/{message.pk}/").status_code == 404


def test_marks_go_on_and_off_and_count_once(ann, bo, cy, chat):
    message = services.send(group_id=chat.pk, body="x", actor=ann, at=AT)
    services.react(message_id=message.pk, emoji="👍", actor=bo, at=AT)
    services.react(message_id=message.pk, emoji="👍", actor=ann, at=AT)
    services.react(message_id=message.pk, emoji="👍", actor=bo, at=AT)
    services.react(message_id=message.pk, emoji="👍", actor=bo, at=AT)
    with pytest.raises(services.NotThere):
        services.react(message_id=message.pk, emoji="<b>", actor=bo, at=AT)
    with pytest.raises(services.MayNotWrite):
        services.react(message_id=message.pk, emoji="👍", actor=cy, at=AT)

    message.refresh_from_db()
    assert message.reaction_counts == {"👍": 2}
    assert EventRecord.objects.filter(name="discussions.reacted").count() == 2


def test_what_is_unread_is_counted_for_each_and_read_once(ann, bo, chat, django_assert_num_queries):
    for number in range(3):
        services.send(group_id=chat.pk, body=str(number), actor=ann, at=later(number + 1))

    assert queries.my_groups(bo)[0].unread == 3
    assert queries.my_groups(ann)[0].unread == 0
    assert queries.unread_chats(bo) == 1

    client_of(bo).get(f"/spaces/groups/{chat.pk}/")

    assert queries.my_groups(bo)[0].unread == 0
    assert queries.unread_chats(bo) == 0
    services.mark_read(group_id=chat.pk, member_id=bo.pk, up_to=later(1))
    assert queries.my_groups(bo)[0].unread == 0


def test_the_list_costs_the_same_however_many_groups(ann, bo, django_assert_num_queries):
    def fill(count):
        for _ in range(count):
            group = ChatGroup.objects.create(name="g", opened_at=AT)
            row = {"group": group, "joined_at": AT, "last_read": AT}
            GroupMember.objects.create(member=ann, **row)
            GroupMember.objects.create(member=bo, **row)
            Message.objects.create(group=group, author=bo, body="x", sent_at=later(1))

    fill(2)
    with django_assert_num_queries(2):
        assert len(queries.my_groups(ann)) == 2
    fill(20)
    with django_assert_num_queries(2):
        rows = queries.my_groups(ann)

    assert [row.unread for row in rows] == [1] * 22


def test_a_group_page_costs_the_same_however_much_was_said(
    ann, bo, chat, django_assert_max_num_queries
):
    for number in range(40):
        services.send(
            group_id=chat.pk, body=str(number), actor=(ann, bo)[number % 2], at=later(number * 20)
        )
    client = client_of(bo)
    client.get(f"/spaces/groups/{chat.pk}/")

    with django_assert_max_num_queries(12):
        client.get(f"/spaces/groups/{chat.pk}/")


def test_news_hold_what_is_new_and_what_looks_different(ann, bo, chat):
    old = services.send(group_id=chat.pk, body="old", actor=ann, at=AT)
    since = old.changed_at
    services.react(message_id=old.pk, emoji="🎉", actor=bo, at=AT)
    new = services.send(group_id=chat.pk, body="new", actor=bo, at=AT)

    news = queries.group_news(group_id=chat.pk, since=since, viewer_id=ann.pk)

    assert [message.id for day in news.days for message in day.messages] == [new.pk]
    assert [message.id for message in news.changed] == [old.pk]
    assert news.until == new.changed_at
    again = queries.group_news(group_id=chat.pk, since=news.until, viewer_id=ann.pk)
    assert (again.days, again.changed, again.until) == ((), (), news.until)


def test_moments_of_a_group_never_go_back(ann, bo, chat):
    first = services.send(group_id=chat.pk, body="1", actor=ann, at=later(100))
    second = services.send(group_id=chat.pk, body="2", actor=bo, at=later(50))

    assert second.sent_at > first.sent_at


def test_writing_works_without_script_and_gives_back_what_was_refused(ann, bo, cy, chat):
    client = client_of(bo)

    sent = client.post(f"/spaces/groups/{chat.pk}/send/", {"body": "hello"})
    empty = client.post(f"/spaces/groups/{chat.pk}/send/", {"body": " "})
    long = client.post(f"/spaces/groups/{chat.pk}/send/", {"body": "y" * 4001})
    outside = client_of(cy).post(f"/spaces/groups/{chat.pk}/send/", {"body": "keep me"})

    assert sent.status_code == 302
    assert empty.status_code == long.status_code == outside.status_code == 422
    assert "y" * 4001 in long.content.decode()
    assert list(Message.objects.values_list("body", flat=True)) == ["hello"]


def test_what_is_written_is_shown_clean(ann, bo, chat):
    services.send(
        group_id=chat.pk,
        body='<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b hx-get="/">b</b>',
        actor=ann,
        at=AT,
    )
    page = client_of(bo).get(f"/spaces/groups/{chat.pk}/").content.decode()

    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert "<b hx-get" not in page


def test_an_imported_group_stays_readable_and_goes_on(ann):
    space = Space.objects.create(name="general", opened_at=AT)
    group = ChatGroup.objects.create(
        name="#general", space=space, source="slack", outside_id="C1", opened_at=AT
    )
    old = Message.objects.create(group=group, body="old", sent_at=later(5), source="slack")
    client = client_of(ann)

    assert "old" in client.get(f"/spaces/groups/{group.pk}/").content.decode()
    services.join(group_id=group.pk, actor=ann, at=AT)
    new = services.send(group_id=group.pk, body="new", actor=ann, at=AT)

    assert new.sent_at > old.sent_at
    with pytest.raises(services.NotThere):
        services.edit(message_id=old.pk, body="x", actor=ann, at=AT)
