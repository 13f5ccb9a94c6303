"""What the author reads of a decision, and how they answer it, with an open account or not."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juluo.domains.members import queries as members
from juluo.domains.moderation import permissions, queries, services
from juluo.domains.moderation.forms import ObjectionForm
from juluo.domains.moderation.views.shell import me
from juluo.ui.access import requires

# Who proved with their password that a closed account is theirs.
CLOSED = "closed_account"


@require_http_methods(["GET", "POST"])
@requires(permissions.can_flag)
def decision(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a decision to the one it is about, and take their answer."""
    found = queries.decision_for(case_id=case_id, member_id=me(request).pk)
    if found is None:
        raise Http404
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _object(request, form, case_id, me(request).pk)
        return redirect("moderation:decision", case_id)
    context = {"decision": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "moderation/decision.html", context, status=status)


@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """Tell whoever signed in to a closed account why it is closed, and take their answer."""
    member_id = request.session.get(CLOSED)
    if not isinstance(member_id, int) or members.active_member(member_id) is not None:
        request.session.pop(CLOSED, None)
        return redirect("account_login")
    found = queries.standing_suspension(member_id=member_id, now=timezone.now())
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and found is not None and form.is_valid():
        _object(request, form, found.case_id, member_id)
        return redirect("moderation:closed")
    context = {"decision": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "moderation/closed.html", context, status=status)


def _object(request: HttpRequest, form: ObjectionForm, case_id: int, member_id: int) -> None:
    try:
        services.object_to(
            case_id=case_id,
            member_id=member_id,
            words=form.cleaned_data["words"],
            at=timezone.now(),
        )
    except services.NotThere:
        raise Http404 from None
    except services.AlreadyDecided:
        messages.error(request, _("You have answered already; one answer is what there is."))
    except services.SaidNothing:
        messages.error(request, _("Write a few words first."))
    else:
        messages.success(request, _("Kept. Another moderator will look at it."))
