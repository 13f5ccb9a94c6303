"""How a member wants to be told, as a form."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juluo.domains.notifications.queries import KindChoice, Rhythm
from juluo.domains.notifications.services import Wanted
from juluo.domains.notifications.types import Way


class PreferencesForm(forms.Form):
    """When mail may come; and for each kind, whether and how."""

    wants_digest = forms.BooleanField(label=gettext_lazy("Send the daily mail"), required=False)
    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("Daily mail at"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
    )
    most_a_day = forms.IntegerField(
        label=gettext_lazy("At most so many single mails a day"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("What comes on top waits for the daily mail, which tells how many."),
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("Quiet until"),
        required=False,
        help_text=gettext_lazy("Single mails wait until then."),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("My time zone"),
        required=False,
        choices=lambda: [
            ("", _("As the community")),
            *((name, name) for name in sorted(available_timezones())),
        ],
    )

    def __init__(self, *args: Any, kinds: Sequence[KindChoice], **kwargs: Any) -> None:
        """Ask how each kind shall come."""
        super().__init__(*args, **kwargs)
        self._kinds = kinds
        for number, kind in enumerate(kinds):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=str(kind.label), choices=Way.choices, initial=kind.way
            )

    def clean(self) -> dict[str, Any]:
        """Refuse half of a pair of hours, and a day that is quiet from end to end."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("quiet_from"), given.get("quiet_until")
        if (start is None) != (end is None) and not self.errors:
            self.add_error("quiet_until", _("Say both, from when and until when; or neither."))
        if start is not None and start == end:
            self.add_error("quiet_until", _("Quiet all day? Choose “Inbox only” below instead."))
        return given

    def times(self) -> list[Any]:
        """Return the fields about when mail may come."""
        return [self[name] for name in self.base_fields]

    def kinds(self) -> list[Any]:
        """Return the fields of the kinds."""
        return [self[f"kind_{number}"] for number in range(len(self._kinds))]

    def ways(self) -> dict[str, str]:
        """Return the kinds whose way is another than before."""
        chosen = {
            kind.key: self.cleaned_data[f"kind_{number}"] for number, kind in enumerate(self._kinds)
        }
        before = {kind.key: kind.way for kind in self._kinds}
        return {key: way for key, way in chosen.items() if way != before[key]}

    def wanted(self) -> Wanted:
        """Return when mail may come."""
        return Wanted(**{name: self.cleaned_data[name] for name in self.base_fields})


def as_initial(rhythm: Rhythm) -> dict[str, Any]:
    """Return what the form shows before anything is changed."""
    return {
        "wants_digest": rhythm.wants_digest,
        "digest_hour": rhythm.digest_hour,
        "most_a_day": rhythm.most_a_day,
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "timezone": rhythm.own_timezone,
    }
