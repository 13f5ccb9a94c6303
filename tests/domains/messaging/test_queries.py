from datetime import UTC, date, datetime, timedelta

import pytest

from juluo.domains.discussions.models import Space
from juluo.domains.messaging import queries
from juluo.domains.messaging.models import ChatGroup, Message

AT = datetime(2025, 3, 3, 23, 30, tzinfo=UTC)


@pytest.fixture
def group(db):
    space = Space.objects.create(name="general", opened_at=AT)
    return ChatGroup.objects.create(name="#general", space=space, opened_at=AT)


def say(group, number, **values):
    sent = AT + timedelta(minutes=number)
    return Message.objects.create(group=group, body=str(number), sent_at=sent, **values)


def ids(page):
    return [message.id for day in page.days for message in day.messages]


def test_shows_the_end_first_and_walks_both_ways(group, django_assert_num_queries):
    said = [say(group, number).pk for number in range(120)]

    with django_assert_num_queries(1):
        last = queries.log(group_id=group.pk)
    middle = queries.log(group_id=group.pk, before=last.older)
    first = queries.log(group_id=group.pk, before=middle.older)
    back = queries.log(group_id=group.pk, after=first.newer)

    assert ids(last) == said[70:]
    assert ids(middle) == said[20:70]
    assert ids(first) == said[:20]
    assert (last.newer, first.older) == (None, None)
    assert ids(back) == said[20:70]


def test_days_part_the_log_and_a_day_can_be_opened(group):
    for number in (0, 40, 60):
        say(group, number)

    page = queries.log(group_id=group.pk)
    second = queries.log(group_id=group.pk, since=datetime(2025, 3, 4, tzinfo=UTC))

    assert [(day.date, len(day.messages)) for day in page.days] == [
        (date(2025, 3, 3), 1),
        (date(2025, 3, 4), 2),
    ]
    assert len(ids(second)) == 2


def test_a_reply_quotes_what_it_answers(group):
    parent = say(group, 1)
    say(group, 2, parent=parent, reaction_counts={"+1": 2}, files=[{"name": "a.png"}])

    reply = queries.log(group_id=group.pk).days[0].messages[1]

    assert (reply.quoted_id, reply.quoted_text) == (parent.pk, "1")
    assert (reply.reactions, reply.files) == ((("+1", 2),), ("a.png",))
