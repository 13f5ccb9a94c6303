"""What the pages of moderation share."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juluo.domains.members.types import Member
from juluo.domains.moderation import permissions, services
from juluo.ui.access import not_there


def me(request: HttpRequest) -> Member:
    """Return who asks; the page's guard has let them in."""
    return cast("Member", request.user)


def shell(request: HttpRequest) -> str:
    """Return the frame of a page: the console for staff, the site for a space's moderators."""
    return "ui/console.html" if permissions.can_see_all_cases(request.user) else "ui/site.html"


def attempt(
    request: HttpRequest, act: Callable[[], object], url: str, *, said: str = ""
) -> HttpResponse:
    """Do something and go on, or say why it cannot be done."""
    try:
        act()
    except (services.NotThere, services.NotAllowed):
        return not_there(request)
    except services.TakenByOther as error:
        messages.error(request, _("%(name)s has this in hand.") % {"name": error.name})
    except services.AlreadyDecided:
        messages.error(request, _("Somebody has decided about this meanwhile."))
    except services.CannotBe:
        messages.error(request, _("That makes no decision. Choose again."))
    except services.SaidNothing:
        messages.error(request, _("Write a few words first."))
    except services.TooMany:
        messages.error(request, _("You did this often lately. Try again later."))
    else:
        if said:
            messages.success(request, said)
    return redirect(url)
