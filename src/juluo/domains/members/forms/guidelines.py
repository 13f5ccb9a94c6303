"""A new version of the guidelines, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 40_000


class GuidelinesForm(forms.Form):
    """What the guidelines say, in one language or two, and how long there is to accept."""

    text_zh = forms.CharField(
        label=gettext_lazy("In Chinese"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 14, "lang": "zh-Hans"}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("In English"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Markdown works here. One language is enough."),
        widget=forms.Textarea({"rows": 14, "lang": "en"}),
    )
    change = forms.CharField(
        label=gettext_lazy("What is new"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("One sentence for those who knew the version before."),
    )
    days_to_accept = forms.TypedChoiceField(
        label=gettext_lazy("Time to accept"),
        coerce=int,
        initial=14,
        choices=[
            (0, gettext_lazy("None: they hold at once")),
            (7, gettext_lazy("7 days")),
            (14, gettext_lazy("14 days")),
            (30, gettext_lazy("30 days")),
        ],
        help_text=gettext_lazy(
            "After that, whoever has not accepted can read but waits with writing."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse guidelines that say nothing."""
        given = super().clean() or self.cleaned_data
        texts = (given.get("text_en", ""), given.get("text_zh", ""))
        if not any(text.strip() for text in texts) and not self.errors:
            self.add_error("text_zh", _("Write the guidelines in at least one language."))
        return given
