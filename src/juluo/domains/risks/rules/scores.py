"""What probabilities and impacts mean, and what a score asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEVELS = (1, 2, 3, 4, 5)
USUAL_APPETITE = 9
# From this score on a risk is called medium, high, critical.
_STEPS = ((15, "critical"), (10, "high"), (5, "medium"))


@dataclass(frozen=True, kw_only=True)
class Band:
    """One level of probability as the shares it stands for."""

    level: int
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The share that is taken for the whole band."""
        return (self.low + self.high) / 2


BANDS = (
    Band(level=1, low=0.0, high=0.05),
    Band(level=2, low=0.05, high=0.2),
    Band(level=3, low=0.2, high=0.5),
    Band(level=4, low=0.5, high=0.8),
    Band(level=5, low=0.8, high=1.0),
)


def band(level: int) -> Band:
    """Return the band of a level of probability."""
    return BANDS[level - 1]


def score(probability: int, impact: int) -> int:
    """Return probability times impact, from 1 to 25."""
    return probability * impact


def severity(value: int) -> str:
    """Return low, medium, high or critical for a score."""
    return next((name for least, name in _STEPS if value >= least), "low")


def is_above(value: int, *, appetite: int) -> bool:
    """Whether a score asks for a response."""
    return value > appetite


def raised(probability: int, *, raise_to: int | None, by_one: bool) -> int:
    """Return the probability after an indicator fired; it never falls."""
    wanted = probability + 1 if by_one else raise_to or probability
    return min(max(probability, wanted), LEVELS[-1])


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of the matrix: how many risks stand there, and what that place means."""

    probability: int
    impact: int
    count: int
    severity: str
    above: bool

    @property
    def score(self) -> int:
        """Probability times impact."""
        return score(self.probability, self.impact)


def matrix(places: Iterable[tuple[int, int]], *, appetite: int) -> list[list[Cell]]:
    """Return the rows of the matrix, the most probable first, of (probability, impact) pairs."""
    counts: dict[tuple[int, int], int] = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    return [
        [_cell(probability, impact, counts, appetite) for impact in LEVELS]
        for probability in reversed(LEVELS)
    ]


def _cell(
    probability: int, impact: int, counts: Mapping[tuple[int, int], int], appetite: int
) -> Cell:
    value = score(probability, impact)
    return Cell(
        probability=probability,
        impact=impact,
        count=counts.get((probability, impact), 0),
        severity=severity(value),
        above=is_above(value, appetite=appetite),
    )
