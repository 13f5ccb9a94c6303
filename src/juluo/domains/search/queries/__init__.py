"""Every read of search that leaves the domain."""

from juluo.domains.search.queries.agreeing import Agreement, agreement
from juluo.domains.search.queries.finding import (
    LONGEST_QUESTION,
    PAGE,
    Found,
    Result,
    find,
    find_private,
    suggestions,
    tagged,
)
from juluo.domains.search.queries.matching import MOST

__all__ = [
    "LONGEST_QUESTION",
    "MOST",
    "PAGE",
    "Agreement",
    "Found",
    "Result",
    "agreement",
    "find",
    "find_private",
    "suggestions",
    "tagged",
]
