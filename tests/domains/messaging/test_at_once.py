"""Many write at once: nothing is lost, nothing is told out of order."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone
from tests.domains.messaging.conftest import make_chat, person

from juluo.domains.messaging import queries, services
from juluo.domains.messaging.models import Conversation, Message, MessageReaction, PrivateMessage
from juluo.domains.messaging.services import conversations
from juluo.eventlog.models import EventRecord
from juluo.live.models import Signal

ATONCE = 16


def all_at_once(acts):
    def run(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(ATONCE) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_sixty_four_messages_at_once_lose_nothing():
    people = [person(f"p{number}") for number in range(8)]
    group = make_chat(people[0], *people[1:])

    def sender(number):
        return lambda: services.send(
            group_id=group.pk, body=str(number), actor=people[number % 8], at=timezone.now()
        )

    outcomes = all_at_once([sender(number) for number in range(64)])

    assert not [each for each in outcomes if isinstance(each, Exception)]
    rows = list(Message.objects.order_by("pk"))
    assert sorted(int(row.body) for row in rows) == list(range(64))
    moments = [row.sent_at for row in rows]
    assert moments == sorted(set(moments))
    assert EventRecord.objects.filter(name="messaging.message_sent").count() == 64
    assert Signal.objects.filter(topic=f"group:{group.pk}").count() == 64


@pytest.mark.django_db(transaction=True)
def test_a_page_that_reads_on_while_all_write_misses_nothing():
    people = [person(f"p{number}") for number in range(8)]
    group = make_chat(people[0], *people[1:])
    since, seen = group.opened_at, []

    def sender(number):
        return lambda: services.send(
            group_id=group.pk, body=str(number), actor=people[number % 8], at=timezone.now()
        )

    with ThreadPoolExecutor(1) as writing:
        work = writing.submit(all_at_once, [sender(number) for number in range(48)])
        while True:
            is_over = work.done()
            news = queries.group_news(group_id=group.pk, since=since, viewer_id=people[0].pk)
            seen += [each.id for day in news.days for each in day.messages]
            since = news.until
            if is_over:
                break

    assert sorted(seen) == sorted(Message.objects.values_list("pk", flat=True))
    assert len(seen) == 48


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_find_one_conversation():
    one, other = person("one"), person("other")

    def begin(author, to):
        return lambda: conversations.begin(
            member_ids=[to.pk], body="x", actor=author, at=timezone.now()
        )

    outcomes = all_at_once([begin(one, other), begin(other, one)] * 4)

    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert Conversation.objects.count() == 1
    assert PrivateMessage.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_marks_at_once_are_counted_right():
    people = [person(f"p{number}") for number in range(8)]
    group = make_chat(people[0], *people[1:])
    message = services.send(group_id=group.pk, body="x", actor=people[0], at=timezone.now())

    def mark(who):
        return lambda: services.react(
            message_id=message.pk, emoji="👍", actor=who, at=timezone.now()
        )

    all_at_once([mark(each) for each in people])

    message.refresh_from_db()
    assert message.reaction_counts == {"👍": 8}
    assert MessageReaction.objects.count() == 8
    assert connection.in_atomic_block is False
