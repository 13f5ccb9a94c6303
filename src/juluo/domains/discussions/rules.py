"""Who may do what where, and what a text must be, as pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from juluo.lib.typed_text import says_something, tidy_line

TITLE = 200
BODY = 40_000
COMMENT = 10_000
TAGS = 5
TAG = 40
REASON = 200
# How many spaces stand over each other at most.
DEEPEST = 4
# The marks that members may put; others come with imports and are only shown.
REACTIONS = ("+1", "heart", "joy", "tada", "thinking", "pray")
AGAINST = frozenset({"-1", "thumbsdown", "down"})
# Words in titles of questions that say nothing of what is asked.
SAYS_LITTLE = frozenset(
    (
        "怎么", "怎样", "怎么办", "如何", "什么", "为什么", "可以", "请问", "有没有", "是否",
        "能否", "一下", "这个", "那个", "大家", "求助", "问题", "how", "what", "why", "where",
        "when", "who", "which", "can", "could", "the", "and", "for", "with", "does", "did", "is",
        "are", "was", "have", "has", "not", "you", "to", "in", "of", "on", "it", "my", "do",
        "an", "any",
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where someone stands towards a space; a stranger is no member of anything."""

    visibility: str
    posting: str
    is_archived: bool = False
    is_member: bool = False
    is_staff: bool = False
    has_joined: bool = False
    is_moderator_here: bool = False

    @property
    def may_know(self) -> bool:
        """Whether they may learn that the space exists, and its name."""
        return self.may_read or (self.is_member and self.visibility == "private")

    @property
    def may_read(self) -> bool:
        """Whether they may read what is said there."""
        if self.visibility == "public" or self.is_staff or self.has_joined:
            return True
        return self.is_member and self.visibility == "members"

    @property
    def may_moderate(self) -> bool:
        """Whether they keep order there."""
        return self.is_staff or (self.has_joined and self.is_moderator_here)

    @property
    def may_write(self) -> bool:
        """Whether they may change anything there: write, react, edit what is theirs."""
        return self.is_member and self.may_read and not self.is_archived

    @property
    def may_open(self) -> bool:
        """Whether they may publish posts and questions there."""
        if not self.may_write:
            return False
        if self.may_moderate or self.posting == "everyone":
            return True
        return self.posting == "joined" and self.has_joined

    @property
    def may_reply(self) -> bool:
        """Whether they may answer and comment there."""
        needs_joining = self.posting == "joined"
        return self.may_write and (not needs_joining or self.has_joined or self.may_moderate)

    @property
    def may_join(self) -> bool:
        """Whether they may join by themselves. Staff may join anywhere."""
        if not self.is_member or self.has_joined or self.is_archived:
            return False
        return self.is_staff or self.visibility in {"public", "members"}

    @property
    def may_ask_to_join(self) -> bool:
        """Whether they may ask to be let in."""
        if not self.is_member or self.has_joined or self.is_archived or self.is_staff:
            return False
        return self.visibility == "private"


def votes(counts: Mapping[str, int]) -> int:
    """Return what marks come to: those in favour less those against."""
    return sum(-count if mark in AGAINST else count for mark, count in counts.items())


def fits_under(parent_id: int, space_id: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether a space, or a new one, may stand under another: in no circle, and not too deep."""
    above = _way_up(parent_id, parents)
    if space_id in above:
        return False
    ways = (_way_up(each, parents) for each in parents)
    below = max((way.index(space_id) for way in ways if space_id in way), default=0)
    return len(above) + 1 + below <= DEEPEST


def _way_up(space_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a space and what it stands under, up to the top."""
    way: list[int] = []
    each: int | None = space_id
    while each is not None and each not in way:
        way.append(each)
        each = parents.get(each)
    return way


def tags_typed(text: str) -> tuple[str, ...]:
    """Return the tags in a line, each once, parted by commas of any kind."""
    for mark in "，、;；":
        text = text.replace(mark, ",")
    parts = (tidy_line(part).lstrip("#").strip().lower() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if says_something(part)))


@lru_cache(maxsize=4096)
def tag_named(text: str) -> str:
    """Return the tag that someone names, or nothing where it can be none."""
    found = tags_typed(text[: 4 * TAG])
    return found[0] if len(found) == 1 and len(found[0]) <= TAG else ""


def tags_found_by(tags: object) -> tuple[str, ...]:
    """Return by which tags a post is found and shown, whatever a source gave it."""
    given = tags if isinstance(tags, list | tuple) else ()
    named = (tag_named(str(each)) for each in given)
    return tuple(dict.fromkeys(tag for tag in named if tag))


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that tell what it is about, in lower case."""
    import rjieba

    words = (word.strip().lower() for word in rjieba.cut_for_search(tidy_line(title)))
    return frozenset(word for word in words if len(word) > 1 and word not in SAYS_LITTLE)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of what two titles say both say; longer words say more."""
    both = sum(len(word) for word in one & other)
    either = sum(len(word) for word in one) + sum(len(word) for word in other)
    return 2 * both / either if either else 0.0
