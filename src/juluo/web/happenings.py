"""How a line of the event log is told on a page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from juluo.domains.discussions import queries as discussions
from juluo.eventlog.reading import Line
from juluo.web.tellings import TELLINGS, Telling


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
