"""Questions that may have been asked before, by the words their titles share."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from juluo.domains.discussions import permissions, rules
from juluo.domains.discussions.models import Post
from juluo.domains.members.permissions import Viewer

LIKELY = 5
WORDS = 8
LOOKED_AT = 200
# Of all that two titles say, how much both must say.
ENOUGH = 0.4


@dataclass(frozen=True, kw_only=True)
class Similar:
    """A question that was asked before."""

    id: int
    title: str
    is_solved: bool
    answers: int


def similar_questions(
    title: str, *, viewer: Viewer | None, besides: int | None = None
) -> tuple[Similar, ...]:
    """Return up to five questions a viewer may read that a title may ask again. One query.

    The likeliest first; of equals those that are solved, then the newest.
    """
    words = rules.title_words(title[: rules.TITLE])
    if not words:
        return ()
    telling = sorted(words, key=lambda word: (-len(word), word))[:WORDS]
    holds = reduce(or_, (Q(title__icontains=word) for word in telling))
    asked = Post.objects.filter(
        permissions.readable_by(viewer, "space__"),
        holds,
        kind=Post.Kind.QUESTION,
        deleted_at=None,
        duplicate_of=None,
    ).exclude(pk=besides or 0)
    rows = asked.order_by("-published_at", "-pk")[:LOOKED_AT]
    columns = ("pk", "title", "accepted_answer_id", "answer_count")
    found = [
        (rules.likeness(words, rules.title_words(row[1])), row[2] is not None, row)
        for row in rows.values_list(*columns)
    ]
    likely = [each for each in found if each[0] >= ENOUGH]
    likely.sort(key=lambda each: (-each[0], not each[1]))
    return tuple(
        Similar(id=pk, title=title, is_solved=accepted is not None, answers=answers)
        for _likeness, _solved, (pk, title, accepted, answers) in likely[:LIKELY]
    )
