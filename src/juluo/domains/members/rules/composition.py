"""What the community may ask members about themselves, and what of it may be shown of a few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The words under which members consent; a change of the words is a new version.
WORDS_VERSION = 1
# No total is shown of fewer members than this, whatever the installation says.
SMALLEST_EVER = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing members may say of themselves: its key, its choices, how many they may pick."""

    key: str
    choices: tuple[str, ...]
    most: int = 1


OCCUPATIONS = (
    *("student", "education", "software", "engineering", "science", "health", "media", "design"),
    *("business", "finance", "public", "trade", "farming", "services", "retired", "other"),
)
AGES = ("14-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
REGIONS = (
    *("beijing", "tianjin", "hebei", "shanxi", "neimenggu", "liaoning", "jilin", "heilongjiang"),
    *("shanghai", "jiangsu", "zhejiang", "anhui", "fujian", "jiangxi", "shandong", "henan"),
    *("hubei", "hunan", "guangdong", "guangxi", "hainan", "chongqing", "sichuan", "guizhou"),
    *("yunnan", "xizang", "shaanxi", "gansu", "qinghai", "ningxia", "xinjiang"),
    *("hongkong", "macau", "taiwan"),
    *("asia", "europe", "north_america", "south_america", "africa", "oceania"),
)
GENDERS = ("woman", "man", "another")
INTERESTS = (
    *("technology", "science", "books", "film", "music", "games", "sport", "outdoors"),
    *("travel", "food", "art", "photography", "crafts", "business", "learning", "volunteering"),
)

ASKED = (
    Asked(key="occupation", choices=OCCUPATIONS),
    Asked(key="age", choices=AGES),
    Asked(key="region", choices=REGIONS),
    Asked(key="gender", choices=GENDERS),
    Asked(key="interests", choices=INTERESTS, most=8),
)
BY_KEY: Mapping[str, Asked] = {each.key: each for each in ASKED}


def understood(key: str, chosen: Sequence[str]) -> tuple[str, ...] | None:
    """Return the choices in the order they are offered; None if they are not among them."""
    asked = BY_KEY.get(key)
    picked = set(chosen)
    if asked is None or not picked <= set(asked.choices) or len(picked) > asked.most:
        return None
    return tuple(each for each in asked.choices if each in picked)


def shown_counts(
    counts: Sequence[int], *, answered: int, least: int, order: Sequence[int], one_each: bool
) -> list[int | None] | None:
    """Return the counts that may be shown, None in place of those that may not.

    No count of 1 to ``least - 1`` is shown, nor enough for it to be reckoned back from
    ``answered`` and the other counts: further counts are hidden with it. They are taken by
    ``order`` (places of ``counts``), which the viewer must not know: were it the smallest first,
    which counts are hidden would tell how large they are. Where that does not suffice nothing
    is shown: None.

    Where members choose several (``one_each`` is false) the counts do not add up to
    ``answered``; as long as those shown reach it, they say nothing of the hidden ones.
    """
    if answered < least:
        return None
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    others = [place for place in order if counts[place] >= least]
    while hidden:
        few = [counts[place] for place in hidden]
        rest = sum(counts) - sum(few)
        if _hide_each_other(few, least) if one_each else rest >= answered:
            break
        if not others:
            return None
        hidden.add(others.pop(0))
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _hide_each_other(hidden: Sequence[int], least: int) -> bool:
    """Whether each hidden count could as well be one that might be shown."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= least
