"""Tell members what concerns them, in the way each wants to be told."""

from juluo.domains.notifications.services.mailing import (
    forget_old_marks,
    send_due_digests,
    send_due_mail,
)
from juluo.domains.notifications.services.preferences import (
    Wanted,
    choose,
    mute,
    unmute,
    want_mail,
)
from juluo.domains.notifications.services.stopping import (
    DIGEST,
    EVERYTHING,
    Link,
    NotOurLink,
    read_link,
    stop,
    stop_link,
)
from juluo.domains.notifications.services.telling import mark_read, tell, tell_all

__all__ = [
    "DIGEST",
    "EVERYTHING",
    "Link",
    "NotOurLink",
    "Wanted",
    "choose",
    "forget_old_marks",
    "mark_read",
    "mute",
    "read_link",
    "send_due_digests",
    "send_due_mail",
    "stop",
    "stop_link",
    "tell",
    "tell_all",
    "unmute",
    "want_mail",
]
