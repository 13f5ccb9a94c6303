"""Examples to begin a risk from, each with the indicator that suits it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juluo.domains.risks.models import Risk


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What an example's indicator watches."""

    metric: str
    grain: str
    rule: str
    side: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Starter:
    """An example of a risk: its words, a first guess at its score, and its indicator."""

    category: Risk.Category
    icon: str
    cause: str | Promise
    event: str | Promise
    consequence: str | Promise
    probability: int
    impact: int
    indicator: Rule | None


_STARTERS = (
    Starter(
        category=Risk.Category.MEMBER_LOSS,
        icon="user-off",
        cause=_("newcomers find no place and regulars no news"),
        event=_("More members than usual fall silent"),
        consequence=_("fewer answers, and goals for active members out of reach"),
        probability=3,
        impact=4,
        indicator=Rule(
            metric="members.lost", grain="week", rule="anomaly", side="above", value=3.0
        ),
    ),
    Starter(
        category=Risk.Category.ACTIVITY,
        icon="trending-down",
        cause=_("topics repeat themselves and few activities are planned"),
        event=_("Fewer members take part each week"),
        consequence=_("the community looks empty to whoever comes"),
        probability=3,
        impact=3,
        indicator=Rule(
            metric="members.active", grain="week", rule="anomaly", side="below", value=3.0
        ),
    ),
    Starter(
        category=Risk.Category.QUALITY,
        icon="article",
        cause=_("those who know leave, and questions outgrow them"),
        event=_("Questions stay without a good answer"),
        consequence=_("trust falls, and those who asked do not come back"),
        probability=2,
        impact=4,
        indicator=Rule(
            metric="response.answered_1d", grain="week", rule="threshold", side="below", value=0.5
        ),
    ),
    Starter(
        category=Risk.Category.COST,
        icon="receipt",
        cause=_("prices rise and work is booked before it is budgeted"),
        event=_("The budget is overrun before the plan ends"),
        consequence=_("planned work is cut, or money has to be found"),
        probability=2,
        impact=3,
        indicator=None,
    ),
    Starter(
        category=Risk.Category.MARKET,
        icon="building-store",
        cause=_("another community makes our core members an offer"),
        event=_("Core members take their talk elsewhere"),
        consequence=_("contributions fall, and newcomers follow them"),
        probability=2,
        impact=4,
        indicator=Rule(
            metric="concentration.core_80", grain="month", rule="change", side="below", value=0.3
        ),
    ),
    Starter(
        category=Risk.Category.POLICY,
        icon="gavel",
        cause=_("rules for content, data or platforms change"),
        event=_("Part of what we do is no longer allowed"),
        consequence=_("channels close at short notice"),
        probability=2,
        impact=5,
        indicator=None,
    ),
    Starter(
        category=Risk.Category.TECHNOLOGY,
        icon="plug",
        cause=_("the site depends on one server and one person"),
        event=_("The site is down for more than a day"),
        consequence=_("members cannot reach each other, and some do not come back"),
        probability=2,
        impact=4,
        indicator=Rule(
            metric="content.contributions", grain="day", rule="anomaly", side="below", value=4.0
        ),
    ),
    Starter(
        category=Risk.Category.TEAM,
        icon="users-group",
        cause=_("the same few people carry most of the work"),
        event=_("Somebody the team relies on drops out"),
        consequence=_("tasks slip, and goals come late"),
        probability=3,
        impact=3,
        indicator=None,
    ),
)


def starters() -> dict[str, Starter]:
    """Return the examples by category."""
    return {each.category.value: each for each in _STARTERS}
