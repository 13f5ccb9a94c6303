"""Why did a number move: expectation, parts, slice, day and what may have done it.

See docs/explanation/diagnosis.md for how each step works and where it falls short.
"""

from juluo.analytics.diagnosis.candidates import Candidate, Happening, Reason, What, candidates
from juluo.analytics.diagnosis.change import ChangePoint, change_point
from juluo.analytics.diagnosis.cube import Cube, Where
from juluo.analytics.diagnosis.decomposition import Hands, Part
from juluo.analytics.diagnosis.expectation import Expected, Outcome, expectation
from juluo.analytics.diagnosis.naming import named, search
from juluo.analytics.diagnosis.report import Cause, Diagnosis, Driver, Weakness, diagnose
from juluo.analytics.diagnosis.slices import Found, Search

__all__ = [
    "Candidate",
    "Cause",
    "ChangePoint",
    "Cube",
    "Diagnosis",
    "Driver",
    "Expected",
    "Found",
    "Hands",
    "Happening",
    "Outcome",
    "Part",
    "Reason",
    "Search",
    "Weakness",
    "What",
    "Where",
    "candidates",
    "change_point",
    "diagnose",
    "expectation",
    "named",
    "search",
]
