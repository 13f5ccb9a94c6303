"""What members find first, of all spaces they may read.

*For you* is a plain order. First new replies in threads they began or follow; then new openings of
the spaces they joined, of members and tags they follow; then questions nobody answered in those
spaces: each the newest first, of the last 14 days, PICKED in all. Then everything else, the
newest first. Each row says why it stands where it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from juluo.domains.discussions import permissions, rules
from juluo.domains.discussions.models import Follow, Post, PostTag, SpaceMember
from juluo.domains.discussions.queries.lists import EXCERPT, PAGE, WEEK, PostRow, beyond
from juluo.domains.discussions.queries.reading import told_new, with_counts, with_my_reading
from juluo.domains.members.permissions import Viewer
from juluo.lib.talk_html import first_words

FRESH = timedelta(days=14)
# Among how many of the newest openings what is for a member is looked for, and how much is picked.
NEWEST = 100
PICKED = 40
FEEDS = ("for_you", "following", "latest", "unanswered", "top")


class Why(IntEnum):
    """Why a row stands in *for you*, in the order in which they come."""

    YOUR_THREAD = 1
    FOLLOWED_THREAD = 2
    YOUR_SPACE = 3
    FOLLOWED_MEMBER = 4
    FOLLOWED_TAG = 5
    UNANSWERED = 6
    LATEST = 7


# Replies come first, whichever thread they stand in; then what is new; then what waits.
TIERS = {
    Why.YOUR_THREAD: 1,
    Why.FOLLOWED_THREAD: 1,
    Why.YOUR_SPACE: 2,
    Why.FOLLOWED_MEMBER: 2,
    Why.FOLLOWED_TAG: 2,
    Why.UNANSWERED: 3,
    Why.LATEST: 4,
}
Spot = tuple[int, datetime, int]


@dataclass(frozen=True, kw_only=True)
class FeedPage:
    """One page of a feed, and from where the next one goes on: tier, moment, id."""

    rows: tuple[PostRow, ...]
    next: Spot | None = None


def feed(name: str, *, viewer: Viewer | None, now: datetime, after: Spot | None = None) -> FeedPage:
    """Return a page of a feed as a viewer may read it; three queries at most.

    Strangers have *latest*, *unanswered* and *top*.
    """
    member_id = (viewer.pk if viewer is not None else None) or 0
    if name == "for_you" and member_id:
        spots = _for_you(viewer, member_id, now, after)
    elif name == "top":
        spots = _top(viewer, now) if after is None else []
    else:
        rows = _rows_of(name, viewer, member_id)
        spots = _newest(rows, after, Why.LATEST, PAGE + 1)
    shown = spots[:PAGE]
    more = len(spots) > PAGE and name != "top"
    return FeedPage(
        rows=_shown(shown, member_id, now, tells_why=name == "for_you"),
        next=(TIERS[shown[-1][0]], *shown[-1][1:]) if more else None,
    )


def _readable(viewer: Viewer | None) -> QuerySet[Post]:
    return Post.objects.filter(permissions.readable_by(viewer, "space__"), deleted_at=None)


def _rows_of(name: str, viewer: Viewer | None, member_id: int) -> QuerySet[Post]:
    rows = _readable(viewer)
    if name == "unanswered":
        return rows.filter(kind=Post.Kind.QUESTION, answer_count=0, closed_at=None)
    if name == "following":
        mine = Follow.objects.filter(member_id=member_id)
        people = mine.exclude(followed=None).values("followed_id")
        tags = PostTag.objects.filter(tag__in=mine.exclude(tag="").values("tag"))
        return rows.filter(
            Q(author_id__in=people)
            | Q(pk__in=mine.exclude(post=None).values("post_id"))
            | Q(pk__in=tags.values("post_id"))
        )
    return rows


def _newest(
    rows: QuerySet[Post], after: Spot | None, why: Why, limit: int
) -> list[tuple[Why, datetime, int]]:
    if after is not None:
        rows = rows.filter(beyond(after[1:], "lt"))
    found = rows.order_by("-published_at", "-pk").values_list("published_at", "pk")
    return [(why, at, pk) for at, pk in found[:limit]]


def _top(viewer: Viewer | None, now: datetime) -> list[tuple[Why, datetime, int]]:
    rows = _readable(viewer).filter(published_at__gt=now - WEEK)
    weight = F("votes") + F("answer_count") + F("comment_count")
    found = rows.order_by(-weight, "-published_at", "-pk").values_list("published_at", "pk")
    return [(Why.LATEST, at, pk) for at, pk in found[:PAGE]]


def _for_you(
    viewer: Viewer | None, member_id: int, now: datetime, after: Spot | None
) -> list[tuple[Why, datetime, int]]:
    """Return up to a page and one of what is for a member, beyond a spot: two queries."""
    picked = _picked(viewer, member_id, now)
    spots = [each for each in picked if after is None or _follows(each, after)]
    if len(spots) <= PAGE:
        last = TIERS[Why.LATEST]
        rest = _readable(viewer).exclude(pk__in=[pk for _why, _at, pk in picked])
        place = after if after is not None and after[0] == last else None
        spots += _newest(rest, place, Why.LATEST, PAGE + 1 - len(spots))
    return spots


def _follows(each: tuple[Why, datetime, int], after: Spot) -> bool:
    tier, at, pk = after
    mine = TIERS[each[0]]
    return mine > tier or (mine == tier and (each[1], each[2]) < (at, pk))


def _picked(
    viewer: Viewer | None, member_id: int, now: datetime
) -> list[tuple[Why, datetime, int]]:
    """Return what is picked for a member, in order. One query; what it tells is weighed here."""
    fresh = now - FRESH
    newest = Post.objects.filter(published_at__gt=fresh).order_by("-published_at", "-pk")
    followed = Follow.objects.filter(member_id=member_id)
    mine = Q(author_id=member_id) | Q(pk__in=followed.exclude(post=None).values("post_id"))
    rows = _readable(viewer).filter(
        Q(pk__in=newest.values("pk")[:NEWEST]) | (Q(last_reply_at__gt=fresh) & mine)
    )
    tags = PostTag.objects.filter(
        post=OuterRef("pk"), tag__in=followed.exclude(tag="").values("tag")
    )
    told = with_my_reading(rows, member_id).annotate(
        follows_thread=Exists(followed.filter(post=OuterRef("pk"))),
        follows_author=Exists(followed.filter(followed=OuterRef("author_id"))),
        follows_tag=Exists(tags),
    )
    seen = [_Seen(*row) for row in told.values_list(*_Seen._fields)]
    found = [
        (why, each.moment(why), each.pk) for each in seen if (why := each.why(member_id, fresh))
    ]
    found.sort(key=lambda each: (each[1], each[2]), reverse=True)
    found.sort(key=lambda each: TIERS[each[0]])
    return found[:PICKED]


class _Seen(NamedTuple):
    """What decides where one opening stands for one member."""

    pk: int
    author_id: int | None
    kind: str
    answer_count: int
    closed_at: datetime | None
    published_at: datetime
    last_reply_at: datetime | None
    my_read__read_at: datetime | None
    my_space__level: str | None
    my_space__read_at: datetime | None
    follows_thread: bool
    follows_author: bool
    follows_tag: bool

    def why(self, member_id: int, fresh: datetime) -> Why | None:
        """Return why it is picked; None where it is one of the latest."""
        if self.last_reply_at and self.last_reply_at > fresh and self._unread(self.last_reply_at):
            if self.author_id == member_id:
                return Why.YOUR_THREAD
            if self.follows_thread:
                return Why.FOLLOWED_THREAD
        if self.published_at <= fresh or self.author_id == member_id:
            return None
        hears = self.my_space__level not in {None, SpaceMember.Level.MUTED}
        if self.my_read__read_at is None and self._unread(self.published_at):
            for is_so, why in (
                (self.follows_author, Why.FOLLOWED_MEMBER),
                (hears, Why.YOUR_SPACE),
                (self.follows_tag, Why.FOLLOWED_TAG),
            ):
                if is_so:
                    return why
        waits = self.kind == Post.Kind.QUESTION and not self.answer_count and not self.closed_at
        return Why.UNANSWERED if waits and hears else None

    def moment(self, why: Why) -> datetime:
        """Return by which moment it stands among others with the same reason."""
        return self.last_reply_at or self.published_at if TIERS[why] == 1 else self.published_at

    def _unread(self, at: datetime) -> bool:
        read = (self.my_read__read_at, self.my_space__read_at)
        return all(each is None or each < at for each in read)


_COLUMNS = (
    "pk", "title", "words", "body_format", "kind", "accepted_answer_id", "closed_at", "pinned_at",
    "featured_at", "author_id", "author__display_name", "published_at", "answer_count",
    "comment_count", "reaction_counts", "tags", "space_id", "space__name",
    "my_read__read_at", "space_read_at", "news",
)  # fmt: skip


def _shown(
    spots: Sequence[tuple[Why, datetime, int]],
    member_id: int,
    now: datetime,
    *,
    tells_why: bool,
) -> tuple[PostRow, ...]:
    """Return the rows of spots, in their order, with what is new in each. One query."""
    if not spots:
        return ()
    posts = Post.objects.filter(pk__in=[pk for _why, _at, pk in spots])
    posts = with_counts(with_my_reading(posts, member_id), member_id, now)
    # The whole of a long text is not fetched for its first words.
    posts = posts.annotate(words=Left("body", EXCERPT * 8))
    found = {row["pk"]: row for row in posts.values(*_COLUMNS)}
    return tuple(
        told_new(
            _row(found[pk], why if tells_why else None),
            found[pk]["news"],
            found[pk]["my_read__read_at"],
            found[pk]["space_read_at"],
            member_id=member_id,
            now=now,
        )
        for why, _at, pk in spots
        if pk in found
    )


def _row(post: dict[str, Any], why: Why | None) -> PostRow:
    words, form = post["words"], post["body_format"]
    counts = post["reaction_counts"] if isinstance(post["reaction_counts"], dict) else {}
    return PostRow(
        id=post["pk"],
        title=post["title"] or first_words(words, form, length=80) or "…",
        excerpt=first_words(words, form, length=EXCERPT) if post["title"] else "",
        is_question=post["kind"] == Post.Kind.QUESTION,
        is_solved=post["accepted_answer_id"] is not None,
        is_closed=post["closed_at"] is not None,
        is_pinned=post["pinned_at"] is not None,
        is_featured=post["featured_at"] is not None,
        author_id=post["author_id"],
        author_name=post["author__display_name"] or "",
        published_at=post["published_at"],
        answers=post["answer_count"],
        comments=post["comment_count"],
        reactions=sum(int(count) for count in counts.values() if count),
        tags=rules.tags_found_by(post["tags"]),
        space_id=post["space_id"],
        space_name=post["space__name"],
        why=why.name.lower() if why is not None else "",
    )
