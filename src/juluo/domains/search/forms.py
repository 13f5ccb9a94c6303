"""What is asked of search, as it stands in an address."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.members.permissions import Viewer, can_see_profiles
from juluo.domains.search.queries import LONGEST_QUESTION
from juluo.domains.search.types import Narrowed

PUBLIC_KINDS = (
    ("", _("Everything")),
    ("post", _("Posts")),
    ("question", _("Questions")),
    ("answer", _("Answers")),
    ("comment", _("Comments")),
)
MEMBER_KINDS = (
    ("message", pgettext_lazy("search", "Chat messages")),
    ("member", _("Members")),
    ("private", _("My private messages")),
)
WHENS = {"day": 1, "week": 7, "month": 31, "year": 366}
WHEN_WORDS = (
    ("", pgettext_lazy("search", "Any time")),
    ("day", _("Last 24 hours")),
    ("week", _("Last 7 days")),
    ("month", _("Last 31 days")),
    ("year", _("Last 12 months")),
)
ORDERS = (("", _("Best match first")), ("newest", _("Newest first")))
LARGEST = 2**63 - 1


class SearchForm(forms.Form):
    """Words, and what narrows them; nothing is required, and what is odd narrows nothing."""

    q = forms.CharField(required=False, max_length=LONGEST_QUESTION, label=_("What to look for"))
    kind = forms.ChoiceField(required=False, label=pgettext_lazy("search", "Kind"))
    space = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Space"))
    author = forms.CharField(required=False, max_length=80, label=_("Written by"))
    tag = forms.CharField(required=False, max_length=40, label=_("Tag"))
    when = forms.ChoiceField(
        required=False, choices=WHEN_WORDS, label=pgettext_lazy("search", "When")
    )
    order = forms.ChoiceField(required=False, choices=ORDERS, label=_("Order"))
    solved = forms.BooleanField(required=False, label=_("Solved questions only"))
    group = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        """Offer what this viewer can choose from: spaces that they may read."""
        super().__init__(data)
        kinds = PUBLIC_KINDS + (MEMBER_KINDS if can_see_profiles(viewer) else ())
        spaces = discussions.readable_spaces(viewer)
        self.fields["kind"] = forms.ChoiceField(
            required=False, choices=kinds, label=pgettext_lazy("search", "Kind")
        )
        self.fields["space"] = forms.TypedChoiceField(
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("Every space")), *spaces],
            label=_("Space"),
        )

    def given(self, name: str) -> Any:
        """Return what was chosen, or None where nothing was, or nothing there is to choose."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def words(self) -> str:
        """Return the words that are looked for; too many of them are cut, not refused."""
        return (self.data.get("q") or "").replace("\0", "").strip()[:LONGEST_QUESTION]

    def narrowed(self, *, now: datetime) -> Narrowed:
        """Return what narrows the words."""
        author, when = self.given("author"), self.given("when")
        return Narrowed(
            kind=self.given("kind") or "",
            space_id=self.given("space"),
            group_id=self.given("group"),
            authors=tuple(members.ids_named(author)) if author else None,
            tag=(self.given("tag") or "").lstrip("#").strip(),
            since=now - timedelta(days=WHENS[when]) if when else None,
            solved=bool(self.given("solved")),
            newest=self.given("order") == "newest",
        )
