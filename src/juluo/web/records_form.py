"""Which of the records behind a figure a page lists, read from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.analytics.question import Only
from juluo.domains.discussions import queries as discussions
from juluo.events.base import EVENT_TYPES, Verb
from juluo.events.members import MemberJoined, MemberLeft
from juluo.ui.form_fields import offer
from juluo.web.happenings import telling_of


def counted() -> list[str]:
    """Return the types of events that figures of the catalog count."""
    verbs = [name for name, kind in EVENT_TYPES.items() if kind.verb is not Verb.NONE]
    return [*verbs, MemberJoined.name, MemberLeft.name]


class RecordsForm(forms.Form):
    """Which of the records behind a figure are listed."""

    role = forms.ChoiceField(
        label=_("Counts as"),
        required=False,
        choices=[("", _("All")), ("part", _("part")), ("whole", _("whole"))],
    )
    what = forms.ChoiceField(label=_("What happened"), required=False)
    member = forms.IntegerField(label=_("Member’s number"), required=False, min_value=1)
    space = forms.TypedChoiceField(label=_("Space"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what can happen, in words, and the spaces there are."""
        super().__init__(*args, **kwargs)
        happenings = sorted((str(telling_of(name).words), name) for name in counted())
        spaces = sorted(discussions.space_names().items(), key=lambda each: each[1])
        offer(self, "what", [("", _("All")), *((name, words) for words, name in happenings)])
        offer(self, "space", [("", _("All")), *spaces])

    @property
    def only(self) -> Only:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Only(
            role=given["role"] or None,
            name=given["what"] or None,
            actor_id=given["member"],
            space_id=given["space"],
        )
