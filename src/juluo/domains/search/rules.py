"""What is asked of a full-text index, in the tongues of both databases.

Words are letters and digits only (``lib.search_words`` sees to that), so that quoting is enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Sought:
    """The words that are looked for, and the pairs of hanzi in them."""

    words: tuple[str, ...]
    pairs: tuple[str, ...] = ()

    @property
    def latin(self) -> tuple[str, ...]:
        """The words that are written in letters and digits."""
        return tuple(word for word in self.words if word.isascii())


class Written(Protocol):
    """How a database writes that a word stands somewhere; ``begun``: it may go on."""

    def __call__(self, word: str, *, begun: bool) -> str:
        """Return it."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """How a database writes a word of the text or title, a pair of hanzi, and, or."""

    word: Written
    title: Written
    pair: Written
    both: str
    either: str

    def all_of(self, sought: Sought, *, begun: bool = False) -> str:
        """Ask for every word, or for every pair of hanzi in a row; ``begun``: the last may go on.

        The pairs find what was cut into words otherwise than the question was.
        """
        last = len(sought.words) - 1
        asked = [
            self._joined(
                self.both,
                (self.word(w, begun=begun and n == last) for n, w in enumerate(sought.words)),
            )
        ]
        if sought.pairs:
            parts = [self.pair(pair, begun=len(pair) == 1) for pair in sought.pairs]
            parts += [self.word(word, begun=False) for word in sought.latin]
            asked.append(self._joined(self.both, parts))
        return self._joined(self.either, asked)

    def titled(self, words: Sequence[str]) -> str:
        """Ask for every word in the title or name; the last may go on."""
        last = len(words) - 1
        parts = (self.title(word, begun=n == last) for n, word in enumerate(words))
        return self._joined(self.both, parts)

    def any_of(self, words: Sequence[str]) -> str:
        """Ask for any of the words."""
        return self._joined(self.either, (self.word(word, begun=False) for word in words))

    def _joined(self, by: str, parts: Iterable[str]) -> str:
        return f"({by.join(parts)})"


def _fts5(columns: str) -> Written:
    def write(word: str, *, begun: bool) -> str:
        return f'{{{columns}}} : "{word}"{" *" if begun else ""}'

    return write


def _tsquery(weights: str) -> Written:
    def write(word: str, *, begun: bool) -> str:
        return f"'{word}':{'*' if begun else ''}{weights}"

    return write


SQLITE = Tongue(
    word=_fts5("title_words words"),
    title=_fts5("title_words"),
    pair=_fts5("pairs"),
    both=" AND ",
    either=" OR ",
)
POSTGRESQL = Tongue(
    word=_tsquery("AB"), title=_tsquery("A"), pair=_tsquery("C"), both=" & ", either=" | "
)
