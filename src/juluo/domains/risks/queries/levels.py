"""What levels, scores and states are called, and how they look: never by colour alone."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.risks.models import Risk
from juluo.domains.risks.rules.scores import BANDS, Band
from juluo.ui.looks import Look

_PROBABILITIES = {
    1: pgettext_lazy("probability", "Rare"),
    2: pgettext_lazy("probability", "Unlikely"),
    3: pgettext_lazy("probability", "Possible"),
    4: pgettext_lazy("probability", "Likely"),
    5: pgettext_lazy("probability", "Almost certain"),
}
_IMPACTS = {
    1: pgettext_lazy("impact", "Negligible"),
    2: pgettext_lazy("impact", "Minor"),
    3: pgettext_lazy("impact", "Moderate"),
    4: pgettext_lazy("impact", "Major"),
    5: pgettext_lazy("impact", "Severe"),
}
_IMPACT_MEANINGS = {
    1: _("No goal moves; under 1% of the budget; hardly a member notices."),
    2: _("A goal comes late; 1–5% of the budget; single members leave."),
    3: _("A goal falls short by up to a tenth; 5–10% of the budget; up to 5% of active members."),
    4: _("A goal is missed; 10–25% of the budget; up to a fifth of active members."),
    5: _("The plan fails; over a quarter of the budget; the core of the community leaves."),
}
_SEVERITIES = {
    "low": pgettext_lazy("severity", "Low"),
    "medium": pgettext_lazy("severity", "Medium"),
    "high": pgettext_lazy("severity", "High"),
    "critical": pgettext_lazy("severity", "Critical"),
}
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "ISK": 0, "CLP": 0, "KWD": 3, "BHD": 3}


STATUS_LOOKS = {
    Risk.Status.OPEN: Look(tone="orange", icon="circle-dot"),
    Risk.Status.TREATED: Look(tone="blue", icon="umbrella"),
    Risk.Status.WATCHING: Look(tone="teal", icon="eye"),
    Risk.Status.CLOSED: Look(tone="secondary", icon="archive"),
    Risk.Status.OCCURRED: Look(tone="red", icon="urgent"),
}
_SEVERITY_LOOKS = {
    "low": Look(tone="green", icon="circle-check"),
    "medium": Look(tone="blue", icon="info-circle"),
    "high": Look(tone="orange", icon="alert-triangle"),
    "critical": Look(tone="red", icon="alert-octagon"),
}


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of a scale: its number, its name, and what it means."""

    level: int
    name: str
    meaning: str


def probability_name(level: int) -> str:
    """Return what a level of probability is called."""
    return str(_PROBABILITIES[level])


def impact_name(level: int) -> str:
    """Return what a level of impact is called."""
    return str(_IMPACTS[level])


def severity_name(severity: str) -> str:
    """Return what low, medium, high or critical scores are called."""
    return str(_SEVERITIES[severity])


def severity_look(severity: str) -> Look:
    """Return how a score looks."""
    return _SEVERITY_LOOKS[severity]


def band_words(band: Band) -> str:
    """Return a band of probability in percent."""
    low, high = round(band.low * 100), round(band.high * 100)
    if band.low == 0:
        return f"< {high}%"
    return f"> {low}%" if band.high == 1 else f"{low}–{high}%"


def probability_levels() -> list[Level]:
    """Return the scale of probability, rarest first."""
    return [
        Level(level=each.level, name=probability_name(each.level), meaning=band_words(each))
        for each in BANDS
    ]


def impact_levels() -> list[Level]:
    """Return the scale of impact, slightest first, in terms of goal, money and members."""
    return [
        Level(level=level, name=impact_name(level), meaning=str(_IMPACT_MEANINGS[level]))
        for level in _IMPACTS
    ]


def cost_words(cost: int | None, currency: str) -> str:
    """Return an amount of the smallest unit in its currency; nothing where there is none."""
    if cost is None:
        return ""
    digits = _EXPONENTS.get(currency, 2)
    whole, rest = divmod(cost, 10**digits)
    return f"{currency} {whole:,}" + (f".{rest:0{digits}d}" if digits else "")


def cost_stored(typed: Decimal, currency: str) -> int:
    """Return a typed amount in the smallest unit of its currency."""
    return int((typed * 10 ** _EXPONENTS.get(currency, 2)).to_integral_value())
