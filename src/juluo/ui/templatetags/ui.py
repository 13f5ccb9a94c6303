"""Small tags that pages are made with: ``{% load ui %}``."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms import BoundField
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from juluo.ui.sources import source_name

register = template.Library()

TONES = ("blue", "azure", "indigo", "purple", "pink", "red", "orange", "green", "teal", "cyan")


@register.filter
def source(key: object) -> str:
    """Return what the place is called that something came from."""
    return source_name(str(key or ""))


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is hidden from screen readers."""
    hidden = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon {}" focusable="false" {}><use href="{}#{}"></use></svg>',
        css,
        hidden,
        static("ui/icons.svg"),
        name,
    )


@register.filter
def initials(name: str) -> str:
    """Return one hanzi or up to two letters that stand for a name."""
    hanzi = [each for each in name if "\u3400" <= each <= "\u9fff"]
    if hanzi:
        return hanzi[-1] if len(hanzi) <= 3 else hanzi[0]
    words = [word for word in re.split(r"[\W\d_]+", name) if word]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@register.filter
def tone(name: str) -> str:
    """Return the colour that always goes with a name."""
    return TONES[hashlib.sha256(name.encode()).digest()[0] % len(TONES)]


@register.simple_tag
def avatar(name: str, size: str = "", picture: str = "") -> SafeString:
    """Draw a member's picture, an address of ours, or their initials."""
    css = f"avatar-{size}" if size else ""
    if picture:
        return format_html(
            '<img class="avatar {} j-avatar" src="{}" alt="" loading="lazy">', css, picture
        )
    return format_html(
        '<span class="avatar {} j-avatar j-tone-{}" aria-hidden="true">{}</span>',
        css,
        tone(name),
        initials(name),
    )


@register.simple_tag
def moment(at: datetime | None, css: str = "") -> SafeString:
    """Tell a moment as "3 hours ago", with the full time on hover and for machines."""
    if at is None:
        return format_html('<span class="text-secondary">{}</span>', "—")
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>',
        css,
        at.isoformat(),
        full_time(at),
        relative(at, now=timezone.now()),
    )


@register.filter
def full_time(at: datetime) -> str:
    """Return date and time in the page's language, with the zone."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


def relative(at: datetime, *, now: datetime) -> str:
    """Return how long ago a moment was, or its date once that says more (after 30 days)."""
    seconds = (now - at).total_seconds()
    if seconds < -60 or seconds >= 30 * 86400:
        return date_format(timezone.localtime(at), "DATE_FORMAT")
    if seconds < 60:
        return gettext("just now")
    if seconds < 3600:
        count = int(seconds // 60)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}
    if seconds < 86400:
        count = int(seconds // 3600)
        return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}
    count = int(seconds // 86400)
    return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a date in the page's language."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return date_format(value, "DATE_FORMAT")


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """Return a number with separators, or a dash where there is none to tell."""
    if value is None:
        return "—"
    return number_format(value, decimal_pos=places, force_grouping=True)


@register.filter
def unlocalized(value: float) -> str:
    """Show a number as a number field takes it, whatever the language."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}"


@register.filter
def percent(share: float | None, places: int = 1) -> str:
    """Return a share (0.25) as 25.0 %, or a dash where there is none to tell."""
    if share is None:
        return "—"
    return f"{number_format(share * 100, decimal_pos=places)}%"


@register.filter
def nth(values: Sequence[Any], position: int) -> Any:
    """Return the value at a position, or nothing where there is none."""
    return values[position] if position < len(values) else None


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """Return this page's query string with some values changed; an empty value drops its key."""
    current: QueryDict = context["request"].GET
    values = {key: found for key, found in current.lists() if key not in changes}
    values |= {key: [value] for key, value in changes.items() if value not in (None, "")}
    return "?" + urlencode(values, doseq=True)


