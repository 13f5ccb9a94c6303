"""The real objects that talk offers to tasks: questions, posts, and posts still awaited."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from juluo.domains.community import queries as community
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.planning.models import ContentSlot
from juluo.domains.planning.queries.links import number_in
from juluo.domains.planning.rules.links import (
    Publication,
    Waiting,
    awaited_from,
    closed_by,
)
from juluo.domains.planning.types import Choice, Closing, LinkKind, OpenLink
from juluo.events.base import reference
from juluo.events.discussions import AnswerAccepted, PostPublished, QuestionAsked

AWAITED = "awaited_post"


def awaited_words(_ref: str, kept: Mapping[str, Any]) -> str:
    """Say what is awaited: "The first post in Digest by 小李 with “July”"."""
    awaited = awaited_from(kept)
    space = discussions.space_names([awaited.space_id]).get(awaited.space_id, "–")
    words = {
        "": _("The first post or question in “%(space)s”"),
        "post": _("The first post in “%(space)s”"),
        "question": _("The first question in “%(space)s”"),
    }[awaited.format] % {"space": space}
    if awaited.member_id is not None:
        name = members.names([awaited.member_id]).get(awaited.member_id, _("a former member"))
        words += _(", by %(name)s") % {"name": name}
    if awaited.words:
        words += _(", with “%(words)s” in its title") % {"words": " ".join(awaited.words)}
    return words


def _choices(found: Iterable[discussions.Published]) -> list[Choice]:
    return [
        Choice(ref=reference("post", each.id), label=f"{each.title} ({each.at:%Y-%m-%d})")
        for each in found
    ]


def _find_posts(words: str) -> list[Choice]:
    return _choices(discussions.search_titles(words, kind="post"))


def _find_questions(words: str) -> list[Choice]:
    return _choices(discussions.search_titles(words, kind="question"))


def _find_nothing(_words: str) -> list[Choice]:
    return []


def post_title(ref: str, _awaited: Mapping[str, Any]) -> str:
    """Return a post's title by its reference; "" where there is none."""
    number = number_in(ref, "post")
    return discussions.post_titles([number]).get(number, "") if number is not None else ""


def post_url(ref: str) -> str:
    """Return a post's address by its reference; "" where it names none."""
    number = number_in(ref, "post")
    return reverse("discussions:post", args=[number]) if number is not None else ""


def _space_url(ref: str) -> str:
    number = number_in(ref, "space")
    return reverse("web:space", args=[number]) if number is not None else ""


def _accepted(event: AnswerAccepted, links: Sequence[OpenLink], at: datetime) -> list[Closing]:
    return [Closing(link_id=link.id, ref=event.thread_id, at=at) for link in links]


def _solved_already(links: Sequence[OpenLink]) -> list[Closing]:
    numbers = {number_in(link.ref, "post") for link in links} - {None}
    found = discussions.solved([number for number in numbers if number is not None])
    solved_at = {reference("post", each.question_id): each.at for each in found}
    return [
        Closing(link_id=link.id, ref=link.ref, at=solved_at[link.ref])
        for link in links
        if link.ref in solved_at
    ]


def _published(
    event: PostPublished | QuestionAsked, links: Sequence[OpenLink], at: datetime
) -> list[Closing]:
    return [Closing(link_id=link.id, ref=event.subject_id, at=at) for link in links]


def _published_already(links: Sequence[OpenLink]) -> list[Closing]:
    found = []
    for link in links:
        number = number_in(link.ref, "post")
        post = discussions.published(number) if number is not None else None
        if post is not None:
            found.append(Closing(link_id=link.id, ref=link.ref, at=post.at))
    return found


def _heard_publication(
    event: PostPublished | QuestionAsked, links: Sequence[OpenLink], at: datetime
) -> list[Closing]:
    number = number_in(event.subject_id, "post")
    post = discussions.published(number) if number is not None else None
    if post is None:
        return []
    zone = ZoneInfo(community.settings().timezone)
    closed = closed_by(_publication(post, zone), [_waiting(link) for link in links])
    return [Closing(link_id=link_id, ref=event.subject_id, at=at) for link_id in closed]


def _found_publications(links: Sequence[OpenLink]) -> list[Closing]:
    """Go through what each awaited space has published since, oldest first."""
    zone = ZoneInfo(community.settings().timezone)
    closings: list[Closing] = []
    for ref in sorted({link.ref for link in links}):
        waiting = [_waiting(link) for link in links if link.ref == ref]
        closings += _found_in_space(ref, waiting, zone)
    return closings


def _found_in_space(ref: str, waiting: list[Waiting], zone: ZoneInfo) -> list[Closing]:
    space_id = number_in(ref, "space")
    if space_id is None:
        return []
    since = datetime.combine(min(each.since for each in waiting), time.min, zone)
    published = list(discussions.published_in(space_id=space_id, since=since))
    filled = _filling([reference("post", each.id) for each in published])
    found: list[Closing] = []
    for post in published:
        about = _publication(post, zone)
        closed = closed_by(about, waiting, may_fill_slot=about.ref not in filled)
        found += [Closing(link_id=link_id, ref=about.ref, at=post.at) for link_id in closed]
        waiting = [each for each in waiting if each.link_id not in closed]
        if not waiting:
            break
    return found


def _filling(refs: list[str]) -> set[str]:
    """Return which of these fill a slot already."""
    found: set[str] = set()
    for start in range(0, len(refs), 500):
        rows = ContentSlot.objects.filter(published_ref__in=refs[start : start + 500])
        found |= {str(ref) for ref in rows.values_list("published_ref", flat=True)}
    return found


def _waiting(link: OpenLink) -> Waiting:
    return Waiting(
        link_id=link.id,
        awaited=awaited_from(link.awaited),
        since=link.since,
        slot_due=link.slot_due,
    )


def _publication(post: discussions.Published, zone: ZoneInfo) -> Publication:
    return Publication(
        ref=reference("post", post.id),
        space_id=post.space_id,
        author_id=post.author_id,
        title=post.title,
        format=post.kind,
        day=post.at.astimezone(zone).date(),
    )


OWN_KINDS = (
    LinkKind(
        key=AWAITED,
        label=gettext_lazy("A post still to be published"),
        closes_on=(PostPublished, QuestionAsked),
        refs=lambda event: (reference("space", event.space_id),),
        heard=_heard_publication,
        find=_find_nothing,
        title=awaited_words,
        url=_space_url,
        looked_up=_found_publications,
    ),
    LinkKind(
        key="question",
        label=pgettext_lazy("link", "A question that needs a solution"),
        closes_on=(AnswerAccepted,),
        refs=lambda event: (event.thread_id,),
        heard=_accepted,
        find=_find_questions,
        title=post_title,
        url=post_url,
        looked_up=_solved_already,
    ),
    LinkKind(
        key="post",
        label=pgettext_lazy("link", "A post"),
        closes_on=(PostPublished, QuestionAsked),
        refs=lambda event: (event.subject_id,),
        heard=_published,
        find=_find_posts,
        title=post_title,
        url=post_url,
        looked_up=_published_already,
    ),
)
