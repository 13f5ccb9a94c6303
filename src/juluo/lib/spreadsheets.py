"""Tables that leave as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from juluo.lib.spreadsheet_cells import harmless


def csv_text(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV with a byte order mark: no cell of it runs as a formula."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    for row in ([head], rows):
        writer.writerows([_cell(each) for each in line] for line in row)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 6)
    return "" if value is None else value
