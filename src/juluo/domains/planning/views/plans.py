"""Plans: the list, making one from its template, reading and writing it."""

from datetime import date, timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.insights import queries as insights
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.plans import (
    BaselineForm,
    CommentForm,
    NewPlanForm,
    PlanForm,
    SectionForm,
)
from juluo.domains.planning.models import Plan
from juluo.domains.planning.queries.plans import PlanCard
from juluo.domains.planning.rules.sections import SECTIONS, SECTIONS_OF
from juluo.domains.planning.rules.spans import proposed_span
from juluo.domains.planning.views.frame import plan_frame
from juluo.ui.access import requires

# How many entries of a live part stand under its section before the reader is sent to its page.
MOST_ENTRIES = 8
KIND_ICONS = {
    "annual": "calendar",
    "quarterly": "calendar-stats",
    "activity": "calendar-event",
    "campaign": "speakerphone",
}


@require_safe
@requires(permissions.can_see_plans)
def plan_list(request: HttpRequest) -> HttpResponse:
    """List the plans, running ones first."""
    today = insights.local_today(now=timezone.now())
    rows = [(card, queries.status_look(card.status)) for card in queries.plans(today=today)]
    may_plan = permissions.can_plan(request.user)
    context = {"rows": rows, "may_plan": may_plan, "templates": _templates(), "today": today}
    return render(request, "planning/plans/list.html", context)


def _templates() -> list[dict[str, Any]]:
    told = {
        "annual": _("A year: every part, from background to outlook."),
        "quarterly": _("A quarter within a year: goals, strategies, schedule, budget."),
        "activity": _("Something people take part in: who, when, with what, and what it brings."),
        "campaign": _("Something that brings people in: audience, message, channels, cost."),
    }
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "told": told[kind.value],
            "icon": KIND_ICONS[kind.value],
            "sections": len(SECTIONS_OF[kind.value]),
        }
        for kind in Plan.Kind
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Make a plan from the template of its kind."""
    kind = request.POST.get("kind") or request.GET.get("kind") or "annual"
    if kind not in SECTIONS_OF:
        raise Http404
    if request.method == "POST":
        form = NewPlanForm(request.POST)
        if form.is_valid():
            made = _make(form, cast("Member", request.user))
            return redirect("planning:proposed_goals", made)
    else:
        usual = _usual(kind, cast("Member", request.user))
        form = NewPlanForm(initial=usual, placeholder=_title(kind, usual["first"]))
    language = get_language() or "en"
    context = {
        "form": form,
        "kind": kind,
        "templates": _templates(),
        "sections": [SECTIONS[key].title.in_language(language) for key in SECTIONS_OF[kind]],
    }
    return render(request, "planning/plans/new.html", context, status=422 if form.errors else 200)


def _usual(kind: str, member: Member) -> dict[str, Any]:
    first, end = proposed_span(kind, today=insights.local_today(now=timezone.now()))
    last = end - timedelta(days=1)
    return {"kind": kind, "first": first, "last": last, "owner": member.pk}


def _title(kind: str, first: date) -> str:
    """Return what a plan is called that was given no title."""
    titles = {
        "annual": _("Plan for %(year)s"),
        "quarterly": _("Plan for quarter %(quarter)s of %(year)s"),
        "activity": _("Activity of %(month)s/%(year)s"),
        "campaign": _("Campaign of %(month)s/%(year)s"),
    }
    facts = {"year": first.year, "quarter": (first.month - 1) // 3 + 1, "month": first.month}
    return titles[kind] % facts


def _make(form: NewPlanForm, member: Member) -> int:
    at = timezone.now()
    kind = form.cleaned_data["kind"]
    frame = form.frame
    frame["title"] = frame["title"] or _title(kind, frame["start"])
    plan = services.make_plan(kind=kind, actor_id=member.pk, at=at, **frame)
    services.make_phases(plan_id=plan.pk, actor_id=member.pk, at=at)
    if form.cleaned_data["baseline"]:
        start, end = queries.usual_window(kind, start=plan.start, now=at)
        services.take_baseline(plan_id=plan.pk, start=start, end=end, actor_id=member.pk, at=at)
    return plan.pk


@require_safe
@requires(permissions.can_see_plans)
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan: its sections with what stands under them, and what was remarked."""
    return _plan_page(request, plan_id)


def _plan_page(
    request: HttpRequest, plan_id: int, *, remark: CommentForm | None = None
) -> HttpResponse:
    language = get_language() or "en"
    context = plan_frame(request, plan_id, current="plan")
    page = queries.plan_page(plan_id, today=context["today"], language=language)
    if page is None:
        raise Http404
    sections = [(each.key, each.title) for each in page.sections]
    baselines = queries.baselines_of(plan_id, language=language)
    positionings = queries.positionings()
    stated = [each for each in positionings if each.id == page.positioning_id]
    newest = positionings[:1]
    context |= {
        "page": page,
        "sections": [_section(request, plan_id, each, language) for each in page.sections],
        "baseline": baselines[0] if baselines else None,
        "earlier_baselines": baselines[1:],
        "baseline_form": BaselineForm(initial=_baseline_days(page.card)),
        "positioning": stated[0] if stated else None,
        "newer_positioning": newest[0] if newest and newest[0].id != page.positioning_id else None,
        "notes": queries.notes(today=context["today"], plan_id=plan_id),
        "comment_form": remark or CommentForm(sections=sections),
        "changes": queries.changed_since_last(plan_id),
        "effect_boxes": queries.effect_boxes("plan", plan_id, now=timezone.now()),
    }
    status = 422 if remark is not None and remark.errors else 200
    return render(request, "planning/plans/plan.html", context, status=status)


