"""What the actions have in common: do it, say so, or say why not."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juluo.domains.finance import services
from juluo.domains.members.types import Member

WORDS: dict[type[Exception], str | Promise] = {
    services.NotAllowed: _("Somebody else must do that: nobody decides about their own."),
    services.WrongState: _("That is no longer possible: things have changed since."),
    services.ReasonMissing: _("Give a reason."),
    services.LimitReached: _(
        "“%(title)s” does not hold that much: its limit stopped it. An owner can lift it."
    ),
    services.BelowDrawn: _(
        "More has been drawn from “%(title)s” than the new amount allows. Raise it first."
    ),
    services.NothingToApprove: _("There is nothing new to approve."),
    services.MonthOutside: _("The budget does not cover that month."),
    services.LineMissing: _("Choose the budget line that it is drawn from."),
    services.AlreadyDecided: _("You have decided about this before."),
    services.OwnerNeeded: _("An amount like this needs an owner's approval."),
    services.AlreadyReversed: _("It is being taken back already."),
    services.BooksInUse: _("The books are in use; their currency stays."),
    services.OtherCurrency: _("The books are kept in another currency."),
    services.BadReceipt: _("A file is too large, one too many, or no receipt."),
    services.NameTaken: _("Another entry has this name."),
    services.LastEntry: _("At least one entry stays in use."),
}
REFUSALS = tuple(WORDS)


def actor_id(request: HttpRequest) -> int:
    """Return who does it."""
    return cast("Member", request.user).pk


def why_not(error: Exception) -> str:
    """Say in words why something was refused."""
    return str(WORDS[type(error)]) % {"title": getattr(error, "title", "")}


def act(
    request: HttpRequest, do: Callable[[], object], *, done: str | Promise, back: str
) -> HttpResponse:
    """Do it and say so, or say why not, and go back to a page."""
    try:
        do()
    except ObjectDoesNotExist:
        raise Http404 from None
    except REFUSALS as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, str(done))
    return redirect(back)


def number_in(text: str | None) -> int | None:
    """Return the id in an address, or None where there is none that makes sense."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
