"""Pages and actions about accounts."""

from collections.abc import Callable
from typing import cast

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from juluo.domains.members import forms, permissions, queries, services
from juluo.domains.members.models import Member
from juluo.lib.client_address import client_address
from juluo.ui.access import requires


def _place(text: str) -> int | None:
    """Return the id in an address, or None where there is none that makes sense."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


@require_safe
@requires(permissions.can_see_members)
def listing(request: HttpRequest) -> HttpResponse:
    """List the members, narrowed by the filters in the address."""
    filters = forms.MemberFilters(request.GET, sources=queries.sources())
    values = filters.values()
    page = queries.listing(
        viewer=request.user, after=_place(request.GET.get("after", "")), **values
    )
    context = {"filters": filters, "page": page, "is_narrowed": bool(values)}
    context["may_add"] = permissions.can_add_member(request.user)
    return render(request, "members/list.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_add_member)
def add(request: HttpRequest) -> HttpResponse:
    """Make an account for someone, who then sets a password by mail."""
    form = forms.NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = services.create_member(
                **form.cleaned_data, at=timezone.now(), actor_id=_actor(request)
            )
        except services.EmailTaken:
            form.add_error("email", _("Another account has this address."))
        else:
            messages.success(
                request,
                _("The account is made. Its member sets a password with “Forgot your password?”."),
            )
            return redirect(reverse("web:member", args=[member.pk]))
    return render(request, "members/add.html", {"form": form})


@require_safe
@requires(permissions.can_see_audit)
def audit(request: HttpRequest) -> HttpResponse:
    """Show what staff did, newest first."""
    rows, more = queries.audit_page(before=_place(request.GET.get("before", "")))
    return render(request, "members/audit.html", {"rows": rows, "more": more})


@require_POST
@requires(permissions.can_see_members)
def change_role(request: HttpRequest, member_id: int) -> HttpResponse:
    """Give a member another role."""
    form = forms.RoleForm(request.POST)

    def change() -> None:
        services.change_role(
            actor_id=_actor(request),
            member_id=member_id,
            role=form.cleaned_data["role"],
            at=timezone.now(),
            address=client_address(request),
        )

    return _decide(request, member_id, form, change, _("The role is changed."))


@require_POST
@requires(permissions.can_see_members)
def change_kind(request: HttpRequest, member_id: int) -> HttpResponse:
    """Say what an account is."""
    form = forms.KindForm(request.POST)

    def change() -> None:
        services.change_kind(
            actor_id=_actor(request),
            member_id=member_id,
            kind=form.cleaned_data["kind"],
            at=timezone.now(),
            address=client_address(request),
        )

    return _decide(request, member_id, form, change, _("The account is marked."))


@require_POST
@requires(permissions.can_see_members)
def suspend(request: HttpRequest, member_id: int) -> HttpResponse:
    """Close an account."""

    def change() -> None:
        services.suspend(
            actor_id=_actor(request),
            member_id=member_id,
            at=timezone.now(),
            address=client_address(request),
        )

    return _decide(request, member_id, None, change, _("The account is suspended."))


@require_POST
@requires(permissions.can_see_members)
def reinstate(request: HttpRequest, member_id: int) -> HttpResponse:
    """Open a suspended account again."""

    def change() -> None:
        services.reinstate(
            actor_id=_actor(request),
            member_id=member_id,
            at=timezone.now(),
            address=client_address(request),
        )

    return _decide(request, member_id, None, change, _("The account is open again."))


def _actor(request: HttpRequest) -> int:
    return cast("Member", request.user).pk


def _decide(
    request: HttpRequest,
    member_id: int,
    form: forms.RoleForm | forms.KindForm | None,
    change: Callable[[], None],
    done: str,
) -> HttpResponse:
    """Do it and say so, or say why not, and go back to the member's page."""
    if form is not None and not form.is_valid():
        raise Http404
    try:
        change()
    except (services.NotAllowed, Member.DoesNotExist):
        raise Http404 from None
    except services.LastOwner:
        messages.error(request, _("A community keeps at least one owner who can sign in."))
    except services.StaffArePeople:
        messages.error(request, _("Only a person’s account can have a staff role."))
    else:
        messages.success(request, done)
    return redirect(reverse("web:member", args=[member_id]))


@require_POST
@requires(permissions.can_read_spaces)
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of the member's own sessions."""
    session = UserSession.objects.filter(pk=session_id, user_id=_actor(request)).first()
    if session is None:
        raise Http404
    end_sessions(request, [session])
    messages.success(request, _("The session is ended."))
    return redirect("usersessions_list")


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Read in another language from now on: this device, and this member on others."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, Member) and chosen in dict(settings.LANGUAGES):
        services.choose_language(member_id=request.user.pk, language=chosen)
    return set_language(request)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_use_api)
def api_tokens(request: HttpRequest) -> HttpResponse:
    """List one's API keys and make a new one; its secret is shown this once."""
    scopes = queries.scopes_for(request.user)
    form = forms.TokenForm(request.POST or None, scopes=scopes)
    secret = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _token, secret = services.make_token(member_id=_actor(request), at=timezone.now(), **given)
        form = forms.TokenForm(scopes=scopes)
    rows = queries.api_tokens(member_id=_actor(request), now=timezone.now())
    context = {"rows": rows, "form": form, "secret": secret}
    return render(request, "members/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_use_api)
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's API keys."""
    if not services.revoke_token(member_id=_actor(request), token_id=token_id, at=timezone.now()):
        raise Http404
    messages.success(request, _("The key no longer opens anything."))
    return redirect("members:api_tokens")
