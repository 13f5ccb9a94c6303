"""Chat groups, private conversations, and the messages in both."""

from juluo.domains.messaging.models.conversations import (
    Block,
    Conversation,
    MessageSetting,
    Participant,
    PrivateMessage,
)
from juluo.domains.messaging.models.groups import (
    ChatGroup,
    GroupMember,
    Message,
    MessageReaction,
)

__all__ = [
    "Block",
    "ChatGroup",
    "Conversation",
    "GroupMember",
    "Message",
    "MessageReaction",
    "MessageSetting",
    "Participant",
    "PrivateMessage",
]
