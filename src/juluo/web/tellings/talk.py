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
    "messaging.message_sent": Telling(words=_("Sent a message"), icon="messages"),
    "messaging.message_taken_back": Telling(words=_("Deleted a message"), icon="trash"),
    "messaging.group_opened": Telling(words=_("Opened a chat group"), icon="users-group"),
    "messaging.group_joined": Telling(words=_("Joined a chat group"), icon="user-plus"),
    "messaging.group_left": Telling(words=_("Left a chat group"), icon="logout"),
    "messaging.private_message_sent": Telling(words=_("Sent a private message"), icon="lock"),
}
