"""Let somebody else choose the words of a sentence, never its numbers.

Every number, and every run that rests on evidence, is replaced by a mark before the sentence is
given away. What comes back is taken only if the marks are all there, in their order, if no number
was added in any script, and if it still says the same of direction and denial. Else the sentence
stays as it was.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from juluo.lib.documents.model import Block, Document, Paragraph, Text

# Gives a sentence other words; None if it cannot.
Polish = Callable[[str], str | None]

_MARK = re.compile(r"⟦(\d+)⟧")
_NUMBER = re.compile(r"[+\-−±]?\d(?:[\d.,:/\u2009\u202f]*\d)?(?:\s?%)?")
_LATIN_WORD = re.compile(r"[a-z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBER_WORDS = _words("""
    zero one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty
    fifty sixty seventy eighty ninety hundred thousand million billion half halved third quarter
    double doubled twice triple tripled thrice percent most all none every majority minority
""")
_CHINESE_NUMBERS = ("翻倍", "翻番", "一半", "过半", "全部", "所有", "多数", "少数")
# What a sentence says of direction and denial, in both languages.
_UP = (
    _words("""
        rose rise rises rising grew grow grows growth increase increased increases more higher up
        gained gain improved better best above exceeded
    """),
    ("上升", "增", "涨", "提高", "改善", "高于", "超过", "更好", "更多"),
)
_DOWN = (
    _words("""
        fell fall falls falling declined decline decrease decreased decreases less fewer lower down
        lost loss worsened worse worst below dropped drop shrank missed
    """),
    ("下降", "减", "跌", "降低", "恶化", "低于", "流失", "更差", "更少", "未达"),
)
_DENIAL = (
    _words("not no never nobody nothing cannot without neither nor hardly"),
    ("不", "没", "未", "无", "非"),
)
_MOST_LONGER, _LEAST = 1.8, 0.4


def polished(document: Document, *, polish: Polish) -> Document:
    """Return the document with its paragraphs in the words that ``polish`` gives them.

    ``polish`` may answer anything at all: no number, reference or table changes by it.
    """
    sections = [
        replace(section, blocks=[_block(block, polish) for block in section.blocks])
        for section in document.sections
    ]
    return replace(document, sections=sections)


def _block(block: Block, polish: Polish) -> Block:
    if not isinstance(block, Paragraph):
        return block
    masked, kept = mask(block.runs)
    said = polish(masked)
    runs = unmask(said, masked, kept) if said is not None else None
    return replace(block, runs=runs) if runs is not None else block


def mask(runs: Sequence[Text]) -> tuple[str, list[Text]]:
    """Return the words with marks for what must stay, and what the marks stand for."""
    words, kept = [], []

    def keep(run: Text) -> str:
        kept.append(run)
        return f"⟦{len(kept)}⟧"

    for run in runs:
        # What somebody called their space may look like a mark.
        if run.evidence is not None or run.strong or _MARK.search(run.words):
            words.append(keep(run))
        else:
            words.append(_NUMBER.sub(lambda found: keep(Text(found[0])), run.words))
    return "".join(words), kept


def unmask(said: str, masked: str, kept: Sequence[Text]) -> list[Text] | None:
    """Return the runs of what was said; None if it cannot be trusted to say the same."""
    said = said.strip()
    if not is_faithful(said, masked):
        return None
    runs = []
    for n, part in enumerate(_MARK.split(said)):
        run = kept[int(part) - 1] if n % 2 else Text(part)
        if run.words:
            runs.append(run)
    return runs


def is_faithful(said: str, masked: str) -> bool:
    """Say whether other words for a masked sentence add, drop and turn round nothing."""
    if _MARK.findall(said) != _MARK.findall(masked):
        return False
    new, old = (_MARK.sub(" ", each) for each in (said, masked))
    if not _LEAST * len(old) <= len(new) <= _MOST_LONGER * len(old) + 20:
        return False
    if not _is_plain(new) or _numbers(new) != _numbers(old):
        return False
    return all(_has(new, words) == _has(old, words) for words in (_UP, _DOWN, _DENIAL))


def _is_plain(words: str) -> bool:
    """Say whether it is one line of words: no markup, address, or letter that cannot be seen."""
    if any(sign in words for sign in "<>`|#*_{}[]⟦⟧\\@") or "://" in words or "www." in words:
        return False
    return all(unicodedata.category(each)[0] != "C" for each in words) and "\n" not in words


def _numbers(words: str) -> Counter[str]:
    """Return every number that words and letters of any script say."""
    signs = Counter(each for each in words if _is_number(each))
    latin = Counter(each for each in _LATIN_WORD.findall(words.lower()) if each in _NUMBER_WORDS)
    chinese = Counter({each: words.count(each) for each in _CHINESE_NUMBERS if each in words})
    return signs + latin + chinese


def _is_number(letter: str) -> bool:
    return unicodedata.numeric(letter, None) is not None or letter in "%％‰两俩仨"


def _has(words: str, sought: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    latin, chinese = sought
    return bool(latin & set(_LATIN_WORD.findall(words.lower()))) or any(
        each in words for each in chinese
    )
