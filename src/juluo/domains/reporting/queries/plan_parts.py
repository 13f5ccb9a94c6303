"""The parts of a plan as blocks: a table for each, whatever part registered it."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.domains.planning.queries import FrozenEntry, FrozenPart
from juluo.lib.documents.model import Block, Bullets, Column, Table, Text
from juluo.lib.figures import NOTHING
from juluo.lib.money import Money, NotMoney, shown

_NUMERIC = re.compile(r"[\d\s.,%¥$€£−+-]+( ?元| ?h| 小时)?|–")
_MOST_COLUMNS = 5
# In half-width characters, the margins of the cell included.
_WIDEST, _NARROWEST, _MARGINS = 26, 9, 4
_DAY = re.compile(r"\d{4} 年 \d{1,2} 月 \d{1,2} 日|(\d{1,2}) (\w{3})\w* (\d{4})")


def part_blocks(
    part: FrozenPart,
    *,
    caption: str = "",
    columns: Sequence[str] = (),
    entries: Sequence[FrozenEntry] | None = None,
) -> list[Block]:
    """Return a part as a table of its entries, with longer facts as a list below it."""
    rows = part.entries if entries is None else entries
    if not rows:
        return []
    blocks: list[Block] = [_table(part, caption or part.label, columns, rows)]
    told = [item for entry in rows if (item := _details(part, entry))]
    if told:
        blocks.append(Bullets(told))
    return blocks


def amount_of(entries: Sequence[FrozenEntry]) -> str:
    """Return the sum of the entries' amounts in words; "" for none, or several currencies."""
    try:
        amounts = [_money(entry.raw) for entry in entries]
    except (KeyError, ValueError, NotMoney):
        return ""
    if not amounts or len({each.currency for each in amounts}) != 1:
        return ""
    whole = Money(sum(each.amount for each in amounts), amounts[0].currency)
    return shown(whole, language=get_language() or "en")


def _money(raw: Mapping[str, object]) -> Money:
    number, _space, currency = str(raw["amount"]).partition(" ")
    return Money(int(number), currency)


def _table(
    part: FrozenPart, caption: str, columns: Sequence[str], rows: Sequence[FrozenEntry]
) -> Table:
    wanted = columns or part.part.columns or tuple(part.part.labels)[:_MOST_COLUMNS]
    keys = [key for key in wanted if any(entry.words.get(key) for entry in rows)]
    cells = [[Text(entry.title), *(_cell(entry, key) for key in keys)] for entry in rows]
    heads = [caption, *(str(part.part.labels.get(key, key)) for key in keys)]
    whole = amount_of(rows) if "amount" in keys else ""
    total = [Text(_("Total")), *(Text(whole if key == "amount" else "") for key in keys)]
    return Table(
        caption=caption,
        columns=[
            _column(head, [row[n] for row in cells], total[n].words if whole else "")
            for n, head in enumerate(heads)
        ],
        rows=cells,
        total=total if whole else (),
    )


def _cell(entry: FrozenEntry, key: str) -> Text:
    words = entry.words.get(key, NOTHING)
    if key.endswith("_url") and words.startswith(("https://", "http://")):
        return Text(words.split("/")[2], url=words)
    return Text(whole_day(words))


def _column(head: str, cells: Sequence[Text], total: str) -> Column:
    numeric = all(_NUMERIC.fullmatch(cell.words) for cell in cells)
    return Column(
        title=head, numeric=numeric, share=share([head, total, *(c.words for c in cells)])
    )


def share(cells: Sequence[str]) -> float:
    """Return how much of a table's width a column of these cells needs."""
    longest = max(len(words) + sum(ord(c) > 0x2E80 for c in words) for words in cells)
    return float(min(max(longest + _MARGINS, _NARROWEST), _WIDEST))


def whole_day(words: str) -> str:
    """Return a day short and never broken between two lines; other words as they are."""
    found = _DAY.fullmatch(words)
    if found is None:
        return words
    short = " ".join(found.groups()) if found[1] else words
    return short.replace(" ", "\u00a0")


def _details(part: FrozenPart, entry: FrozenEntry) -> list[Text]:
    told = [
        Text(f"{part.part.labels.get(key, key)}{_(': ')}{entry.words[key]}  ")
        for key in part.part.details
        if entry.words.get(key)
    ]
    return [Text(f"{entry.title}  ", strong=True), *told] if told else []
