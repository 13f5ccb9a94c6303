"""What every page knows of the community."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from juluo.domains.community import queries as community


def community_settings(_request: HttpRequest) -> dict[str, Any]:
    """Return the community's name and colours, read only where a page shows them."""
    settings = SimpleLazyObject(community.settings)
    return {
        "community": settings,
        "community_name": SimpleLazyObject(lambda: settings.name),
    }
