"""Flag what one can read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juluo.domains.moderation import permissions, queries, services
from juluo.domains.moderation.forms import FlagForm
from juluo.domains.moderation.views.shell import me
from juluo.ui.access import not_there, requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_flag)
def flag(request: HttpRequest, talk: str) -> HttpResponse:
    """Ask what is wrong with something, and keep the flag."""
    found = queries.flaggable(subject=talk.replace("-", ":", 1), viewer=me(request))
    if found is None or found.is_mine:
        return not_there(request)
    form = FlagForm(request.POST or None, is_private=found.is_private)
    if request.method == "POST" and form.is_valid() and _flag(request, form, found.subject):
        thanks = _("Thank you. Moderators will look at it; its author never learns it was you.")
        messages.success(request, thanks)
        return redirect(found.url)
    context = {"form": form, "thing": found}
    return render(request, "moderation/flag.html", context, status=422 if form.errors else 200)


def _flag(request: HttpRequest, form: FlagForm, subject: str) -> bool:
    """Keep the flag; return whether it was, and say in the form why not."""
    given = form.cleaned_data
    try:
        services.flag(
            subject=subject,
            member=me(request),
            reason=given["reason"],
            words=given["words"],
            consents=given.get("consents", False),
            at=timezone.now(),
        )
    except services.TooMany:
        form.add_error(None, _("You flagged a lot lately. Try again in an hour."))
    except services.SaidNothing:
        form.add_error("words", _("Say in a few words what it is."))
    return not form.errors
