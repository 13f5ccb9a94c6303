"""Make HTML from elsewhere safe to show: an allow-list, and nothing loaded from other hosts."""

import re

import nh3

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "abbr": {"title"}}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener noreferrer"
# What the first pass writes: attributes are quoted, so this cannot end early.
IMAGE = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def clean(html: str) -> str:
    """Return the HTML with only harmless tags; pictures become links to them.

    Cleaning what is clean changes nothing.
    """
    with_images = nh3.clean(
        html,
        tags=TAGS | {"img"},
        attributes={**ATTRIBUTES, "img": {"src", "alt"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )
    linked = IMAGE.sub(_as_link, with_images)
    return nh3.clean(linked, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)


def _as_link(image: re.Match[str]) -> str:
    """Return a link in place of a picture, named by its description."""
    given: dict[str, str] = dict(ATTRIBUTE.findall(image.group(1)))
    address = given.get("src", "")
    # What escaping left in the values is still escaped: they go back into HTML as they are.
    words: str = (given.get("alt") or address).replace("<", "&lt;").replace(">", "&gt;")
    if not address:
        return words
    return f'<a href="{address}">[{words}]</a>'
