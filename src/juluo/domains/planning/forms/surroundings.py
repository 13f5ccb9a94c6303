"""Positioning and watch notes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.planning import queries
from juluo.domains.planning.models import WatchNote, WatchReview
from juluo.domains.planning.services.surroundings import REVIEW_AFTER
from juluo.ui.form_fields import day_field, offer

_AREA = forms.Textarea({"rows": 3})


class PositioningForm(forms.Form):
    """What the community offers, to whom, in which tone, and why that changed."""

    value = forms.CharField(
        label=_("Value proposition"),
        max_length=4000,
        widget=_AREA,
        help_text=_("What members get here and nowhere else."),
    )
    audience = forms.CharField(
        label=_("Audience"),
        max_length=4000,
        widget=_AREA,
        help_text=_("For whom, and for whom not."),
    )
    tone = forms.CharField(
        label=_("Tone"),
        max_length=4000,
        required=False,
        widget=_AREA,
        help_text=_("How the community speaks and what it looks like."),
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class NoteForm(forms.Form):
    """An observation with its source, and the plans that rest on it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WatchNote.Kind)
    about = forms.CharField(
        label=_("About"), max_length=150, help_text=_("A competitor, a market, a rule.")
    )
    statement = forms.CharField(label=_("What was seen"), max_length=4000, widget=_AREA)
    meaning = forms.CharField(
        label=_("What it means for us"), max_length=4000, required=False, widget=_AREA
    )
    evidence_url = forms.URLField(
        label=_("Evidence"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the source."),
    )
    observed_on = day_field(_("Seen on"))
    review_on = day_field(
        _("Look again on"), required=False, help_text=_("Ninety days later if left empty.")
    )
    plans = forms.TypedMultipleChoiceField(
        label=_("Plans that rest on it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the open plans."""
        super().__init__(*args, **kwargs)
        plans = queries.plan_choices()
        offer(self, "plans", plans)
        if not plans:
            del self.fields["plans"]

    def clean(self) -> dict[str, Any]:
        """Check that one looks again after having looked."""
        values = super().clean() or {}
        seen, again = values.get("observed_on"), values.get("review_on")
        if seen and again and again <= seen:
            self.add_error("review_on", _("The day to look again comes after the day it was seen."))
        return values


class ReviewForm(forms.Form):
    """Whether an observation still holds, and when to look again."""

    verdict = forms.ChoiceField(label=_("Does it still hold?"), choices=WatchReview.Verdict)
    words = forms.CharField(
        label=_("What changed"), max_length=4000, required=False, widget=forms.Textarea({"rows": 2})
    )
    review_on = day_field(_("Look again on"))

    @staticmethod
    def usual(today: Any) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"verdict": "holds", "review_on": today + timedelta(days=REVIEW_AFTER.days)}


class AttachForm(forms.Form):
    """The observations that a plan rests on."""

    notes = forms.TypedMultipleChoiceField(
        label=_("Observations"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, notes: list[queries.NoteShown], **kwargs: Any) -> None:
        """Offer every observation that was not withdrawn."""
        super().__init__(*args, **kwargs)
        offer(self, "notes", [(each.id, f"{each.kind_label} · {each.about}") for each in notes])
