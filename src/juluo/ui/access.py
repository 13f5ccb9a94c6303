"""Who may open a page: pages one may not see answer like pages that do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires(test: Callable[[Any], bool]) -> Callable[[Page[P]], Page[P]]:
    """Let only members in for whom ``test(member)`` holds.

    Strangers are sent to sign in; others get the same answer as for a page that is not there.
    """

    def decorate(page: Page[P]) -> Page[P]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not test(request.user):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return decorate


def not_there(request: HttpRequest) -> HttpResponse:
    """Answer for a page that is not there, or not for whoever asks: nobody learns which.

    Strangers are sent to sign in, where the page may be theirs to see.

    :raises Http404: for those who are signed in.
    """
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    raise Http404


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to sign in; htmx is told to load the whole page."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    address = redirect_to_login(wanted, reverse("account_login"))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=200, headers={"HX-Redirect": address.url})
    return address
