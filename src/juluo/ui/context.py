"""What every page's frame needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from juluo.ui import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the languages and the menus, which are worked out only where shown."""
    return {
        "languages": settings.LANGUAGES,
        "sign_up_is_open": settings.SIGN_UP_IS_OPEN,
        "console_menu": SimpleLazyObject(
            lambda: navigation.console_menu(request.user, request.path)
        ),
        "site_menu": SimpleLazyObject(lambda: navigation.site_menu(request.user, request.path)),
    }
