"""Input about tasks, phases, gates and milestones."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from juluo.analytics.catalog import METRICS
from juluo.domains.discussions import queries as discussions
from juluo.domains.planning import queries
from juluo.domains.planning.forms.fields import (
    LAST_BEFORE_FIRST,
    chosen_id,
    hours_field,
    minutes,
    staff_choices,
)
from juluo.domains.planning.models import GateCriterion, Task
from juluo.domains.planning.models.gates import Gate
from juluo.domains.planning.rules.links import Awaited
from juluo.domains.planning.types import LinkKind
from juluo.ui.form_fields import day_field, offer

NOBODY = _("nobody yet")
NONE = pgettext_lazy("choice", "none")


class TaskForm(forms.Form):
    """What a task says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    details = forms.CharField(
        label=_("Details"), required=False, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.ChoiceField(label=pgettext_lazy("task", "Owner"), required=False)
    start = day_field(_("First day"), required=False)
    due = day_field(pgettext_lazy("task", "Due"), required=False)
    hours = hours_field(_("Planned hours"), help_text=_("Without hours it counts for no week."))
    kind_of_work = forms.ChoiceField(
        label=_("Kind of work"),
        required=False,
        choices=[("", _("not told")), *Task.KindOfWork.choices],
    )
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    strategy = forms.ChoiceField(label=_("Strategy"), required=False)

    def __init__(
        self, *args: Any, plan_id: int | None = None, owner_id: int | None = None, **kwargs: Any
    ) -> None:
        """Offer the parts of one plan, or the plans where there is none yet."""
        super().__init__(*args, **kwargs)
        self._plan_id = plan_id
        offer(self, "owner", staff_choices(also=owner_id, nobody=NOBODY))
        if plan_id is None:
            offer(self, "plan", [("", NONE), *queries.plan_choices()])
            for name in ("phase", "milestone", "strategy"):
                del self.fields[name]
        else:
            del self.fields["plan"]
            parts = queries.parts_of(plan_id)
            offer(self, "phase", [("", NONE), *parts.phases])
            offer(self, "milestone", [("", NONE), *parts.milestones])
            offer(self, "strategy", [("", NONE), *parts.strategies])

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        values = super().clean() or {}
        start, due = values.get("start"), values.get("due")
        if start and due and due < start:
            self.add_error("due", LAST_BEFORE_FIRST)
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What a valid form says, as the services take it."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "details": given["details"],
            "owner_id": chosen_id(given["owner"]),
            "start": given["start"],
            "due": given["due"],
            "planned_minutes": minutes(given["hours"]),
            "kind_of_work": given["kind_of_work"],
            "phase_id": chosen_id(given.get("phase", "")),
            "milestone_id": chosen_id(given.get("milestone", "")),
            "strategy_id": chosen_id(given.get("strategy", "")),
        }

    @property
    def plan_id(self) -> int | None:
        """The plan that the task belongs to."""
        return self._plan_id or chosen_id(self.cleaned_data.get("plan", ""))


class PlaceForm(forms.Form):
    """Who does a task, and by when."""

    owner = forms.ChoiceField(label=pgettext_lazy("task", "Owner"), required=False)
    due = day_field(pgettext_lazy("task", "Due"), required=False)

    def __init__(self, *args: Any, owner_id: int | None = None, **kwargs: Any) -> None:
        """Offer the staff."""
        super().__init__(*args, **kwargs)
        offer(self, "owner", staff_choices(also=owner_id, nobody=NOBODY))

    @property
    def owner_id(self) -> int | None:
        """Who was chosen."""
        return chosen_id(self.cleaned_data["owner"])


class MoveForm(forms.Form):
    """Another day."""

    due = day_field(_("Move to"))


class NeedForm(forms.Form):
    """A task to wait for."""

    needs = forms.ChoiceField(label=_("Waits for"))

    def __init__(self, *args: Any, task_id: int, **kwargs: Any) -> None:
        """Offer the open tasks of the same plan."""
        super().__init__(*args, **kwargs)
        offer(self, "needs", queries.possible_needs(task_id))


class FindForm(forms.Form):
    """Looking for an object by its words."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    words = forms.CharField(label=_("Words of its title"), max_length=100, required=False)

    def __init__(self, *args: Any, kinds: list[LinkKind], **kwargs: Any) -> None:
        """Offer the kinds that can be looked for."""
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind.key, kind.label) for kind in kinds])


class AwaitForm(forms.Form):
    """A publication to wait for."""

    space = forms.ChoiceField(label=_("Space"))
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[
            ("", _("A post or a question")),
            ("post", pgettext_lazy("format", "Post")),
            ("question", pgettext_lazy("format", "Question")),
        ],
    )
    member = forms.ChoiceField(label=pgettext_lazy("author", "By"), required=False)
    title_words = forms.CharField(
        label=_("Words in its title"),
        required=False,
        max_length=100,
        help_text=_("All of them must appear; apart by spaces."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer spaces and staff."""
        super().__init__(*args, **kwargs)
        offer(self, "space", space_choices())
        offer(self, "member", staff_choices(nobody=pgettext_lazy("author", "anybody")))

    @property
    def awaited(self) -> Awaited:
        """What a valid form waits for."""
        given = self.cleaned_data
        return Awaited(
            space_id=int(given["space"]),
            member_id=chosen_id(given["member"]),
            words=tuple(given["title_words"].split()),
            format=given["format"],
        )


