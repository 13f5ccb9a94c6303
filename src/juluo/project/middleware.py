"""What every answer carries."""

from collections.abc import Callable
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from juluo.domains.community import queries as community
from juluo.domains.members import services
from juluo.domains.planning.services import PlanIsClosed
from juluo.lib.client_address import client_address
from juluo.project.accounts import SIGN_UPS_FROM_ADDRESS

Next = Callable[[HttpRequest], HttpResponseBase]


class PrivatePages:
    """Signed-in pages are nobody else's: no shared cache, no disk of a shared computer."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and mark the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if request.path.startswith(settings.STATIC_URL):
            return response
        patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        # Pictures say themselves how long a browser may keep them: their address changes with them.
        if response.headers.get("Cache-Control", "").startswith("private"):
            return response
        if signed_in or request.path.startswith("/accounts/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class CommunityClock:
    """Pages tell the time of the community's zone, the one its figures are cut in."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer on the community's clock; its settings are read once for the whole page."""
        with community.settings_read_once() as found, timezone.override(ZoneInfo(found.timezone)):
            request.community = found  # type: ignore[attr-defined]
            return self.get_response(request)


class MemberLanguage:
    """A member reads in the language they chose, on a new device too."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the member's language where this device has not chosen another."""
        if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or language
        return self.get_response(request)


class ClosedPlans:
    """Whoever comes too late to change a plan is told, and returns to where they came from.

    Forms that are typed into say it themselves, with what was typed.
    """

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the refusal of a service that nobody on the way has answered."""
        if not isinstance(error, PlanIsClosed):
            return None
        messages.error(request, _("This plan is closed; nothing in it changes any more."))
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
        return redirect(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours that a form was sent from; the plans where it is not known."""
    for place in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if place and url_has_allowed_host_and_scheme(
            place, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return place
    return reverse("planning:plans")


class SignUpLimit:
    """Making accounts costs hashing and mail: a limit per client address, before both."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse one more sign-up."""
        if request.method == "POST" and request.path == reverse("account_signup"):
            key = f"sign-up:{client_address(request)}"
            if not services.take(key=key, limit=SIGN_UPS_FROM_ADDRESS, at=timezone.now()):
                return too_many(request)
        return self.get_response(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer that there were too many requests."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "600"
    return response
