"""Every write to discussions that another package may ask for."""

from juluo.domains.discussions.services.editing import (
    EditedMeanwhile,
    edit,
    revert,
)
from juluo.domains.discussions.services.entering import (
    NotAllowed,
    NotThere,
    ThreadIsClosed,
    TooFast,
    Unwritable,
)
from juluo.domains.discussions.services.escalating import escalate_late_questions
from juluo.domains.discussions.services.following import follow, unfollow
from juluo.domains.discussions.services.handing_over import hand_back, hand_over
from juluo.domains.discussions.services.holding import hold, let_go
from juluo.domains.discussions.services.importing import (
    bring_in_spaces,
    bring_in_talk,
    counted,
    record_marks,
)
from juluo.domains.discussions.services.joining import (
    add_to_space,
    ask_to_join,
    decline_request,
    give_space_role,
    join_space,
    leave_space,
    set_level,
    take_out_of_space,
)
from juluo.domains.discussions.services.keeping import (
    MARKS,
    mark_duplicate,
    mark_thread,
    move_thread,
)
from juluo.domains.discussions.services.reacting import (
    accept_answer,
    bookmark,
    drop_bookmark,
    react,
    unaccept_answer,
    unreact,
)
from juluo.domains.discussions.services.reading import (
    mark_space_read,
    mark_thread_read,
)
from juluo.domains.discussions.services.removing import (
    delete,
    restore,
)
from juluo.domains.discussions.services.spaces import (
    SpaceCircle,
    archive_space,
    bring_space_back,
    change_space,
    open_space,
)
from juluo.domains.discussions.services.telling import (
    tell_watchers,
)
from juluo.domains.discussions.services.writing import (
    ask_question,
    give_answer,
    publish_post,
    write_comment,
)
from juluo.domains.members.services import GuidelinesFirst

__all__ = [
    "MARKS",
    "EditedMeanwhile",
    "GuidelinesFirst",
    "NotAllowed",
    "NotThere",
    "SpaceCircle",
    "ThreadIsClosed",
    "TooFast",
    "Unwritable",
    "accept_answer",
    "add_to_space",
    "archive_space",
    "ask_question",
    "ask_to_join",
    "bookmark",
    "bring_in_spaces",
    "bring_in_talk",
    "bring_space_back",
    "change_space",
    "counted",
    "decline_request",
    "delete",
    "drop_bookmark",
    "edit",
    "escalate_late_questions",
    "follow",
    "give_answer",
    "give_space_role",
    "hand_back",
    "hand_over",
    "hold",
    "join_space",
    "leave_space",
    "let_go",
    "mark_duplicate",
    "mark_space_read",
    "mark_thread",
    "mark_thread_read",
    "move_thread",
    "open_space",
    "publish_post",
    "react",
    "record_marks",
    "restore",
    "revert",
    "set_level",
    "take_out_of_space",
    "tell_watchers",
    "unaccept_answer",
    "unfollow",
    "unreact",
    "write_comment",
]
