"""Whose documents these are: the community's name, logo and colour."""

from juluo.domains.community import queries as community
from juluo.lib.documents.model import Brand


def brand() -> Brand:
    """Return the community's brand, as its settings say."""
    settings = community.settings()
    return Brand(name=settings.name, accent=settings.accent, logo=community.logo())
