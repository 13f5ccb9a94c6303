"""The words of a text as search knows them: Chinese and English, traditional and simplified.

What is kept and what is asked for go through the same functions, so that they meet.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

# More of one text than this is not looked at.
LONGEST_TEXT = 60_000
LONGEST_WORD = 40
HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"']+")
TAG = re.compile(r"<[^<>]*>")
TARGET = re.compile(r"\]\([^()\s]*\)")
SIGNS = re.compile(r"[*_`#>|~\[\]!]+")
READINGS = 4
# They say nothing of what is looked for.
_EMPTY = (
    "的 了 吗 呢 吧 啊 呀 是 在 和 与 及 或 也 都 就 有 没 没有 我 你 他 她 它 我们 你们 他们 这 "
    "那 这个 那个 一个 怎么 怎样 如何 什么 为什么 哪些 哪个 谁 请问 有没有 大家 可以 能 要 想 "
    "a an the of to in on at for and or is are was be do doe how what why which who when where "
    "can i you we they it my our your with this that"
)
EMPTY_WORDS = frozenset(_EMPTY.split())


def plain(body: str, body_format: str) -> str:
    """Return a body as plain text without its markup, in time that grows with its length."""
    text = body[:LONGEST_TEXT]
    if body_format == "html":
        text = html.unescape(TAG.sub(" ", text))
    elif body_format == "markdown":
        text = SIGNS.sub(" ", TARGET.sub(" ", text))
    return " ".join(ADDRESS.sub(" ", text).split())


def fold(text: str) -> str:
    """Return a text without what spelling it otherwise changes: width, case, accents, 繁体."""
    return "".join(_folded(each) for each in _simplified(text))


def words(text: str, *, every: bool = False) -> list[str]:
    """Return the words of a text in their order; ``every``: those inside longer ones, too."""
    from rjieba import cut, cut_for_search

    folded = fold(text[:LONGEST_TEXT])
    pieces = cut_for_search(folded) if every else cut(folded)
    return [_stem(word) for piece in pieces for word in _parts(piece)]


def pairs(text: str) -> list[str]:
    """Return each two neighbouring hanzi of a text; a hanzi that stands alone is there itself."""
    found = []
    for run in HANZI.findall(fold(text[:LONGEST_TEXT])):
        found += [run[n : n + 2] for n in range(len(run) - 1)] or [run]
    # Of the newest hanzi Python may not know that they are letters.
    return [each for each in found if each.isalnum()]


def asked(text: str) -> list[str]:
    """Return the words that are looked for, each once; those that say nothing only if alone."""
    found = list(dict.fromkeys(words(text[:200])))
    telling = [word for word in found if word not in EMPTY_WORDS]
    return (telling or found)[:12]


def readings(name: str) -> list[str]:
    """Return how a Chinese name may be typed in letters: whole, by syllables, by initials."""
    from pypinyin import Style, pinyin

    hanzi = "".join(HANZI.findall(_simplified(name)))[:6]
    if not hanzi:
        return []
    choices = [list(dict.fromkeys(each)) for each in pinyin(hanzi, Style.NORMAL, heteronym=True)]
    ways = [list(each) for each in islice(product(*choices), READINGS)]
    found = [word for way in ways for word in ("".join(way), "".join(s[0] for s in way), *way)]
    return list(dict.fromkeys(fold(word) for word in found))


def sound(word: str) -> str:
    """Return how a word of hanzi sounds, in letters without tones; empty for other words."""
    from pypinyin import lazy_pinyin

    if not HANZI.fullmatch(word):
        return ""
    # v: as ü is typed.
    return "".join(lazy_pinyin(word, v_to_u=False))[:80]


def distance(one: str, other: str, *, most: int = 2) -> int:
    """Return how many slips of the keyboard lie between two words; more than ``most`` is one more.

    A slip adds, drops or changes a letter, or exchanges two neighbours.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        after = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        if min(after) > most:
            return most + 1
        before, row = row, after
    return row[-1]


def _parts(piece: str) -> Iterator[str]:
    """Yield the runs of letters and digits in a piece."""
    if piece.isalnum():
        yield piece[:LONGEST_WORD]
        return
    run = "".join(each if each.isalnum() else " " for each in piece)
    yield from (part[:LONGEST_WORD] for part in run.split())


def _stem(word: str) -> str:
    """Return an English word without its plural."""
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def _simplified(text: str) -> str:
    return _simplifier().convert(text) if HANZI.search(text) else text


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    """Return one character without width, case and accents."""
    apart = unicodedata.normalize("NFKD", character.casefold()).casefold()
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=20_000)
def _alone(character: str) -> str:
    return fold(character)


def marked(text: str, sought: list[str], *, length: int) -> list[tuple[str, bool]]:
    """Return the part of a text where most of the sought words stand, in pieces: (text, found).

    Joined, the pieces are a stretch of the text as it was written.
    """
    text = text[:LONGEST_TEXT]
    hits = _hits(text, sought)
    start = _best_start(hits, length)
    end = min(start + length, len(text))
    pieces = [("…", False)] if start else []
    at = start
    for low, high in hits:
        if low < at or high > end:
            continue
        pieces += [(text[at:low], False)] if low > at else []
        pieces.append((text[low:high], True))
        at = high
    pieces += [(text[at:end], False)] if end > at else []
    return [*pieces, ("…", False)] if end < len(text) else pieces


def _hits(text: str, sought: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand, as places in the text as it was written, none over another."""
    folded, places = [], []
    for place, character in enumerate(text):
        for each in _alone(character):
            folded.append(each)
            places.append(place)
    whole = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in sought:
        last = len(word) - 1
        found += [(places[low], places[low + last] + 1) for low in _starts(whole, word)]
    return _apart(found)


def _starts(whole: str, word: str) -> Iterator[int]:
    """Yield where a word begins; one of letters begins where no letter stands before it."""
    at = whole.find(word) if word else -1
    is_latin = word.isascii()
    while at >= 0:
        before = whole[at - 1] if at else " "
        if not (is_latin and before.isascii() and before.isalnum()):
            yield at
        at = whole.find(word, at + len(word))


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def _best_start(hits: list[tuple[int, int]], length: int) -> int:
    """Return where to begin so that most hits are seen, with some words before the first."""
    best, most = 0, 0
    last = 0
    for n, (low, _high) in enumerate(hits):
        last = max(last, n)
        while last < len(hits) and hits[last][1] <= low + length * 3 // 4:
            last += 1
        if last - n > most:
            best, most = low, last - n
    return 0 if best < length // 2 else best - length // 4
