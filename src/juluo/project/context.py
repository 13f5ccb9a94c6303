"""What every page's frame is told: about the community, and about the signed-in member."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from juluo.domains.community import queries as community
from juluo.domains.notifications import queries


def reminders(request: HttpRequest) -> dict[str, object]:
    """Return whether a member of staff still signs in without a second step."""

    def missing() -> bool:
        user = request.user
        return bool(user.is_authenticated and user.is_staff and not is_mfa_enabled(user))

    return {"second_factor_missing": SimpleLazyObject(missing)}


def unread(request: HttpRequest) -> dict[str, object]:
    """Return how many notifications the signed-in member has not read."""

    def count() -> int:
        user = request.user
        return queries.unread_count(member_id=user.pk) if user.is_authenticated else 0

    return {"unread_count": SimpleLazyObject(count)}


def community_settings(request: HttpRequest) -> dict[str, Any]:
    """Return the community's name and colours, as the page's middleware has read them."""
    settings = getattr(request, "community", None) or SimpleLazyObject(community.settings)
    return {
        "community": settings,
        "community_name": SimpleLazyObject(lambda: settings.name),
    }
