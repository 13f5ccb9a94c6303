"""Every read of chat groups that leaves the domain."""

from juluo.domains.messaging.queries.outside_ids import groups_by_outside_id, sent_by_outside_id
from juluo.domains.messaging.queries.talk import (
    PAGE,
    QUOTE,
    Day,
    GroupCard,
    GroupHead,
    LogPage,
    MessagePlace,
    MessageView,
    Place,
    SpaceTalk,
    group_head,
    groups_of,
    log,
    message_count,
    message_place,
    talk_by_space,
)

__all__ = [
    "PAGE",
    "QUOTE",
    "Day",
    "GroupCard",
    "GroupHead",
    "LogPage",
    "MessagePlace",
    "MessageView",
    "Place",
    "SpaceTalk",
    "group_head",
    "groups_by_outside_id",
    "groups_of",
    "log",
    "message_count",
    "message_place",
    "sent_by_outside_id",
    "talk_by_space",
]
