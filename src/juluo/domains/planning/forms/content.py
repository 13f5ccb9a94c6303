"""Input about lines of the content plan."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning import queries
from juluo.domains.planning.forms.fields import chosen_id, hours_field, minutes, staff_choices
from juluo.domains.planning.forms.schedule import NOBODY, space_choices
from juluo.domains.planning.models import ContentLine
from juluo.domains.planning.rules.content import Cadence, Rhythm
from juluo.ui.form_fields import day_field, offer


class ContentLineForm(forms.Form):
    """What is published where, by whom, how often."""

    theme = forms.CharField(label=_("Theme"), max_length=150)
    format = forms.ChoiceField(label=_("Format"), choices=ContentLine.Format)
    space = forms.ChoiceField(label=_("Space"))
    author = forms.ChoiceField(label=_("Author"), required=False)
    rhythm = forms.ChoiceField(label=_("How often"), choices=ContentLine.RHYTHMS)
    every = forms.IntegerField(
        label=pgettext_lazy("cadence", "Every"), min_value=1, max_value=52, initial=1
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int)
    nth = forms.TypedChoiceField(
        label=_("Which of the month"),
        coerce=int,
        help_text=_("Counts for months only."),
    )
    start = day_field(pgettext_lazy("content line", "From"))
    hours = hours_field(_("Hours for each"))
    title_words = forms.CharField(
        label=_("Words in its title"),
        required=False,
        max_length=100,
        help_text=_("What is published with all of them in its title fills a slot."),
    )
    only_author = forms.BooleanField(
        label=_("Only what the author publishes fills a slot"), required=False
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        """Offer spaces, staff and weekdays; the plan's days bound the line's."""
        super().__init__(*args, **kwargs)
        self._first, self._last = first, last
        offer(self, "space", space_choices())
        offer(self, "author", staff_choices(nobody=NOBODY))
        offer(self, "weekday", enumerate(queries.weekday_names()))
        offer(self, "nth", queries.nth_names().items())

    def clean_start(self) -> date:
        """Refuse days outside the plan."""
        start: date = self.cleaned_data["start"]
        if not self._first <= start <= self._last:
            raise forms.ValidationError(_("This day is not in the plan."))
        return start

    @property
    def values(self) -> dict[str, Any]:
        """What a valid form says, as the service takes it."""
        given = self.cleaned_data
        return {
            "theme": given["theme"],
            "format": given["format"],
            "space_id": int(given["space"]),
            "author_id": chosen_id(given["author"]),
            "only_author": given["only_author"],
            "title_words": given["title_words"].split(),
            "cadence": Cadence(
                rhythm=Rhythm(given["rhythm"]),
                every=given["every"],
                weekday=given["weekday"],
                nth=given["nth"],
            ),
            "start": given["start"],
            "planned_minutes": minutes(given["hours"]),
        }
