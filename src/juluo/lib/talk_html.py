"""What members wrote, as HTML that is safe to show."""

import html
import re

from django.utils.html import conditional_escape, strip_tags, urlize
from django.utils.safestring import SafeString, mark_safe

from juluo.lib import html_cleaning, markdown

# A text longer than this is shown without markup: parsing it would hold the page up.
LONGEST_MARKUP = 60_000


PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SIGNS = re.compile(r"[*_`#>|~]+")


def first_words(body: str, body_format: str, *, length: int) -> str:
    """Return the first words of a body as plain text, without its markup."""
    start = body[: length * 8]
    if body_format == "html":
        start = html.unescape(strip_tags(start))
    elif body_format == "markdown":
        start = SIGNS.sub(" ", LINK.sub(r"\1", PICTURE.sub(" ", start)))
    words = " ".join(start.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def talk_html(body: str, body_format: str) -> SafeString:
    """Return a body as HTML; ``body_format`` is ``markdown``, ``html`` or ``text``."""
    if body_format == "text" or len(body) > LONGEST_MARKUP:
        linked = urlize(conditional_escape(body), nofollow=True)
        return mark_safe(f'<div class="j-plain">{linked}</div>')  # noqa: S308 - escaped above
    dirty = markdown.to_html(body) if body_format == "markdown" else body
    return mark_safe(html_cleaning.clean(dirty))  # noqa: S308 - cleaned by an allow-list
