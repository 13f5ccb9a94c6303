"""Which names a member may go by: none that hides letters, poses as a link or as staff."""

import re
import unicodedata
from collections.abc import Iterable

# Letters of other scripts that look like Latin ones; what NFKC does not fold.
LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏвкмнтԛԝѵ" + "αεορτυνικβηγχω" + "ɑɡıǀ|0",
    "aeopcyxijsdhibkmhtqwv" + "aeoptuvikbnyxw" + "agiiio",
)
LINK = re.compile(
    r"://|\bwww\.|[\w-]\.(?:com|cn|net|org|io|info|top|xyz|me|co|cc)\b", re.IGNORECASE
)
# Controls, formats (zero-width, direction), surrogates, private use, line breaks.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Letters that are drawn as nothing.
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# A letter carries a mark or two; a heap of them covers its neighbours.
HEAPED = re.compile(r"[\u0300-\u036f]{3}")


def tidy(name: str) -> str:
    """Return the name in composed letters, with single plain spaces and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def has_hidden_letters(name: str) -> bool:
    """Whether it holds what nobody sees, or turns what others read."""
    hidden = any(unicodedata.category(each) in HIDDEN or each in BLANK for each in name)
    return hidden or bool(HEAPED.search(unicodedata.normalize("NFD", name)))


def looks_like_link(name: str) -> bool:
    """Whether programs that read mail would make a link of it."""
    return bool(LINK.search(unicodedata.normalize("NFKC", name)))


def skeleton(name: str) -> str:
    """Return what a name looks like: two names of one skeleton are taken for each other."""
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(each for each in wide if unicodedata.category(each)[0] in "LNPS")
    folded = plain.translate(LOOK_ALIKE).replace("rn", "m").replace("vv", "w")
    folded = folded.replace("l", "i").replace("1", "i")
    return "".join(each for each in folded if each.isalnum())


def poses_as(name: str, others: Iterable[str]) -> bool:
    """Whether the name would be taken for one of the others."""
    wanted = skeleton(name)
    return bool(wanted) and any(skeleton(each) == wanted for each in others)
