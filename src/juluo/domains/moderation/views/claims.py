"""Claim imported history, and decide about such claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, queries, services
from juluo.domains.moderation.forms import ClaimForm, GiveHistoryForm
from juluo.domains.moderation.views.queue import tabs
from juluo.domains.moderation.views.shell import attempt, me
from juluo.ui.access import not_there, requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_flag)
def claim_history(request: HttpRequest, person_id: int) -> HttpResponse:
    """Say that someone known from elsewhere is oneself."""
    found = queries.history_claim(me(request), person_id)
    if found is None or not found.may_claim:
        return not_there(request)
    if found.claim_id is not None:
        return redirect("moderation:claim", found.claim_id)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = services.claim_history(
                person_id=person_id,
                member=me(request),
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except services.TooMany:
            form.add_error(None, _("You claimed a lot today. Try again tomorrow."))
        except (services.NotThere, services.NotAllowed):
            return not_there(request)
        else:
            return redirect("moderation:claim", claim.pk)
    context = {"form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, "moderation/claim_history.html", context, status=status)


@require_safe
@requires(permissions.can_flag)
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Show one's own claim: how to prove it, and what became of it."""
    found = queries.claim_view(claim_id=claim_id, member_id=me(request).pk)
    if found is None:
        return not_there(request)
    return render(request, "moderation/claim.html", {"claim": found})


@require_POST
@requires(permissions.can_flag)
def drop(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take one's own claim back."""
    return attempt(
        request,
        lambda: services.drop_claim(claim_id=claim_id, member=me(request), at=timezone.now()),
        reverse("moderation:claim", args=[claim_id]),
    )


@require_POST
@requires(permissions.can_flag)
def check(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Look whether an import has brought the proof."""
    found = queries.claim_view(claim_id=claim_id, member_id=me(request).pk)
    if found is None:
        return not_there(request)
    is_true = services.check_proofs(claim_id=claim_id, at=timezone.now())
    url = reverse("moderation:claim", args=[claim_id])
    said = "" if is_true else _("No import has brought your code yet.")
    return attempt(request, lambda: None, url, said=said)


@require_safe
@requires(permissions.can_decide_claims)
def claims(request: HttpRequest) -> HttpResponse:
    """List the claims that wait, and those decided lately."""
    context = {
        "waiting": queries.claims(waiting=True),
        "decided": queries.claims(waiting=False),
        "tabs": tabs(request, "claims"),
        "me": me(request).pk,
        "is_owner": me(request).role == Member.Role.OWNER,
    }
    return render(request, "moderation/claims.html", context)


@require_POST
@requires(permissions.can_decide_claims)
def approve(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Believe a claim."""
    return attempt(
        request,
        lambda: services.approve_claim(claim_id=claim_id, actor=me(request), at=timezone.now()),
        reverse("moderation:claims"),
        said=_("They are one member now."),
    )


@require_POST
@requires(permissions.can_decide_claims)
def decline(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Do not believe a claim."""
    return attempt(
        request,
        lambda: services.decline_claim(claim_id=claim_id, actor=me(request), at=timezone.now()),
        reverse("moderation:claims"),
        said=_("The claim is declined."),
    )


@require_POST
@requires(permissions.can_decide_claims)
def undo(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Make two of them again."""
    return attempt(
        request,
        lambda: services.undo_claim(claim_id=claim_id, actor=me(request), at=timezone.now()),
        reverse("moderation:claims"),
        said=_("They are two again."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_decide_claims)
def give(request: HttpRequest, person_id: int) -> HttpResponse:
    """Say for a member that someone from elsewhere is them."""
    found = queries.history_claim(me(request), person_id)
    if found is None:
        return not_there(request)
    form = GiveHistoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _give(request, form, person_id):
        return redirect("moderation:claims")
    context = {"form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, "moderation/give_history.html", context, status=status)


def _give(request: HttpRequest, form: GiveHistoryForm, person_id: int) -> bool:
    """Make them one; return whether they are, and say in the form why not."""
    member = Member.objects.filter(email__iexact=form.cleaned_data["email"]).first()
    try:
        services.give_history(
            person_id=person_id,
            member_id=member.pk if member else 0,
            actor=me(request),
            at=timezone.now(),
        )
    except services.NotThere:
        form.add_error("email", _("No member with an open account has this address."))
    except services.NotAllowed:
        form.add_error("email", _("For yourself, claim it, and let someone else decide."))
    except services.AlreadyDecided:
        form.add_error(None, _("Somebody has decided about this meanwhile."))
    return not form.errors
