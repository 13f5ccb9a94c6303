"""Markdown to HTML, with emphasis that works next to hanzi (``**强调。**后面``)."""

import unicodedata
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token


def to_html(text: str) -> str:
    """Return Markdown as HTML. Raw HTML in it is shown as text; clean the result all the same."""
    return str(_parser().render(text))


def tokens(text: str) -> list[Token]:
    """Return Markdown as the parser's tokens, for documents that are not HTML."""
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Collect a run of ``*`` or ``_`` as the library does, but judge its sides by CJK rules."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = _sides(before, after, splits_words=marker == "*")
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def _sides(before: str, after: str, *, splits_words: bool) -> tuple[bool, bool]:
    """Return whether a run between these characters may open and may close emphasis."""
    white_before, white_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    # CommonMark takes punctuation for the edge of a word; next to hanzi it is no edge.
    left = not white_after and (not mark_after or white_before or mark_before or _is_cjk(before))
    right = not white_before and (not mark_before or white_after or mark_after or _is_cjk(after))
    if splits_words:
        return left, right
    return left and (not right or mark_before), right and (not left or mark_after)


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_cjk(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
