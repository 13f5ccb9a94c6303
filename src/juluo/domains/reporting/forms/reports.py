"""What a report should cover, what is said about it, and who gets it."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.forms.plan_document import CANNOT_MAKE
from juluo.domains.reporting.models import Report, ReportFile
from juluo.domains.reporting.queries import can_make
from juluo.domains.reporting.types import (
    CYCLES,
    EARLIEST,
    LATEST,
    LONGEST_DAYS,
    Kind,
    cycle_of,
)

IN_REACH = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST - timedelta(days=1))]
_CYCLE_KINDS = [(each.value, Report.Kind(each.value).label) for each in CYCLES]


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_REACH,
    )


class NewReportForm(forms.Form):
    """The kind of report and its days, or the plan it is on."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Report.Kind)
    first = _day(
        _("First day"),
        _("For a week, month, quarter, half-year or year: any day in it."),
        required=False,
    )
    last = _day(_("Last day"), _("Only for days of your choice and work output."), required=False)
    plan = forms.TypedChoiceField(
        label=_("Plan"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("An activity report is on its plan; others may be narrowed to one."),
    )
    with_money = forms.BooleanField(
        label=_("Tell of money"),
        required=False,
        help_text=_("Then only those who may see money can read it."),
    )

    def __init__(self, *args: Any, may_see_money: bool, **options: Any) -> None:
        """Offer the plans; money only to those who may see it."""
        super().__init__(*args, **options)
        plans = cast("forms.TypedChoiceField", self.fields["plan"])
        plans.choices = [("", _("The whole community")), *_plans()]
        if not may_see_money:
            del self.fields["with_money"]

    def clean(self) -> dict[str, Any]:
        """Find the days that are meant."""
        values = super().clean() or {}
        kind = Kind(values["kind"]) if values.get("kind") else None
        if kind is None or self.errors:
            return values
        if kind is Kind.ACTIVITY:
            self._days_of_plan(values)
        elif kind in CYCLES:
            self._days_of_cycle(values, kind)
        else:
            self._own_days(values)
        return values

    def _days_of_plan(self, values: dict[str, Any]) -> None:
        card = None
        if values.get("plan"):
            today = insights.local_today(now=timezone.now())
            card = planning.plan_card(values["plan"], today=today)
        if card is None:
            self.add_error("plan", _("Choose the plan of the activity."))
            return
        values["start"], values["end"] = card.first, card.last + timedelta(days=1)

    def _days_of_cycle(self, values: dict[str, Any], kind: Kind) -> None:
        if not values.get("first"):
            self.add_error("first", _("Name a day of the cycle."))
            return
        values["start"], values["end"] = cycle_of(kind, values["first"])

    def _own_days(self, values: dict[str, Any]) -> None:
        first, last = values.get("first"), values.get("last")
        for name, day in (("first", first), ("last", last)):
            if not day:
                self.add_error(name, _("Name the first and the last day."))
        if not first or not last:
            return
        if first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A report can cover ten years at the most."))
        values["start"], values["end"] = first, last + timedelta(days=1)


def _plans() -> list[tuple[int, str]]:
    cards = planning.plans(today=insights.local_today(now=timezone.now()))
    return [(card.id, card.title) for card in cards]


class FileForm(forms.Form):
    """Which language, and which kind of file."""

    language = forms.ChoiceField(label=_("Language"), choices=ReportFile.Language)
    format = forms.ChoiceField(label=_("Format"), choices=ReportFile.Format)

    def clean_format(self) -> str:
        """Refuse what this machine cannot make, and say what to do instead."""
        chosen: str = self.cleaned_data["format"]
        if not can_make(chosen):
            raise forms.ValidationError(CANNOT_MAKE)
        return chosen


class WordsForm(forms.Form):
    """A note or a comment, and the section it is about."""

    anchor = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Words"), max_length=2000, widget=forms.Textarea({"rows": 3}), strip=True
    )


class DecisionForm(forms.Form):
    """What an owner says when deciding about a report."""

    note = forms.CharField(
        label=_("Word on it"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )


class ShareForm(forms.Form):
    """A link: in which language, for how long, and for whom."""

    language = forms.ChoiceField(label=_("Language"), choices=ReportFile.Language)
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(7, _("a week")), (30, _("thirty days")), (90, _("ninety days"))],
        initial=30,
    )
    label = forms.CharField(
        label=_("For whom"), required=False, max_length=100, help_text=_("Only you see this.")
    )


class MailForm(forms.Form):
    """Who is mailed the report, and with which file."""

    readers = forms.TypedMultipleChoiceField(
        label=_("Readers"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    format = forms.ChoiceField(label=_("File with it"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer staff, and the formats that can be made here."""
        super().__init__(*args, **options)
        readers = cast("forms.TypedMultipleChoiceField", self.fields["readers"])
        readers.choices = members.staff()
        formats = cast("forms.ChoiceField", self.fields["format"])
        formats.choices = mailable()


def mailable() -> list[tuple[str, Any]]:
    """Return the files that a mail can carry, and the link alone."""
    able = [(key, label) for key, label in ReportFile.Format.choices if can_make(key)]
    return [("", _("None: the link alone")), *able]


class ScheduleForm(forms.Form):
    """Which reports are made by themselves, when, and for whom."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_CYCLE_KINDS)
    wait_days = forms.IntegerField(
        label=_("Days after the cycle’s end"),
        min_value=0,
        max_value=28,
        initial=1,
        help_text=_("Late talk is still coming in; answers need days to be counted."),
    )
    readers = forms.TypedMultipleChoiceField(
        label=_("Who is told of the draft, and mailed the report when it is issued"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    format = forms.ChoiceField(label=_("File with the mail"), required=False)
    with_money = forms.BooleanField(label=_("Tell of money"), required=False)

    def __init__(self, *args: Any, may_see_money: bool, **options: Any) -> None:
        """Offer staff, and the formats that can be made here."""
        super().__init__(*args, **options)
        readers = cast("forms.TypedMultipleChoiceField", self.fields["readers"])
        readers.choices = members.staff()
        formats = cast("forms.ChoiceField", self.fields["format"])
        formats.choices = mailable()
        if not may_see_money:
            del self.fields["with_money"]
