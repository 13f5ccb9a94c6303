"""What members type: posts, replies, edits and spaces."""

import re
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions import queries, rules
from juluo.domains.discussions.models import Space
from juluo.domains.discussions.services import (
    EditedMeanwhile,
    GuidelinesFirst,
    SpaceCircle,
    ThreadIsClosed,
    TooFast,
    Unwritable,
)
from juluo.ui.form_fields import offer

REFUSALS = (GuidelinesFirst, TooFast, ThreadIsClosed, Unwritable, EditedMeanwhile, SpaceCircle)
MARKDOWN = _("Markdown: **bold**, *italic*, `code`, > quote, - list, [link](address).")


class _Words(forms.Form):
    """A form whose refusal by a service is told beside the field."""

    def refuse(self, error: Exception) -> None:
        """Tell why a service refused what was typed; nothing typed is lost."""
        field = error.field if isinstance(error, Unwritable) else None
        self.add_error(field if field in self.fields else None, _why(error))


def _why(error: Exception) -> str:
    if isinstance(error, Unwritable):
        return {
            "empty": gettext("Write something here."),
            "too_many": gettext("At most %(count)d tags.") % {"count": rules.TAGS},
            "too_long": gettext("This is too long."),
        }.get(error.problem, gettext("This cannot be kept."))
    if isinstance(error, TooFast):
        return gettext("You wrote a lot in a short time. Wait a few minutes, then send it again.")
    if isinstance(error, GuidelinesFirst):
        words = gettext("Before you write, please accept the guidelines.")
        return format_html('<a href="{}">{}</a>', reverse("members:guidelines"), words)
    if isinstance(error, EditedMeanwhile):
        return gettext("Someone changed this meanwhile. Look at its history, then edit it again.")
    if isinstance(error, SpaceCircle):
        return gettext("A space cannot stand under itself, nor more than four deep.")
    return gettext("This thread was closed meanwhile; copy your text if you want to keep it.")


def _body(longest: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=_("Text"),
        max_length=longest,
        strip=False,
        widget=forms.Textarea({"rows": rows}),
        help_text=MARKDOWN,
    )


class PostForm(_Words):
    """A post or a question."""

    title = forms.CharField(label=pgettext_lazy("post", "Title"), max_length=rules.TITLE)
    body = _body(rules.BODY, 10)
    tags = forms.CharField(
        label=_("Tags"),
        max_length=300,
        required=False,
        help_text=_("Up to five words, parted by commas."),
    )
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_tags(self) -> tuple[str, ...]:
        """Take the tags apart."""
        return rules.tags_typed(self.cleaned_data["tags"])


class AnswerForm(_Words):
    """An answer to a question."""

    body = _body(rules.BODY, 6)
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class CommentForm(_Words):
    """A comment."""

    body = _body(rules.COMMENT, 4)
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class EditForm(_Words):
    """A changed text, and why it was changed."""

    title = forms.CharField(label=pgettext_lazy("post", "Title"), max_length=300)
    body = _body(rules.BODY, 12)
    tags = forms.CharField(
        label=_("Tags"),
        max_length=300,
        required=False,
        help_text=_("Up to five words, parted by commas."),
    )
    reason = forms.CharField(
        label=_("What you changed, and why"), max_length=rules.REASON, required=False
    )
    edits = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, *args: Any, editable: queries.Editable, **options: Any) -> None:
        """Ask only for what this piece of talk has."""
        super().__init__(*args, **options)
        if editable.kind == "post":
            self.fields["title"].required = bool(editable.title)
        else:
            del self.fields["title"], self.fields["tags"]
        longest = max(rules.BODY, editable.longest)
        self.fields["body"] = _body(longest, 12)
        if editable.body_format != "markdown":
            self.fields["body"].help_text = ""

    def clean_tags(self) -> tuple[str, ...]:
        """Take the tags apart."""
        return rules.tags_typed(self.cleaned_data["tags"])


class DeleteForm(_Words):
    """Why something is taken away."""

    reason = forms.CharField(label=_("Reason"), max_length=rules.REASON, required=False)

    def __init__(self, *args: Any, is_own: bool, **options: Any) -> None:
        """Insist on a reason where the author is owed one."""
        super().__init__(*args, **options)
        self.fields["reason"].required = not is_own
        if not is_own:
            self.fields["reason"].help_text = _("The author reads it.")


class MoveForm(forms.Form):
    """Where a thread goes."""

    space = forms.TypedChoiceField(label=_("Space"), coerce=int)

    def __init__(self, *args: Any, spaces: list[tuple[int, str]], **options: Any) -> None:
        """Offer the spaces that the moderator keeps in order."""
        super().__init__(*args, **options)
        offer(self, "space", spaces)


class DuplicateForm(forms.Form):
    """Which question asked the same before: one of those found, or one given by its address."""

    original = forms.CharField(label=_("Number or address of the earlier question"), max_length=300)

    def clean_original(self) -> int:
        """Take the number out of an address."""
        numbers = re.findall(r"\d+", self.cleaned_data["original"].split("#")[0].split("?")[0])
        if not numbers or len(numbers[-1]) > 18:
            raise forms.ValidationError(gettext("Give the address of a question."))
        return int(numbers[-1])


class SpaceForm(_Words):
    """What a space is for, who reads it, and who writes in it."""

    name = forms.CharField(label=_("Name"), max_length=150)
    about = forms.CharField(
        label=pgettext_lazy("space", "About"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One or two sentences; everyone who sees the space's name reads them."),
    )
    icon = forms.ChoiceField(label=_("Icon"), choices=[(each, each) for each in Space.ICONS])
    visibility = forms.ChoiceField(label=_("Who can read it"), choices=Space.Visibility)
    posting = forms.ChoiceField(label=_("Who can open posts"), choices=Space.Posting)
    reply_hours = forms.IntegerField(
        label=_("Questions are answered within (hours)"),
        min_value=1,
        max_value=720,
        initial=24,
        help_text=_("Later, the moderators of the space are told once, or else the operators."),
    )
    parent_id = forms.TypedChoiceField(
        label=_("Stands under"), coerce=int, empty_value=None, required=False
    )
    rules = forms.CharField(
        label=_("Rules"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=MARKDOWN,
    )

    def __init__(self, *args: Any, space_id: int | None = None, **options: Any) -> None:
        """Offer the other spaces as parents."""
        super().__init__(*args, **options)
        others = [(pk, name) for pk, name in queries.space_names().items() if pk != space_id]
        none = ("", gettext("No other space"))
        offer(self, "parent_id", [none, *sorted(others, key=lambda each: each[1])])
