"""The community's guidelines: read, accepted, published, reminded of."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members import forms, permissions, queries, services
from juluo.domains.members.models import Member
from juluo.ui.access import requires


@require_safe
def guidelines(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the guidelines, as they are or as they were; strangers may read them, too."""
    found = queries.guidelines(number)
    if found is None and number is not None:
        raise Http404
    before = request.GET.get("with", "")
    lines = (
        queries.guideline_changes(found.number, int(before))
        if found and before.isascii() and before.isdecimal() and len(before) < 10
        else None
    )
    member = request.user if isinstance(request.user, Member) else None
    context = {
        "found": found,
        "lines": lines,
        "before": before,
        "is_to_accept": bool(
            member and found and found.is_current and not queries.has_accepted(member.pk)
        ),
        "may_write": member is None or queries.may_write(member, timezone.now()),
        "versions": queries.guideline_versions(),
    }
    return render(request, "members/guidelines.html", context)


@require_POST
@requires(permissions.can_see_profiles)
def accept_guidelines(request: HttpRequest) -> HttpResponse:
    """Accept the current version."""
    given = request.POST.get("number", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    member = cast("Member", request.user)
    try:
        services.accept_guidelines(member_id=member.pk, number=number, at=timezone.now())
    except services.NotCurrent:
        messages.error(request, _("There is a newer version; please read that one."))
    else:
        messages.success(request, _("Thank you. You accepted the guidelines."))
    return redirect("members:guidelines")


@require_safe
@requires(permissions.can_see_guideline_standing)
def guideline_standing(request: HttpRequest) -> HttpResponse:
    """Show who accepted the current version and who has not."""
    context = {
        "standing": queries.guideline_standing(),
        "versions": queries.guideline_versions(),
    }
    return render(request, "members/guideline_standing.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_publish_guidelines)
def new_guidelines(request: HttpRequest) -> HttpResponse:
    """Write a new version and publish it."""
    form = forms.GuidelinesForm(request.POST or None, initial=queries.guideline_texts())
    if request.method == "POST" and form.is_valid():
        services.publish_guidelines(
            actor_id=cast("Member", request.user).pk, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The guidelines are published; every member is told."))
        return redirect("members:guideline_standing")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/new_guidelines.html", {"form": form}, status=status)


@require_POST
@requires(permissions.can_publish_guidelines)
def remind_of_guidelines(request: HttpRequest) -> HttpResponse:
    """Tell those again who have not accepted."""
    actor_id = cast("Member", request.user).pk
    try:
        services.remind_of_guidelines(actor_id=actor_id, at=timezone.now())
    except services.NotCurrent:
        raise Http404 from None
    except services.TooOften:
        messages.error(request, _("They were reminded within the last day already."))
    else:
        messages.success(request, _("Those who have not accepted are told again."))
    return redirect("members:guideline_standing")
