"""Turn Slack's mrkdwn into Markdown: mentions become names, links links, code stays code."""

import html
import re
from collections.abc import Mapping

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_TOKEN = re.compile(r"<([^<>]*)>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRIKE = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_LINK = re.compile(r"(?:https?|ftp|mailto|tel|slack):", re.IGNORECASE)


def to_markdown(text: str, *, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Return the Markdown of a mrkdwn text; ids that nobody names stay as they are."""
    parts = _CODE.split(text)
    return "".join(
        _code(part, people, channels) if index % 2 else _prose(part, people, channels)
        for index, part in enumerate(parts)
    )


def _prose(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    pieces: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        pieces += [_styled(text[end : match.start()]), _token(match[1], people, channels)]
        end = match.end()
    pieces.append(_styled(text[end:]))
    return "".join(pieces)


def _styled(text: str) -> str:
    text = _STRIKE.sub(r"~~\1~~", _BOLD.sub(r"**\1**", text))
    return html.unescape(text) if "&" in text else text


def _code(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    plain = _TOKEN.sub(lambda match: _plain_token(match[1], people, channels), text)
    return html.unescape(plain)


def _plain_token(token: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    if token[:1] in "@#!":
        return _token(token, people, channels)
    address, _, label = token.partition("|")
    return label or address


def _token(token: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    word, _, label = token.partition("|")
    label = html.unescape(label)
    mark, rest = word[:1], word[1:]
    if mark == "@":
        return "@" + (people.get(rest) or label.removeprefix("@") or rest)
    if mark == "#":
        return "#" + (channels.get(rest) or label.removeprefix("#") or rest)
    if mark == "!":
        return label or "@" + rest.partition("^")[0]
    return _link(html.unescape(word), label)


def _link(address: str, label: str) -> str:
    if not _LINK.match(address):
        return label or html.unescape(f"<{address}>")
    shown = address.removeprefix("mailto:")
    if label in ("", address, shown):
        return f"<{shown if address.startswith('mailto:') else address}>"
    safe = label.replace("[", "\\[").replace("]", "\\]")
    target = f"<{address}>" if set(address) & set("() ") else address
    return f"[{safe}]({target})"
