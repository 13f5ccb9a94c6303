"""Funnels: which steps members take in time, and who was lost before which."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.funnel import MOST_DAYS, MOST_STEPS, Funnel, FunnelAnswer
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.ui.access import requires
from juluo.ui.form_fields import offer
from juluo.web.explorer_tabs import explorer_tabs, save_address
from juluo.web.members_behind import Column, Listed, listed_page, offset_of, table_file
from juluo.web.study_form import StudyForm, with_days

USUAL_DAYS = 182
USUAL = {"step1": "participated", "step2": "contributed", "step3": "contributed_later"}
STATES = ("reached", "lost", "waiting")
SPLITS = [
    ("", gettext_lazy("Nothing")),
    ("channel", gettext_lazy("Channel of arrival")),
    ("month", gettext_lazy("Month of the first step")),
    ("space", gettext_lazy("Space")),
    ("source", gettext_lazy("Source")),
]
PLACES = [f"step{n}" for n in range(1, MOST_STEPS + 1)]


class FunnelForm(StudyForm):
    """The steps in their order, the days they may take, and a split."""

    step1 = forms.ChoiceField(label=gettext_lazy("First step"))
    step2 = forms.ChoiceField(label=gettext_lazy("Second step"))
    step3 = forms.ChoiceField(label=gettext_lazy("Third step"), required=False)
    step4 = forms.ChoiceField(label=gettext_lazy("Fourth step"), required=False)
    step5 = forms.ChoiceField(label=gettext_lazy("Fifth step"), required=False)
    step6 = forms.ChoiceField(label=gettext_lazy("Sixth step"), required=False)
    within = forms.IntegerField(
        label=gettext_lazy("Within days of the first step"), min_value=1, max_value=MOST_DAYS
    )
    by = forms.ChoiceField(label=gettext_lazy("Split by"), choices=SPLITS, required=False)
    field_order = (*PLACES, "within", "window", "first", "last", "by", "space", "source")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Offer the steps there are."""
        super().__init__(*args, **kwargs)
        titles = queries.step_titles(language)
        beginning = queries.first_steps()
        for name in PLACES:
            some = beginning if name == "step1" else list(titles)
            none = [] if name in {"step1", "step2"} else [("", _("None"))]
            offer(self, name, [*none, *((key, titles[key]) for key in some)])

    def clean(self) -> dict[str, Any]:
        """Check that no step is left out between two others."""
        values = super().clean()
        chosen = [bool(values.get(name)) for name in PLACES if name not in self.errors]
        if not self.errors and chosen != sorted(chosen, reverse=True):
            gap = PLACES[chosen.index(False)]
            self.add_error(gap, _("Choose this step, or none of those after it."))
        return values

    @property
    def funnel(self) -> Funnel:
        """What a valid form asks for."""
        start, end = self.days
        given = self.cleaned_data
        return Funnel(
            steps=tuple(given[name] for name in PLACES if given[name]),
            within=given["within"],
            start=start,
            end=end,
            timezone=queries.current_log().timezone,
            by=given["by"] or None,
            filters=self.filters,
        )


def form_of(request: HttpRequest, language: str) -> FunnelForm:
    """Return the form over the address; where it names no step, the usual ones."""
    values = with_days(request.GET, usual_days=USUAL_DAYS)
    if not any(values.get(name) for name in PLACES):
        values.update(USUAL)
    values.setdefault("within", "28")
    return FunnelForm(values, language=language)


@require_safe
@requires(permissions.can_see_metrics)
def funnels(request: HttpRequest) -> HttpResponse:
    """Show a funnel: shares with their intervals, times, who was lost, and who still waits."""
    language = get_language() or "en"
    form = form_of(request, language)
    context: dict[str, Any] = {"form": form, "tabs": explorer_tabs("web:funnels")}
    if not form.is_valid():
        return render(request, "web/funnels.html", context, status=422)
    answer = queries.ask_funnel(form.funnel, log=queries.current_log(), now=timezone.now())
    if request.GET.get("format") == "csv":
        return _csv(request, answer, language)
    context |= {
        "found": queries.funnel_shown(answer, language=language),
        "filters": queries.filter_words(answer.funnel.filters),
        "save_url": save_address("funnel", form.asked()),
        "members_url": f"{reverse('web:funnel_members')}?{urlencode(form.asked())}",
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/funnels.html", context)


def _csv(request: HttpRequest, answer: FunnelAnswer, language: str) -> HttpResponse:
    if not permissions.can_export_metrics(request.user):
        raise Http404
    titles = queries.step_titles(language)
    head = [_("Group"), _("Step"), _("Members"), _("Of the first"), _("Low"), _("High"),
            _("Of the step before"), _("Median seconds from the first"), _("Waiting")]  # fmt: skip
    labels = queries.group_words(answer.funnel, [each.name or "" for each in answer.groups])
    rows = [
        [
            "" if group is answer.whole else labels[group.name or ""],
            titles[each.step],
            each.members,
            each.of_first.value,
            *(each.of_first.interval or ("", "")),
            each.of_before.value,
            each.since_first.value,
            still,
        ]
        for group in (answer.whole, *answer.groups)
        for each, still in zip(group.reached, group.waiting, strict=True)
    ]
    asked = answer.funnel
    return table_file(f"funnel-{asked.start}-{asked.end}", head, rows)


@require_safe
@requires(permissions.can_see_metrics)
def funnel_members(request: HttpRequest) -> HttpResponse:
    """List the members who took a step, were lost before it, or whose days are not over."""
    language = get_language() or "en"
    form = form_of(request, language)
    step, state = request.GET.get("step", "1"), request.GET.get("state", "reached")
    if not form.is_valid() or not step.isdecimal() or state not in STATES:
        raise Http404
    asked = form.funnel
    number = int(step) if len(step) < 3 else 0
    if not 1 <= number <= len(asked.steps):
        raise Http404
    group = request.GET.get("group")

    def found(offset: int, limit: int) -> Any:
        return queries.members_of_funnel(
            asked,
            log=queries.current_log(),
            now=timezone.now(),
            step=number,
            state=state,
            group=group,
            offset=offset,
            limit=limit,
        )

    title = _titles()[state] % {"step": queries.step_titles(language)[asked.steps[number - 1]]}
    if group and asked.by:
        title = f"{title} · {queries.group_words(asked, [group])[group]}"
    listed = Listed(
        key="funnel",
        title=title,
        back=reverse("web:funnels"),
        back_label=_("Funnels"),
        columns=(
            Column("day", _("Day of the first step"), "day"),
            Column("steps", _("Steps taken"), "number"),
            Column("took", _("Time they took"), "wait"),
        ),
        states=_states(number),
        filters=queries.filter_words(asked.filters),
    )
    return listed_page(request, listed, found, offset_of(request))


def _titles() -> dict[str, str]:
    return {
        "reached": _("Took the step “%(step)s”"),
        "lost": _("Lost before “%(step)s”"),
        "waiting": _("Still within their days"),
    }


def _states(number: int) -> tuple[tuple[str, str], ...]:
    words = {"reached": _("Took it"), "lost": _("Lost before it"), "waiting": _("Still waiting")}
    return tuple((each, words[each]) for each in STATES if number > 1 or each != "lost")
