"""Every write to chat groups and private conversations that another package may ask for."""

from juluo.domains.members.services import GuidelinesFirst
from juluo.domains.messaging.services.groups import (
    change_group,
    hand_over,
    invite,
    join,
    leave,
    let_in,
    mute,
    open_group,
    remove,
)
from juluo.domains.messaging.services.holding import (
    hand_back_messages,
    hand_over_messages,
    hold_message,
    hold_private,
    let_message_go,
    let_private_go,
)
from juluo.domains.messaging.services.messages import delete, edit, mark_read, react, send
from juluo.domains.messaging.services.outside import bring_in_groups, bring_in_messages
from juluo.domains.messaging.services.refusals import (
    DoesNotWishIt,
    LastOwner,
    MayNotWrite,
    NotThere,
    TooLarge,
    TooMany,
    TooManyStrangers,
    TooSoon,
    Unsendable,
)

__all__ = [
    "DoesNotWishIt",
    "GuidelinesFirst",
    "LastOwner",
    "MayNotWrite",
    "NotThere",
    "TooLarge",
    "TooMany",
    "TooManyStrangers",
    "TooSoon",
    "Unsendable",
    "bring_in_groups",
    "bring_in_messages",
    "change_group",
    "delete",
    "edit",
    "hand_back_messages",
    "hand_over",
    "hand_over_messages",
    "hold_message",
    "hold_private",
    "invite",
    "join",
    "leave",
    "let_in",
    "let_message_go",
    "let_private_go",
    "mark_read",
    "mute",
    "open_group",
    "react",
    "remove",
    "send",
]
