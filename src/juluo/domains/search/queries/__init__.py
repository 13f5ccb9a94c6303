"""Every read of search that leaves the domain."""

from juluo.domains.search.queries.agreeing import Agreement, agreement
from juluo.domains.search.queries.finding import (
    LONGEST_QUESTION,
    MOST,
    PAGE,
    Found,
    Result,
    find,
    find_private,
    suggestions,
    tagged,
)

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
