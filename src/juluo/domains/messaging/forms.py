"""Input about chats, turned into clean values."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.discussions import queries as discussions
from juluo.domains.messaging import rules
from juluo.domains.messaging.models import ChatGroup, MessageSetting
from juluo.ui.form_fields import offer

SLOW = (
    (0, _("No slow mode")),
    (10, _("One message in 10 seconds")),
    (60, _("One message a minute")),
    (600, _("One message in 10 minutes")),
    (3600, _("One message an hour")),
)


class MessageForm(forms.Form):
    """What is written, and what it replies to."""

    body = forms.CharField(
        label=_("Message"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is longer than a message can be (%(limit_value)d characters)."),
        },
    )
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence."""
        found = [(error,) for errors in self.errors.values() for error in errors]
        return format_html_join(" ", "{}", found)


class GroupForm(forms.Form):
    """A new chat group."""

    name = forms.CharField(label=pgettext_lazy("of a chat group", "Name"), max_length=60)
    about = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    join_rule = forms.ChoiceField(
        label=_("How one joins"),
        choices=ChatGroup.JoinRule.choices,
        initial=ChatGroup.JoinRule.OPEN,
        widget=forms.RadioSelect,
    )
    space = forms.ChoiceField(label=_("Space"), required=False)

    def __init__(self, *args: Any, may_choose_space: bool, **kwargs: Any) -> None:
        """Offer the spaces to those who may open a group in one."""
        super().__init__(*args, **kwargs)
        if not may_choose_space:
            del self.fields["space"]
            return
        found = sorted(discussions.space_names().items(), key=lambda each: each[1])
        offer(self, "space", [("", _("In no space")), *((str(pk), name) for pk, name in found)])

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        given = self.cleaned_data
        space = given.get("space")
        return {
            "name": given["name"],
            "about": given["about"],
            "join_rule": given["join_rule"],
            "space_id": int(space) if space else None,
        }


class GroupSettingsForm(GroupForm):
    """What an owner may change in a chat group."""

    slow_seconds = forms.TypedChoiceField(
        label=_("Slow mode"),
        choices=SLOW,
        coerce=int,
        help_text=_("How often each member may write. Owners and staff may always."),
    )
    is_closed = forms.BooleanField(
        label=_("Closed: it can be read, nobody writes any more"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the space out: a group stays where it is."""
        super().__init__(*args, may_choose_space=False, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return dict(self.cleaned_data)


class PrivacyForm(forms.Form):
    """Who may begin to write to a member."""

    who = forms.ChoiceField(
        label=_("Who may begin to write to me"),
        choices=MessageSetting.Who.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever you have written to can always answer, until you block them."),
    )


class LetterForm(MessageForm):
    """The first message of a conversation."""

    title = forms.CharField(
        label=_("Title"), required=False, max_length=100, widget=forms.HiddenInput
    )
