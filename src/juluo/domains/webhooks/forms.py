"""What operators type about webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from juluo.domains.webhooks import queries
from juluo.domains.webhooks.rules import EVERYTHING
from juluo.domains.webhooks.services import NotAnAddress, NothingChosen
from juluo.ui.form_fields import offer


class EndpointForm(forms.Form):
    """Where a program is, and what it is told of."""

    name = forms.CharField(label=pgettext_lazy("of a webhook", "Name"), max_length=80)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Begins with https:// or http://. Each event is sent there by POST as JSON."),
        widget=forms.URLInput,
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it of"),
        initial=[EVERYTHING],
        widget=forms.SelectMultiple({"size": 10}),
        help_text=_("Ids and choices are sent, never words; private messages are left out."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every event that others may be told of."""
        super().__init__(*args, **kwargs)
        named = [(name, name) for name in queries.choosable()]
        offer(self, "events", [(EVERYTHING, gettext("Every event")), *named])

    def refuse(self, error: Exception) -> None:
        """Say beside the field why a service refused what was typed."""
        if isinstance(error, NotAnAddress):
            self.add_error("url", gettext("This is no address of the web that can be called."))
        else:
            self.add_error("events", gettext("Choose at least one."))


REFUSALS = (NotAnAddress, NothingChosen)
