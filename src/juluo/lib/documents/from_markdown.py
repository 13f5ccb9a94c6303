"""What people wrote in Markdown, as blocks of a document. Pictures are named, not loaded."""

from collections.abc import Sequence

from markdown_it.token import Token

from juluo.lib import markdown
from juluo.lib.documents.model import Block, Bullets, Column, Note, Paragraph, Table, Text

_ADDRESSES = ("https://", "http://", "mailto:")


def blocks(text: str, *, caption: str) -> list[Block]:
    """Return Markdown as blocks; its tables bear the caption, its headings become strong lines."""
    return _Reader(markdown.tokens(text), caption).read()


class _Reader:
    """Walks over the tokens once."""

    def __init__(self, tokens: Sequence[Token], caption: str) -> None:
        self._tokens = tokens
        self._caption = caption
        self._at = 0

    def read(self, until: str = "") -> list[Block]:
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                break
            found += self._block(token)
        return found

    def _block(self, token: Token) -> list[Block]:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type.startswith("ordered")
            return [Bullets(self._items(token.type.replace("open", "close")), ordered=ordered)]
        if token.type == "table_open":
            return self._table()
        if token.type == "blockquote_open":
            inner = self.read("blockquote_close")
            return [Note(runs=_joined(inner))]
        if token.type == "heading_open":
            return [Paragraph([_strong(run) for run in self._inline()])]
        if token.type == "inline":
            return [Paragraph(_runs(token))]
        if token.type in ("fence", "code_block"):
            return [Paragraph([Text(token.content.rstrip())])]
        return []

    def _inline(self) -> list[Text]:
        token = self._tokens[self._at]
        self._at += 1
        return _runs(token)

    def _items(self, until: str) -> list[list[Text]]:
        """Return the items of a list; those of lists inside it follow, marked by a dash."""
        items: list[list[Text]] = []
        while (token := self._tokens[self._at]).type != until:
            self._at += 1
            if token.type == "list_item_open":
                items += _flat(self.read("list_item_close"))
        self._at += 1
        return items

    def _table(self) -> list[Block]:
        rows: list[list[Text]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_one(_runs(token)))
        self._at += 1
        columns = [Column(title=cell.words) for cell in rows[0]]
        return [Table(caption=self._caption, columns=columns, rows=rows[1:])]


def _flat(blocks: Sequence[Block]) -> list[list[Text]]:
    first: list[Text] = []
    rest: list[list[Text]] = []
    for block in blocks:
        if isinstance(block, Bullets):
            rest += [[Text("– "), *item] for item in block.items]
        else:
            first += [*([Text(" ")] if first else []), *_joined([block])]
    return [first, *rest]


def _joined(blocks: Sequence[Block]) -> list[Text]:
    runs: list[Text] = []
    for block in blocks:
        if isinstance(block, Paragraph | Note):
            runs += [*([Text("\n")] if runs else []), *block.runs]
        elif isinstance(block, Bullets):
            runs += [run for item in block.items for run in (Text("\n• "), *item)]
    return runs


def _one(runs: Sequence[Text]) -> Text:
    """Return a cell's runs as one: strong or leading somewhere if the whole of it is."""
    words = "".join(run.words for run in runs)
    if len(runs) == 1:
        return Text(words, strong=runs[0].strong, url=runs[0].url)
    return Text(words, strong=bool(runs) and all(run.strong for run in runs))


def _strong(run: Text) -> Text:
    return Text(run.words, run.evidence, strong=True, url=run.url)


def _runs(token: Token) -> list[Text]:
    runs: list[Text] = []
    strong, url = 0, ""
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
            url = address if address.lower().startswith(_ADDRESSES) else ""
        elif child.type == "link_close":
            url = ""
        elif child.type in ("softbreak", "hardbreak"):
            runs.append(Text("\n"))
        elif child.content:
            runs.append(Text(child.content, strong=strong > 0, url=url))
    return runs