def _baseline_days(card: PlanCard) -> dict[str, date]:
    start, end = queries.usual_window(card.kind, start=card.first, now=timezone.now())
    return {"first": start, "last": end - timedelta(days=1)}


def _section(
    request: HttpRequest, plan_id: int, section: queries.SectionShown, language: str
) -> dict[str, Any]:
    """Return a section with the entries of the registered part that stands under it."""
    parts = {part.key: part for part in queries.plan_parts(request.user) if part.url_name}
    part = parts.get(section.live)
    shown: dict[str, Any] = {
        "told": section,
        "part": None,
        "entries": [],
        "more": 0,
        "url_name": "",
    }
    if part is None or section.key == "resources":
        return shown
    entries = queries.entries_shown(part, plan_id, language=language)
    return shown | {
        "part": part,
        "entries": entries[:MOST_ENTRIES],
        "more": max(len(entries) - MOST_ENTRIES, 0),
        "url_name": part.url_name,
    }


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def frame(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change a plan's title, days, owner and place, and the positioning it stands under."""
    context = plan_frame(request, plan_id, current="plan")
    card = context["plan"]
    given = request.POST if request.method == "POST" else None
    usual = {
        "title": card.title,
        "first": card.first,
        "last": card.last,
        "owner": card.owner_id,
        "parent": card.parent_id,
    }
    form = PlanForm(given, initial=usual, plan_id=plan_id)
    if given is not None and form.is_valid():
        changed: dict[str, Any] = dict(form.frame)
        newest = queries.positionings()[:1]
        if request.POST.get("positioning") == "newest" and newest:
            changed["positioning_id"] = newest[0].id
        _do(request, services.change_plan, plan_id=plan_id, **changed)
        return redirect("planning:plan", plan_id)
    context |= {"form": form}
    return render(request, "planning/plans/frame.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def section(request: HttpRequest, plan_id: int, section: str) -> HttpResponse:
    """Write one section."""
    text = queries.section_text(plan_id, section)
    if text is None:
        raise Http404
    context = plan_frame(request, plan_id, current="plan")
    given = request.POST if request.method == "POST" else None
    form = SectionForm(given, initial={"text": text, "read": text})
    if given is not None and form.is_valid():
        try:
            services.write_section(
                plan_id=plan_id,
                key=section,
                text=form.cleaned_data["text"],
                read=form.cleaned_data["read"],
                actor_id=request.user.pk or 0,
                at=timezone.now(),
            )
            return redirect(f"{_plan_address(plan_id)}#section-{section}")
        except services.SomebodyElseWrote as theirs:
            form.add_error("text", _("Somebody else changed this section meanwhile."))
            context["theirs"] = theirs.text
        except services.PlanIsClosed:
            form.add_error(None, _("This plan is closed; nothing in it changes any more."))
    language = get_language() or "en"
    context |= {
        "form": form,
        "key": section,
        "title": SECTIONS[section].title.in_language(language),
        "guidance": SECTIONS[section].guidance.in_language(language),
    }
    status = 422 if form.errors else 200
    return render(request, "planning/plans/section.html", context, status=status)


def _plan_address(plan_id: int) -> str:
    return reverse("planning:plan", args=[plan_id])


@require_POST
@requires(permissions.can_plan)
def baseline(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Freeze the community's figures of some days into the plan."""
    plan_frame(request, plan_id, current="plan")
    form = BaselineForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        end = values["last"] + timedelta(days=1)
        _do(request, services.take_baseline, plan_id=plan_id, start=values["first"], end=end)
    else:
        messages.error(request, _("The days to measure do not make a window."))
    return redirect(f"{_plan_address(plan_id)}#section-baseline")


@require_POST
@requires(permissions.can_plan)
def close(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Close a plan; it can be opened again."""
    plan_frame(request, plan_id, current="plan")
    if _do(request, services.close_plan, plan_id=plan_id):
        messages.success(request, _("The plan is closed. It can be opened again."))
    return redirect("planning:plan", plan_id)


@require_POST
@requires(permissions.can_plan)
def reopen(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Open a closed plan again."""
    plan_frame(request, plan_id, current="plan")
    _do(request, services.reopen_plan, plan_id=plan_id)
    return redirect("planning:plan", plan_id)


@require_POST
@requires(permissions.can_see_plans)
def comment(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Remark on a plan."""
    card = plan_frame(request, plan_id, current="plan")["plan"]
    language = get_language() or "en"
    sections = [(key, queries.section_title(key, language)) for key in SECTIONS_OF[card.kind]]
    form = CommentForm(request.POST, sections=sections)
    if not form.is_valid():
        return _plan_page(request, plan_id, remark=form)
    remark = services.comment(
        plan_id=plan_id,
        text=form.cleaned_data["text"],
        section_key=form.cleaned_data["section"],
        author_id=request.user.pk or 0,
        at=timezone.now(),
    )
    return redirect(f"{_plan_address(plan_id)}#comment-{remark.pk}")


@require_POST
@requires(permissions.can_see_plans)
def resolve(request: HttpRequest, plan_id: int, comment_id: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    plan_frame(request, plan_id, current="plan")
    _do(request, services.resolve_comment, plan_id=plan_id, comment_id=comment_id)
    return redirect(f"{_plan_address(plan_id)}#comments")


def _do(request: HttpRequest, service: Any, **given: Any) -> bool:
    """Call a service as the signed-in member; say so where the plan is closed."""
    try:
        service(actor_id=request.user.pk, at=timezone.now(), **given)
    except services.PlanIsClosed:
        messages.error(request, _("This plan is closed; nothing in it changes any more."))
        return False
    return True