@register.simple_tag
def field(bound: BoundField, autocomplete: str = "") -> SafeString:
    """Draw a form field with its label, help and errors tied together."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect):  # several boxes to tick are one of these, too
        return _choices(bound)
    kind = getattr(widget, "input_type", "")
    css = {"checkbox": "form-check-input", "radio": "", "select": "form-select"}.get(
        kind, "form-control"
    )
    described = [f"{bound.id_for_label}-help"] if bound.help_text else []
    described += [f"{bound.id_for_label}-error"] if bound.errors else []
    attributes: dict[str, Any] = {"class": f"{css} {'is-invalid' if bound.errors else ''}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    # A placeholder that repeats the label says nothing and is hard to read.
    widget.attrs.pop("placeholder", None)
    control = bound.as_widget(attrs=attributes)
    return _wrapped(bound, control, kind)


def _choices(bound: BoundField) -> SafeString:
    """Draw a field whose choices are all in sight, as a group with a name."""
    bound.field.widget.attrs["class"] = "form-check-input"
    boxes = format_html_join(
        "",
        '<label class="form-check">{}<span class="form-check-label">{}</span></label>',
        ((box.tag(), box.choice_label) for box in bound.subwidgets),
    )
    optional, help_text, problem = _around(bound)
    described = format_html(' aria-describedby="{}-help"', bound.auto_id) if help_text else ""
    return format_html(
        '<fieldset class="mb-3 j-choices"{}>'
        '<legend class="form-label">{}{}</legend>{}{}{}</fieldset>',
        described,
        bound.label,
        optional,
        boxes,
        help_text,
        problem,
    )


def _around(bound: BoundField) -> tuple[SafeString | str, SafeString | str, SafeString | str]:
    """Return the mark of what may be left out, the help and the errors of a field."""
    name = bound.auto_id
    errors = format_html_join("", "<div>{}</div>", ((error,) for error in bound.errors))
    problem = (
        format_html('<div class="invalid-feedback d-block" id="{}-error">{}</div>', name, errors)
        if bound.errors
        else ""
    )
    help_text = (
        format_html('<div class="form-hint" id="{}-help">{}</div>', name, bound.help_text)
        if bound.help_text
        else ""
    )
    optional = (
        ""
        if bound.field.required
        else format_html(' <span class="text-secondary">{}</span>', gettext("(optional)"))
    )
    return optional, help_text, problem


def _wrapped(bound: BoundField, control: SafeString, kind: str) -> SafeString:
    optional, help_text, problem = _around(bound)
    if kind == "checkbox":
        return format_html(
            '<div class="mb-3"><label class="form-check">{}'
            '<span class="form-check-label">{}</span></label>{}{}</div>',
            control,
            bound.label,
            help_text,
            problem,
        )
    return format_html(
        '<div class="mb-3"><label class="form-label" for="{}">{}{}</label>{}{}{}</div>',
        bound.id_for_label,
        bound.label,
        optional,
        control,
        help_text,
        problem,
    )


EMOJI = {
    "+1": "👍", "thumbsup": "👍", "like": "👍", "-1": "👎", "thumbsdown": "👎", "heart": "❤️",
    "tada": "🎉", "eyes": "👀", "rocket": "🚀", "joy": "😂", "smile": "😄", "laughing": "😆",
    "grinning": "😀", "thinking": "🤔", "thinking_face": "🤔", "white_check_mark": "✅",
    "heavy_check_mark": "✔️", "clap": "👏", "fire": "🔥", "100": "💯", "pray": "🙏",
    "raised_hands": "🙌", "wave": "👋", "ok_hand": "👌", "muscle": "💪", "cry": "😢", "sob": "😭",
    "bulb": "💡", "star": "⭐", "rose": "🌹", "bug": "🐛", "coffee": "☕", "sparkles": "✨",
    "slightly_smiling_face": "🙂", "heart_eyes": "😍", "confused": "😕", "hooray": "🎉",
    "upvote": "▲", "up": "▲", "down": "▼", "score": "▲",
}  # fmt: skip


@register.filter
def emoji(mark: str) -> str:
    """Return the picture that a reaction's name stands for, or the name itself."""
    return EMOJI.get(mark.strip(":"), mark)


# A sign in what a browser says of itself, and its name; the first sign found counts.
BROWSERS = (
    ("Edg", "Edge"),
    ("MicroMessenger", "WeChat"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system in two words, or what the browser says of itself."""
    found = [
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(name for name in found if name) or user_agent[:60]
