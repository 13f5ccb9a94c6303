"""What a plan covers, its words, its versions."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.members import queries as members
from juluo.domains.planning import queries
from juluo.domains.planning.models import Plan
from juluo.ui.form_fields import day_field, offer


class PlanForm(forms.Form):
    """Title, days, owner, and the plan it is part of. People say the last day, not the end."""

    title = forms.CharField(label=_("Title"), max_length=200)
    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    parent = forms.TypedChoiceField(
        label=_("Part of"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, plan_id: int | None = None, **kwargs: Any) -> None:
        """Offer staff as owners, and the other open plans to be part of."""
        super().__init__(*args, **kwargs)
        others = [choice for choice in queries.plan_choices() if choice[0] != plan_id]
        for name, choices in (
            ("owner", members.staff()),
            ("parent", [("", _("No other")), *others]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        return values

    @property
    def frame(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        values = self.cleaned_data
        return {
            "title": values["title"],
            "start": values["first"],
            "end": values["last"] + timedelta(days=1),
            "owner_id": values["owner"],
            "parent_id": values["parent"],
        }


class NewPlanForm(PlanForm):
    """The same, and whether to freeze the community's figures into it at once.

    A plan without a title is called by its kind and days.
    """

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(choices=Plan.Kind, widget=forms.HiddenInput)
    baseline = forms.BooleanField(
        label=_("Freeze the community's figures into the plan"),
        help_text=_("Size, activity, growth and answering, with the same days a year before."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, placeholder: str = "", **kwargs: Any) -> None:
        """Show as placeholder what the plan will be called if no title is given."""
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["placeholder"] = placeholder


class SectionForm(forms.Form):
    """The words of one section, and what the writer had before them."""

    text = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=40_000,
        help_text=_("Markdown: **bold**, lists, tables, links."),
        widget=forms.Textarea({"rows": 14}),
    )
    read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Give every line the same end: browsers send their own."""
        values = super().clean() or {}
        return {name: text.replace("\r\n", "\n") for name, text in values.items()}


class BaselineForm(forms.Form):
    """The days whose figures are frozen."""

    first = day_field(_("First day"))
    last = day_field(_("Last day"))

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        return values


class CommentForm(forms.Form):
    """A remark, on the plan or on one of its sections."""

    text = forms.CharField(label=_("Remark"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    section = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the plan's sections."""
        super().__init__(*args, **kwargs)
        offer(self, "section", [("", _("The whole plan")), *sections])


class SubmitForm(forms.Form):
    """Why the plan changed, and what that rests on."""

    reason = forms.CharField(
        label=_("Why it changed"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )
    evidence = forms.MultipleChoiceField(
        label=_("What this rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan_id: int, is_first: bool, **kwargs: Any) -> None:
        """Offer what the change can rest on; the first version needs no reason."""
        super().__init__(*args, **kwargs)
        evidence = queries.evidence_choices(plan_id)
        offer(self, "evidence", evidence)
        if not evidence:
            del self.fields["evidence"]
        self.fields["reason"].required = not is_first


class DecisionForm(forms.Form):
    """What is decided about a version; sending it back needs words."""

    decision = forms.ChoiceField(choices=[("approved", ""), ("returned", "")])
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where a version is sent back."""
        values = super().clean() or {}
        if values.get("decision") == "returned" and not values.get("note"):
            self.add_error("note", _("Say what is missing before you send it back."))
        return values
