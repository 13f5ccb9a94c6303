"""What is joined, kept, written privately, changed and taken away."""

from tests.recounting.people import Count, number


def _happened(*names: str) -> Count:
    return number(lambda look, part: len(look.between(part.start, part.end, frozenset(names))))


def _actors(name: str) -> Count:
    def count(look, part):
        found = look.between(part.start, part.end, frozenset({name}))
        return len({each.who for each in found if each.who is not None})

    return number(count)


COUNTS = {
    "spaces.joined": _happened("discussions.space_joined"),
    "groups.joined": _happened("messaging.group_joined"),
    "private.messages": _happened("messaging.private_message_sent"),
    "private.writers": _actors("messaging.private_message_sent"),
    "interaction.bookmarks": _happened("discussions.bookmarked"),
    "interaction.follows": _happened("discussions.followed"),
    "guidelines.accepted": _actors("members.guidelines_accepted"),
    "upkeep.edits": _happened("discussions.talk_edited", "messaging.message_edited"),
    "upkeep.deletions": _happened("discussions.talk_deleted", "messaging.message_taken_back"),
    "upkeep.closed_threads": _happened("discussions.thread_closed"),
    "upkeep.featured": _happened("discussions.thread_featured"),
}
