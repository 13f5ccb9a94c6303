"""What pages of groups and conversations do alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.members.types import Member
from juluo.domains.messaging import queries, rules, services
from juluo.domains.messaging.forms import MessageForm

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def me(request: HttpRequest) -> Member:
    """Return the signed-in member."""
    return cast("Member", request.user)


def moment_text(at: datetime | None) -> str:
    """Return a moment as it stands in a page: microseconds since 1970."""
    return str((at - EPOCH) // timedelta(microseconds=1)) if at else "0"


def parse_moment(text: str) -> datetime | None:
    """Return the moment that a text names, or None where it names none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        return None
    try:
        return EPOCH + timedelta(microseconds=int(text))
    except OverflowError:
        return None


def number(text: str) -> int | None:
    """Return the id that a text names, or None where it names none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def refused(error: Exception) -> str:
    """Return in kind words why a message was not sent."""
    if isinstance(error, services.TooSoon):
        return ngettext(
            "This group is in slow mode: you can write again in %(count)d second.",
            "This group is in slow mode: you can write again in %(count)d seconds.",
            error.seconds,
        ) % {"count": error.seconds}
    if isinstance(error, services.TooMany):
        return _("That is a lot at once. Take a breath, then send it again.")
    if isinstance(error, services.TooManyStrangers):
        return _("You have written to many new people today. Try again tomorrow.")
    if isinstance(error, services.DoesNotWishIt):
        return _("They take no messages from you at the moment. Nothing was sent.")
    if isinstance(error, services.GuidelinesFirst):
        words = _("Before you write, please accept the guidelines.")
        return format_html('<a href="{}">{}</a>', reverse("members:guidelines"), words)
    if isinstance(error, services.Unsendable):
        return _("Write something first.")
    if isinstance(error, services.TooLarge):
        return _("A conversation holds %(most)d people at most. Open a chat group for more.") % {
            "most": rules.MOST_IN_A_CONVERSATION
        }
    return _("You cannot write here at the moment. Nothing was sent.")


REFUSALS = (
    services.GuidelinesFirst,
    services.TooSoon,
    services.TooMany,
    services.TooManyStrangers,
    services.DoesNotWishIt,
    services.MayNotWrite,
    services.TooLarge,
    services.Unsendable,
)


def send(
    request: HttpRequest,
    *,
    write: Callable[[str, int | None], Any],
    page: Callable[[MessageForm], HttpResponse],
    composer: dict[str, Any],
    address: str,
) -> HttpResponse:
    """Send what the composer holds; what cannot be sent comes back with the reason."""
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            write(form.cleaned_data["body"], form.cleaned_data["parent"])
        except services.NotThere:
            raise Http404 from None
        except REFUSALS as error:
            form.add_error(None, refused(error))
    if form.is_valid():
        if _by_htmx(request):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": "news"})
        return redirect(f"{address}#composer")
    if _by_htmx(request):
        context = {**composer, "form": form}
        return render(request, "messaging/_composer.html", context, status=422)
    return page(form)


def changed(request: HttpRequest, *, address: str) -> HttpResponse:
    """Answer what changed a message: htmx is told to look for news, others go to the place."""
    if _by_htmx(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": "news"})
    return redirect(address)


def news(request: HttpRequest, found: queries.News, context: dict[str, Any]) -> HttpResponse:
    """Answer with what changed in a log, as htmx puts it into the page."""
    if found.is_much:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    if not (found.days or found.changed):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context |= {"news": found, "until": moment_text(found.until)}
    return render(request, "messaging/_news.html", context)


def first_unread(log: queries.LogPage, *, after: datetime | None) -> int | None:
    """Return the first message on a page that was sent after a moment by somebody else."""
    if after is None:
        return None
    shown = [message for day in log.days for message in day.messages]
    return next((each.id for each in shown if each.sent_at > after and not each.is_own), None)


def _by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
