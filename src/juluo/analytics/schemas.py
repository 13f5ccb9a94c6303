"""The columns of the relations that analytics reads, as Arrow knows them."""

import pyarrow as pa

UTC_MICROSECONDS = pa.timestamp("us", tz="UTC")

# One row of the event relation, in the lake's files and in the tail alike. References and
# choices that are absent are NULL, never "".
EVENT_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("version", pa.int16(), nullable=False),
        pa.field("occurred_at", UTC_MICROSECONDS, nullable=False),
        pa.field("recorded_at", UTC_MICROSECONDS, nullable=False),
        pa.field("actor_id", pa.int64()),
        pa.field("space_id", pa.int64()),
        pa.field("subject_id", pa.string()),
        pa.field("thread_id", pa.string()),
        pa.field("parent_id", pa.string()),
        pa.field("recipient_id", pa.int64()),
        pa.field("channel", pa.string()),
        pa.field("source", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        # The event's own fields as JSON text, e.g. {"language": "zh", "emoji": "+1"}.
        pa.field("payload", pa.string(), nullable=False),
    ]
)

# Everyone the community knows, one row each.
PEOPLE_SCHEMA = pa.schema(
    [
        pa.field("member_id", pa.int64(), nullable=False),
        # person, bot, system or test
        pa.field("kind", pa.string(), nullable=False),
        pa.field("is_staff", pa.bool_(), nullable=False),
    ]
)
