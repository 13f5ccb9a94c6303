"""Values other packages may hold in their hands."""

from django.utils.translation import get_language

from juluo.domains.finance.rules.stating import RateMissing, Stated, state
from juluo.lib.money import Money, Rate, shown

__all__ = ["Amount", "Money", "Rate", "RateMissing", "Stated", "state"]


class Amount(Money):
    """Money that says itself in the page's language."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the amount as people write it."""
        return shown(self, language=get_language() or "en")
