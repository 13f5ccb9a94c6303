"""Values other packages may hold in their hands."""

from juluo.domains.risks.rules.scores import Band, Cell

__all__ = ["Band", "Cell"]
