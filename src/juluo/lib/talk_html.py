"""What members wrote, as HTML that is safe to show."""

from django.utils.html import conditional_escape, urlize
from django.utils.safestring import SafeString, mark_safe

from juluo.lib import html_cleaning, markdown

# A text longer than this is shown without markup: parsing it would hold the page up.
LONGEST_MARKUP = 60_000


def talk_html(body: str, body_format: str) -> SafeString:
    """Return a body as HTML; ``body_format`` is ``markdown``, ``html`` or ``text``."""
    if body_format == "text" or len(body) > LONGEST_MARKUP:
        linked = urlize(conditional_escape(body), nofollow=True)
        return mark_safe(f'<div class="j-plain">{linked}</div>')  # noqa: S308 - escaped above
    html = markdown.to_html(body) if body_format == "markdown" else body
    return mark_safe(html_cleaning.clean(html))  # noqa: S308 - cleaned by an allow-list
