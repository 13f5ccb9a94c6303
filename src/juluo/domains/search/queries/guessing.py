"""What may have been meant by a word that stands nowhere.

The list of words knows nothing of who may read what; so a guess is told to a viewer only after it
has found something that they may read.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice, product

from juluo.domains.members.permissions import Viewer
from juluo.domains.search import rules
from juluo.domains.search.models import SearchWord
from juluo.domains.search.queries.matching import MOST, Hit, hits
from juluo.domains.search.types import Narrowed
from juluo.lib import search_words

GUESSES = 8
LOOKED_AT = 4000
SHORTEST_SOUND = 3


def best_guess(
    viewer: Viewer, narrowed: Narrowed, words: tuple[str, ...]
) -> tuple[tuple[str, ...], list[Hit]] | None:
    """Return the words that were likely meant and what they find for this viewer, or None."""
    best: tuple[tuple[str, ...], list[Hit]] | None = None
    for guess in islice(_guesses(words), GUESSES):
        sought = rules.Sought(words=guess)
        found = hits(viewer, narrowed, partial(rules.Tongue.all_of, sought=sought), most=MOST)
        if found and (best is None or len(found) > len(best[1])):
            best = guess, found
    return best


def _guesses(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield other words in the place of those that stand nowhere, the likeliest first."""
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))
    # A word too short or odd for the list stands as it is.
    ways = [[word] if word in known else _meant(word) or [word] for word in words[:6]]
    together = "".join(words)
    if len(words) > 1 and together.isascii():
        yield from ((each,) for each in _by_sound(together))
    for guess in product(*ways):
        if guess != words:
            yield guess


def _meant(word: str) -> list[str]:
    if not word.isascii():
        return _by_sound(search_words.sound(word))
    return [*_by_sound(word), *_by_spelling(word)][:GUESSES]


def _by_sound(sound: str) -> list[str]:
    """Return the words of hanzi that sound so."""
    if len(sound) < SHORTEST_SOUND:
        return []
    rows = SearchWord.objects.filter(sound=sound).order_by("length", "word")
    return list(rows.values_list("word", flat=True)[:GUESSES])


def _by_spelling(word: str) -> list[str]:
    """Return the words in letters that a slip of the keyboard or two may have become this."""
    most = 1 if len(word) < 6 else 2
    lengths = range(len(word) - most, len(word) + most + 1)
    # Slips are rare in the first letter.
    rows = SearchWord.objects.filter(word__startswith=word[0], sound="", length__in=lengths)
    near = [
        (search_words.distance(word, each, most=most), each)
        for each in rows.order_by("word").values_list("word", flat=True)[:LOOKED_AT]
    ]
    return [each for slips, each in sorted(near) if slips <= most][:GUESSES]
