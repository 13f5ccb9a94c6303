"""How often what was called likely came about, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.risks.models import RiskOutcome
from juluo.domains.risks.queries.levels import band_words, probability_name
from juluo.domains.risks.rules.calibration import BandResult, Call, calibration
from juluo.lib import figures


@dataclass(frozen=True, kw_only=True)
class BandShown:
    """One band: what was said, what came, and what that means."""

    name: str
    said: str
    called: int
    occurred: int
    share: str
    interval: str
    verdict: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class CalibrationShown:
    """All bands, and how far off what was said has been."""

    bands: tuple[BandShown, ...]
    called: int
    occurred: int
    left_out: int
    enough: bool
    brier: str
    plain: str
    is_better: bool


def calibration_shown(*, last: bool = False) -> CalibrationShown:
    """Return how calls turned out: by what was said first, or by what was said last."""
    field = "last_probability" if last else "called_probability"
    stated = RiskOutcome.objects.filter(occurred__isnull=False)
    rows = stated.order_by("pk").values_list(field, "occurred")
    found = calibration([Call(probability=p, occurred=bool(came)) for p, came in rows])
    brier, plain = found.brier, found.plain
    return CalibrationShown(
        bands=tuple(_band(each) for each in found.bands),
        called=found.called,
        occurred=found.occurred,
        left_out=RiskOutcome.objects.filter(occurred=None).count(),
        enough=found.enough,
        brier=figures.NOTHING if brier is None else f"{brier:.3f}",
        plain=figures.NOTHING if plain is None else f"{plain:.3f}",
        is_better=brier is not None and plain is not None and brier < plain,
    )


def _band(found: BandResult) -> BandShown:
    interval = ""
    if found.low is not None and found.high is not None:
        interval = f"{figures.percent(found.low)} – {figures.percent(found.high)}"
    return BandShown(
        name=probability_name(found.band.level),
        said=band_words(found.band),
        called=found.called,
        occurred=found.occurred,
        share=figures.NOTHING if found.share is None else figures.percent(found.share),
        interval=interval,
        verdict=_verdict(found.verdict),
        sentence=_sentence(found),
    )


def _verdict(verdict: str) -> str:
    words = {
        "none": _("Nothing was called so yet."),
        "few": _("Too few to judge."),
        "fits": _("What came is in keeping with what was said."),
        "more": _("They occur more often than was said."),
        "less": _("They occur less often than was said."),
    }
    return words[verdict]


def _sentence(found: BandResult) -> str:
    if not found.called:
        return ""
    words = ngettext(
        "Of %(called)d risk called “%(name)s”, %(occurred)d occurred.",
        "Of %(called)d risks called “%(name)s”, %(occurred)d occurred.",
        found.called,
    )
    name = probability_name(found.band.level).lower()
    return words % {"called": found.called, "name": name, "occurred": found.occurred}