def space_choices() -> list[tuple[str, str]]:
    """Return the spaces that are open, by name."""
    return [(str(pk), name) for pk, name in discussions.spaces_in_use()]


class PhaseForm(forms.Form):
    """A phase's days."""

    first = day_field(_("First day"))
    last = day_field(_("Last day"))

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", LAST_BEFORE_FIRST)
        return values

    @property
    def end(self) -> date:
        """The first day that no longer belongs to it."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


class MilestoneForm(forms.Form):
    """What a milestone says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    owner = forms.ChoiceField(label=pgettext_lazy("task", "Owner"))
    due = day_field(pgettext_lazy("milestone", "Day"))
    phase = forms.ChoiceField(label=_("Phase"), required=False)

    def __init__(
        self, *args: Any, plan_id: int, owner_id: int | None = None, **kwargs: Any
    ) -> None:
        """Offer the staff and the plan's phases."""
        super().__init__(*args, **kwargs)
        offer(self, "owner", staff_choices(also=owner_id))
        offer(self, "phase", [("", NONE), *queries.parts_of(plan_id).phases])

    @property
    def values(self) -> dict[str, Any]:
        """What a valid form says, as the services take it."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "owner_id": int(given["owner"]),
            "due": given["due"],
            "phase_id": chosen_id(given["phase"]),
        }


class CriterionForm(forms.Form):
    """One thing more that a gate asks for."""

    gate = forms.ChoiceField(label=_("Gate"), choices=Gate)
    kind = forms.ChoiceField(label=_("What must hold"), choices=GateCriterion.Kind)
    metric = forms.ChoiceField(label=_("Metric"), required=False)
    window = forms.ChoiceField(label=_("Over"), required=False)
    compare = forms.ChoiceField(
        label=_("Must be"),
        required=False,
        choices=[("at_least", _("at least")), ("at_most", _("at most"))],
    )
    value = forms.FloatField(
        label=_("Value"),
        required=False,
        help_text=_("Shares in percent, durations in hours."),
    )
    space = forms.ChoiceField(label=_("Only in"), required=False)
    exclude_staff = forms.BooleanField(label=_("Leave staff out"), required=False)
    check = forms.ChoiceField(label=_("Decided"), required=False)
    words = forms.CharField(label=_("What must be said"), max_length=200, required=False)
    person = forms.ChoiceField(label=_("By whom"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer metrics, checks and staff."""
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        metrics = queries.metrics_for_gates()
        offer(self, "metric", [(each.key, each.title.in_language(language)) for each in metrics])
        offer(self, "window", queries.window_choices())
        offer(self, "space", [("", _("All spaces")), *space_choices()])
        offer(self, "check", [(each.key, each.label) for each in queries.gate_checks()])
        offer(self, "person", staff_choices(nobody=NOBODY))

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs."""
        values = super().clean() or {}
        needed = {
            GateCriterion.Kind.METRIC: ("metric", "window", "compare", "value"),
            GateCriterion.Kind.CHECK: ("check",),
            GateCriterion.Kind.STATED: ("words", "person"),
        }.get(values.get("kind", ""), ())
        for name in needed:
            if values.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This is needed for it."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        given = self.cleaned_data
        asked: dict[str, Any] = {"gate": given["gate"], "kind": given["kind"]}
        if given["kind"] == GateCriterion.Kind.METRIC:
            asked["terms"] = self._terms()
        elif given["kind"] == GateCriterion.Kind.CHECK:
            asked["terms"] = {"check": given["check"]}
        elif given["kind"] == GateCriterion.Kind.STATED:
            asked["words"], asked["person_id"] = given["words"], int(given["person"])
        return asked

    def _terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        unit = METRICS[given["metric"]].unit
        scale = {"share": 0.01, "seconds": 3600.0}.get(unit, 1.0)
        spaces = [int(given["space"])] if given["space"] else []
        return {
            "metric": given["metric"],
            "filters": {"spaces": spaces, "exclude_staff": given["exclude_staff"]},
            "window": given["window"],
            "at_least": given["compare"] == "at_least",
            "value": round(given["value"] * scale, 6),
        }


class GateForm(forms.Form):
    """Passing a gate; a reason where something is missing."""

    gate = forms.ChoiceField(choices=Gate)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class StateForm(forms.Form):
    """Whether a criterion holds."""

    holds = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)
