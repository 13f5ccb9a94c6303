"""Cells that a spreadsheet takes for what they are: words, never formulas."""

_STARTS_A_FORMULA = tuple("=+-@|%;＝＋－＠｜％；\t\r\n")


def harmless(text: str) -> str:
    """Return a text cell that no spreadsheet runs: an apostrophe before a formula's beginning."""
    if text.strip(" \u3000").startswith(_STARTS_A_FORMULA) or text.startswith(("\t", "\r", "\n")):
        return f"'{text}"
    return text
