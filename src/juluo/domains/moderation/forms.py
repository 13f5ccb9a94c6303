"""What members and moderators type about flags, decisions and claims."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from juluo.domains.moderation import rules
from juluo.domains.moderation.types import Act, Kind, Outcome, Reason

FOR_GOOD = "0"
SUSPENSIONS = (1, 3, 7, 30, 90)


def _words(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=help_text,
    )


class FlagForm(forms.Form):
    """What is wrong with something; of private messages also that moderators may see them."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    words = _words(_("In your words"), rules.WORDS)
    consents = forms.BooleanField(
        label=_("Show this message and what was said before it to the moderators"),
        error_messages={"required": _("Without that, nobody can see what you flag.")},
    )

    def __init__(self, *args: Any, is_private: bool, **kwargs: Any) -> None:
        """Ask for consent only where the words are private."""
        super().__init__(*args, **kwargs)
        if not is_private:
            del self.fields["consents"]

    def clean(self) -> dict[str, Any]:
        """Ask for words where the reason is none of the list."""
        given = super().clean() or {}
        if given.get("reason") == Reason.OTHER and not given.get("words", "").strip():
            self.add_error("words", _("Say in a few words what it is."))
        return given


class QueueFilters(forms.Form):
    """What of the queue is shown."""

    reason = forms.ChoiceField(label=_("Reason"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("of a flagged thing", "Kind"), required=False)
    space = forms.TypedChoiceField(label=_("Space"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, spaces: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the spaces whose cases the moderator sees."""
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["reason"].choices = [every, *Reason.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [every, *Kind.choices]  # type: ignore[attr-defined]
        self.fields["space"].choices = [every, *spaces]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what narrows the queue; what makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class DecisionForm(forms.Form):
    """What is done about a case, and why."""

    acts = forms.MultipleChoiceField(
        label=_("What to do"), choices=Act.choices, widget=forms.CheckboxSelectMultiple
    )
    suspend_for = forms.ChoiceField(label=_("Suspended for"), required=False)
    reason = forms.ChoiceField(
        label=_("Why"),
        required=False,
        help_text=_("The author reads it in their own language."),
    )
    words = _words(
        _("To the author"), rules.TO_AUTHOR, _("What was wrong, and what would be all right.")
    )

    def __init__(
        self, *args: Any, may_suspend: bool, may_warn: bool, may_hide: bool, **kwargs: Any
    ) -> None:
        """Offer what this moderator may do with this thing."""
        super().__init__(*args, **kwargs)
        left_out = {
            *(() if may_suspend else (Act.SUSPEND,)),
            *(() if may_warn else (Act.WARN,)),
            *(() if may_hide else (Act.HIDE,)),
        }
        acts = [each for each in Act.choices if each[0] not in left_out]
        self.fields["acts"].choices = acts  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", "—"), *Reason.choices]  # type: ignore[attr-defined]
        if may_suspend:
            self.fields["suspend_for"].choices = _suspensions()  # type: ignore[attr-defined]
        else:
            del self.fields["suspend_for"]

    def clean(self) -> dict[str, Any]:
        """Say kindly what makes no decision."""
        given = super().clean() or {}
        acts = set(given.get("acts", ()))
        if Act.DISMISS in acts and len(acts) > 1:
            self.add_error("acts", _("Leave it standing, or do something: not both."))
        elif acts >= rules.TAKES_AWAY:
            self.add_error("acts", _("Hide it or remove it: not both."))
        elif acts and Act.DISMISS not in acts and not given.get("reason"):
            self.add_error("reason", _("Choose why: the author is told."))
        return given

    def until(self, now: datetime) -> datetime | None:
        """Return when a suspension ends; None for good."""
        days = self.cleaned_data.get("suspend_for") or FOR_GOOD
        return now + timedelta(days=int(days)) if days != FOR_GOOD else None


def _suspensions() -> list[tuple[str, Any]]:
    timed = [
        (str(days), ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
        for days in SUSPENSIONS
    ]
    return [*timed, (FOR_GOOD, _("For good"))]


class ObjectionForm(forms.Form):
    """What the author says against a decision."""

    words = forms.CharField(
        label=_("What should another moderator know?"),
        max_length=rules.OBJECTION,
        widget=forms.Textarea({"rows": 5}),
    )


class OutcomeForm(forms.Form):
    """Whether a decision stands after its author objected."""

    outcome = forms.ChoiceField(
        choices=[each for each in Outcome.choices if each[0] != Outcome.WAITS]
    )


class FirstAidForm(forms.Form):
    """How many flags hide something until somebody has looked."""

    hide_after = forms.IntegerField(
        label=_("Hide for now after so many flags"),
        min_value=0,
        max_value=50,
        help_text=_("0: flags alone never hide anything."),
    )
    days_old = forms.IntegerField(
        label=_("Count members who are here for so many days"),
        min_value=1,
        max_value=365,
        help_text=_("Accounts made on the same day count as one."),
    )


class ClaimForm(forms.Form):
    """What a member says to a claim."""

    words = _words(
        _("How can we know?"),
        rules.WORDS,
        _("For example what you wrote there, or who knows you by both names."),
    )


class GiveHistoryForm(forms.Form):
    """Which member someone from elsewhere is."""

    email = forms.EmailField(label=_("E-mail address of the member"))
