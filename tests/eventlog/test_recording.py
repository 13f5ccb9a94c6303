"""The log takes events only with their change, each once, and keeps them as they were."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from juluo.eventlog.models import EventRecord, LakeBatch
from juluo.eventlog.recording import Happening, OutsideTransaction, record, record_many
from juluo.eventlog.subscriptions import typed
from juluo.events.discussions import CommentWritten, PostPublished
from juluo.events.members import MemberJoined

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_refuses_to_record_outside_a_transaction_and_leaves_no_trace():
    with pytest.raises(OutsideTransaction):
        record(MemberJoined(member_id=1), at=NOON)

    assert not EventRecord.objects.exists()


@pytest.mark.django_db
def test_fields_named_like_a_column_are_stored_there_and_the_rest_in_the_payload():
    event = CommentWritten(
        subject_id="comment:7", thread_id="post:2", space_id=5, recipient_id=9, language="zh"
    )

    line = record(event, at=NOON, actor_id=3)

    assert (line.name, line.version) == ("discussions.comment_written", 1)
    assert (line.subject_id, line.thread_id, line.parent_id) == ("comment:7", "post:2", "")
    assert (line.space_id, line.actor_id, line.recipient_id) == (5, 3, 9)
    assert line.payload == {"language": "zh"}
    assert typed(line) == event


@pytest.mark.django_db
def test_the_same_key_is_recorded_once():
    joined = Happening(event=MemberJoined(member_id=1), at=NOON, key="slack:T1/U1:joined")

    assert record_many([joined, joined]) == 1
    assert record_many([joined]) == 0
    assert EventRecord.objects.count() == 1


@pytest.mark.django_db
def test_an_event_is_gone_with_the_change_it_told_of():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(MemberJoined(member_id=1), at=NOON)
        raise RuntimeError("the change failed")

    assert not EventRecord.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM eventlog_eventrecord",
        "UPDATE eventlog_eventrecord SET name = 'other'",
        "UPDATE eventlog_eventrecord SET actor_id = 2",
        "UPDATE eventlog_eventrecord SET payload = '{}'",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(statement):
    record(MemberJoined(member_id=1), at=NOON, actor_id=1)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert EventRecord.objects.get().actor_id == 1


@pytest.mark.django_db
def test_the_batch_mark_may_be_set():
    record(PostPublished(subject_id="post:1", thread_id="post:1", space_id=1), at=NOON, actor_id=1)
    batch = LakeBatch.objects.create(claimed_at=NOON)

    EventRecord.objects.update(batch=batch)

    assert EventRecord.objects.get().batch == batch
