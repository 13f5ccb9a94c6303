"""What is said."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

TALK: dict[str, Telling] = {
    "discussions.space_opened": Telling(words=_("Opened a space"), icon="folder"),
    "discussions.post_published": Telling(words=_("Published a post"), icon="article"),
    "discussions.question_asked": Telling(words=_("Asked a question"), icon="help-circle"),
    "discussions.answer_given": Telling(words=_("Answered a question"), icon="bulb"),
    "discussions.comment_written": Telling(words=_("Wrote a comment"), icon="message"),
    "discussions.answer_accepted": Telling(words=_("Accepted an answer"), icon="circle-check"),
    "discussions.reacted": Telling(words=_("Reacted"), icon="mood-smile"),
    "discussions.space_changed": Telling(words=_("Changed a space"), icon="edit"),
    "discussions.space_archived": Telling(words=_("Archived a space"), icon="archive"),
    "discussions.space_brought_back": Telling(words=_("Brought a space back"), icon="refresh"),
    "discussions.space_joined": Telling(words=_("Joined a space"), icon="user-plus"),
    "discussions.space_left": Telling(words=_("Left a space"), icon="logout"),
    "discussions.space_role_given": Telling(words=_("Gave a role in a space"), icon="shield"),
    "discussions.joining_asked": Telling(words=_("Asked to join a space"), icon="user-check"),
    "discussions.joining_declined": Telling(words=_("Declined to let someone in"), icon="user-off"),
    "discussions.talk_edited": Telling(words=_("Edited what was said"), icon="pencil"),
    "discussions.talk_deleted": Telling(words=_("Deleted what was said"), icon="trash"),
    "discussions.talk_restored": Telling(words=_("Restored what was deleted"), icon="history"),
    "discussions.acceptance_withdrawn": Telling(
        words=_("Withdrew an acceptance"), icon="arrow-back-up"
    ),
    "discussions.reaction_withdrawn": Telling(words=_("Took a reaction back"), icon="x"),
    "discussions.thread_closed": Telling(words=_("Closed a post"), icon="lock"),
    "discussions.thread_reopened": Telling(words=_("Reopened a post"), icon="message"),
    "discussions.thread_pinned": Telling(words=_("Pinned a post"), icon="pin"),
    "discussions.thread_unpinned": Telling(words=_("Unpinned a post"), icon="pin"),
    "discussions.thread_featured": Telling(words=_("Featured a post"), icon="star"),
    "discussions.thread_unfeatured": Telling(words=_("Stopped featuring a post"), icon="star"),
    "discussions.thread_moved": Telling(words=_("Moved a post"), icon="folder"),
    "discussions.bookmarked": Telling(words=_("Bookmarked a post"), icon="bookmark"),
    "discussions.bookmark_dropped": Telling(words=_("Dropped a bookmark"), icon="bookmark"),
    "discussions.followed": Telling(words=_("Began to follow"), icon="bell-ringing"),
    "discussions.unfollowed": Telling(words=_("Stopped following"), icon="bell-off"),
    "discussions.marked_duplicate": Telling(
        words=_("Marked a question as a duplicate"), icon="copy"
    ),
    "discussions.question_escalated": Telling(words=_("A question waited too long"), icon="clock"),
    "messaging.message_sent": Telling(words=_("Sent a message"), icon="messages"),
    "messaging.message_edited": Telling(words=_("Edited a message"), icon="pencil"),
    "messaging.message_taken_back": Telling(words=_("Deleted a message"), icon="trash"),
    "messaging.message_put_back": Telling(words=_("Put a message back"), icon="history"),
    "messaging.group_opened": Telling(words=_("Opened a chat group"), icon="users-group"),
    "messaging.group_joined": Telling(words=_("Joined a chat group"), icon="user-plus"),
    "messaging.group_left": Telling(words=_("Left a chat group"), icon="logout"),
    "messaging.private_message_sent": Telling(words=_("Sent a private message"), icon="lock"),
}
