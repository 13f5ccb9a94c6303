"""The queue, one case, and what is done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.moderation import permissions, queries, services
from juluo.domains.moderation.forms import DecisionForm, FirstAidForm, OutcomeForm, QueueFilters
from juluo.domains.moderation.views.shell import attempt, me, shell
from juluo.lib.client_address import client_address
from juluo.ui.access import not_there, requires


@require_safe
@requires(permissions.can_see_queue)
def queue(request: HttpRequest) -> HttpResponse:
    """List the cases, those that wait longest first."""
    now, viewer = timezone.now(), me(request)
    show = "decided" if request.GET.get("show") == "decided" else "waiting"
    filters = QueueFilters(request.GET, spaces=discussions.spaces_moderated(viewer))
    narrowed = filters.values()
    after = request.GET.get("after", "")
    page = queries.queue(
        viewer=viewer,
        now=now,
        show=show,
        after=int(after) if after.isdecimal() and len(after) < 18 else None,
        **narrowed,
    )
    context = {
        "shell": shell(request),
        "filters": filters,
        "is_narrowed": bool(narrowed),
        "page": page,
        "show": show,
        "tabs": tabs(request, show),
        "backlog": queries.backlog(viewer=viewer),
        "reasons": queries.reason_counts(viewer=viewer, now=now),
        "first_aid": queries.first_aid(),
        "may_change": permissions.can_change_first_aid(viewer),
    }
    return render(request, "moderation/queue.html", context)


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the views of what waits for moderators, as far as this one sees them."""
    address = reverse("moderation:queue")
    shown: list[tuple[str, str, str, int | None]] = [
        ("waiting", pgettext("cases", "To decide"), address, None),
        ("decided", pgettext("cases", "Decided"), f"{address}?show=decided", None),
    ]
    if permissions.can_decide_claims(request.user):
        waiting = queries.claims_waiting()
        shown.append(
            ("claims", _("Claims of history"), reverse("moderation:claims"), waiting or None)
        )
    return [
        {"label": label, "url": url, "is_current": key == current, "count": count}
        for key, label, url, count in shown
    ]


@require_safe
@requires(permissions.can_see_queue)
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case with everything to decide it by."""
    return _shown(request, case_id, None)


@require_POST
@requires(permissions.can_see_queue)
def take(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take a case in hand."""
    return attempt(
        request,
        lambda: services.take_case(case_id=case_id, actor=me(request), at=timezone.now()),
        reverse("moderation:case", args=[case_id]),
    )


@require_POST
@requires(permissions.can_see_queue)
def release(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give a case back."""
    return attempt(
        request,
        lambda: services.release_case(case_id=case_id, actor=me(request)),
        reverse("moderation:queue"),
    )


@require_POST
@requires(permissions.can_see_queue)
def decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """Decide about a case."""
    found = queries.case_view(case_id=case_id, viewer=me(request), now=timezone.now())
    if found is None:
        return not_there(request)
    form = _form(found, request)
    if not form.is_valid():
        return _shown(request, case_id, form)
    now, given = timezone.now(), form.cleaned_data
    return attempt(
        request,
        lambda: services.decide(
            case_id=case_id,
            actor=me(request),
            acts=given["acts"],
            reason=given["reason"],
            words=given["words"],
            until=form.until(now) if "suspend" in given["acts"] else None,
            at=now,
            address=client_address(request),
        ),
        reverse("moderation:queue"),
        said=_("It is decided, and everybody concerned is told."),
    )


@require_POST
@requires(permissions.can_see_queue)
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take a decision back."""
    return attempt(
        request,
        lambda: services.withdraw(
            case_id=case_id,
            actor=me(request),
            at=timezone.now(),
            address=client_address(request),
        ),
        reverse("moderation:case", args=[case_id]),
        said=_("The decision is withdrawn, with everything it did."),
    )


@require_POST
@requires(permissions.can_see_queue)
def objection(request: HttpRequest, case_id: int) -> HttpResponse:
    """Decide after an author objected."""
    form = OutcomeForm(request.POST)
    outcome = form.cleaned_data["outcome"] if form.is_valid() else ""
    return attempt(
        request,
        lambda: services.decide_objection(
            case_id=case_id,
            actor=me(request),
            outcome=outcome,
            at=timezone.now(),
            address=client_address(request),
        ),
        reverse("moderation:case", args=[case_id]),
        said=_("It is decided, and the author is told."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_first_aid)
def first_aid(request: HttpRequest) -> HttpResponse:
    """Say how many flags hide something for now."""
    hide_after, days_old = queries.first_aid()
    first = {"hide_after": hide_after, "days_old": days_old}
    form = FirstAidForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        services.change_first_aid(**form.cleaned_data, actor=me(request), at=timezone.now())
        return redirect("moderation:queue")
    status = 422 if form.errors else 200
    return render(request, "moderation/first_aid.html", {"form": form}, status=status)


def _shown(request: HttpRequest, case_id: int, form: DecisionForm | None) -> HttpResponse:
    found = queries.case_view(case_id=case_id, viewer=me(request), now=timezone.now())
    if found is None:
        return not_there(request)
    context = {
        "shell": shell(request),
        "case": found,
        "form": form or _form(found, None),
        "guidelines": members.guidelines(),
    }
    return render(request, "moderation/case.html", context, status=422 if form else 200)


def _form(found: queries.CaseView, request: HttpRequest | None) -> DecisionForm:
    return DecisionForm(
        request.POST if request else None,
        may_suspend=found.may_suspend,
        may_warn=found.may_warn,
        may_hide=found.may_hide,
    )
