"""What the pages of talk share: who asks, what an address names, and how refusals are told."""

from collections.abc import Callable
from typing import cast
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juluo.domains.discussions import rules, services
from juluo.domains.members.types import Member
from juluo.ui.access import not_there

# The marks that can be put, with their names.
MARKS = (
    ("+1", gettext_lazy("Like")),
    ("heart", gettext_lazy("Love")),
    ("joy", gettext_lazy("Funny")),
    ("tada", gettext_lazy("Hooray")),
    ("thinking", gettext_lazy("Makes me think")),
    ("pray", gettext_lazy("Thanks")),
)
WRITTEN = "juluo_written"


class TagInAddress:
    """A tag in an address; what browsers would read as a way up (``..``) stands there in code."""

    regex = ".+"

    def to_python(self, value: str) -> str:
        """Return the tag that an address names."""
        if value.startswith("~"):
            value = bytes.fromhex(value[1:]).decode()
        tag = rules.tag_named(value)
        if not tag:
            raise ValueError
        return tag

    def to_url(self, value: str) -> str:
        """Return how a tag stands in an address."""
        is_odd = value.startswith("~") or {".", ".."} & set(value.split("/"))
        return f"~{value.encode().hex()}" if is_odd or value.strip("/") != value else value


def actor(request: HttpRequest) -> Member:
    """Return who asks; the page's guard has let them in."""
    return cast("Member", request.user)


def subject_of(slug: str) -> str:
    """Return the reference that an address names: ``post:12`` for ``post-12``."""
    return slug.replace("-", ":", 1)


def fresh_once() -> str:
    """Return a name for what a form will send: sent twice, it is written once."""
    return get_random_string(24)


def attempt(
    request: HttpRequest, act: Callable[[], object], url: str, *, said: str = ""
) -> HttpResponse:
    """Do something to talk and go on, or say why it cannot be done."""
    try:
        act()
    except (services.NotThere, services.NotAllowed):
        return not_there(request)
    except services.GuidelinesFirst:
        messages.error(request, _("Before you write, please accept the guidelines."))
        return redirect("members:guidelines")
    except services.TooFast:
        messages.error(request, _("You did this very often in a short time. Wait a few minutes."))
    except services.ThreadIsClosed:
        messages.error(request, _("This thread was closed meanwhile."))
    else:
        if said:
            messages.success(request, said)
    return redirect(url)


def written(url: str, draft: str) -> HttpResponse:
    """Go where the new text stands, and let the browser forget its draft."""
    answer = redirect(url)
    answer.set_cookie(WRITTEN, quote(draft), max_age=60, samesite="Lax")
    return answer
