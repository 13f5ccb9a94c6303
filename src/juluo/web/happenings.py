"""How a line of the event log is told on a page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions import queries as discussions
from juluo.eventlog.reading import Line


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The words and the icon for one type of event."""

    words: str | Promise
    icon: str


TELLINGS: dict[str, Telling] = {
    "members.joined": Telling(words=_("Became a member"), icon="user-plus"),
    "members.left": Telling(words=_("Left"), icon="logout"),
    "members.signed_in": Telling(words=_("Signed in"), icon="login-2"),
    "members.role_changed": Telling(words=_("Changed a role"), icon="shield"),
    "members.kind_changed": Telling(words=_("Marked an account"), icon="robot"),
    "members.suspended": Telling(words=_("Suspended an account"), icon="ban"),
    "members.reinstated": Telling(words=_("Reinstated an account"), icon="user-check"),
    "discussions.space_opened": Telling(words=_("Opened a space"), icon="folder"),
    "discussions.post_published": Telling(words=_("Published a post"), icon="article"),
    "discussions.question_asked": Telling(words=_("Asked a question"), icon="help-circle"),
    "discussions.answer_given": Telling(words=_("Answered a question"), icon="bulb"),
    "discussions.comment_written": Telling(words=_("Wrote a comment"), icon="message"),
    "discussions.answer_accepted": Telling(words=_("Accepted an answer"), icon="circle-check"),
    "discussions.reacted": Telling(words=_("Reacted"), icon="mood-smile"),
    "community.changed": Telling(words=_("Changed the community's settings"), icon="settings"),
    "importing.import_finished": Telling(words=_("Finished an import"), icon="database-import"),
    "messaging.message_sent": Telling(words=_("Sent a message"), icon="messages"),
}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line as a page shows it."""

    words: str | Promise
    icon: str
    at: datetime
    space_id: int | None
    space_name: str
    title: str
    url: str
    source: str


def told(lines: list[Line]) -> list[Happening]:
    """Return the lines with names and links. Two queries, however many there are."""
    spaces = discussions.space_names({line.space_id for line in lines if line.space_id})
    posts = {pk for line in lines if (pk := _post_id(line)) is not None}
    titles = discussions.post_titles(posts)
    return [_happening(line, spaces, titles) for line in lines]


def _happening(line: Line, spaces: dict[int, str], titles: dict[int, str]) -> Happening:
    telling = telling_of(line.name)
    post_id = _post_id(line)
    is_known = post_id is not None and post_id in titles
    return Happening(
        words=telling.words,
        icon=telling.icon,
        at=line.occurred_at,
        space_id=line.space_id if line.space_id in spaces else None,
        space_name=spaces.get(line.space_id or 0, ""),
        title=titles.get(post_id or 0, "") if is_known else "",
        url=reverse("discussions:post", args=[post_id]) if is_known else "",
        source=line.source,
    )


def telling_of(name: str) -> Telling:
    """Return the words for a type of event; its bare name where we have none."""
    return TELLINGS.get(name, Telling(words=name, icon="activity"))


def thread_address(ref: str) -> str:
    """Return the page of the thread that a reference names, or nothing."""
    kind, _colon, number = ref.partition(":")
    if not number.isdecimal():
        return ""
    if kind == "post":
        return reverse("discussions:post", args=[int(number)])
    if kind == "message":
        return reverse("messaging:message", args=[int(number)])
    return ""


def _post_id(line: Line) -> int | None:
    """Return the post that a line stands under: its thread, or the post itself."""
    for ref in (line.thread_id, line.subject_id):
        kind, _colon, number = ref.partition(":")
        if kind == "post" and number.isdecimal():
            return int(number)
    return None
