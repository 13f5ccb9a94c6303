"""The words of a message, as they are kept."""

from juluo.domains.messaging.rules import LONGEST
from juluo.domains.messaging.services.refusals import Unsendable
from juluo.lib.typed_text import says_something, tidy


def kept(body: str) -> str:
    """Return a message as it is kept.

    :raises Unsendable: if it says nothing, or more than a message holds.
    """
    words = tidy(body)
    if not says_something(words) or len(words) > LONGEST:
        raise Unsendable
    return words
