"""What people type, as it is kept."""

import unicodedata

# They make a text read otherwise than it is.
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(text: str) -> str:
    """Return a text as it is kept: one kind of line end, no characters that nobody typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or not _is_control(each)).strip()


def tidy_line(text: str) -> str:
    """Return a text of one line, such as a title, as it is kept."""
    return " ".join(tidy(text).split())


def says_something(text: str) -> bool:
    """Whether there is anything to read, which spaces and invisible characters are not."""
    return any(unicodedata.category(each)[0] not in "ZC" for each in text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in DIRECTIONS
