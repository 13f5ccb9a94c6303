"""Leading indicators: where they stand against their bounds, and what they propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.insights.types import Look
from juluo.domains.risks.models import Episode, Indicator, Risk
from juluo.domains.risks.queries.levels import probability_name
from juluo.lib import figures
from juluo.lib.charts import options
from juluo.ui import looks

# How many periods an indicator's chart reaches back.
SHOWN = {Grain.DAY: 60, Grain.WEEK: 26, Grain.MONTH: 18}
_Seen = tuple[date, float | None, Look]
_LOOKS = {
    "out": looks.Look(tone="red", icon="bell-ringing"),
    "within": looks.Look(tone="green", icon="circle-check"),
    "unknown": looks.Look(tone="secondary", icon="help-circle"),
}


@dataclass(frozen=True, kw_only=True)
class EpisodeShown:
    """One time an indicator was out of bounds."""

    since: date
    over_at: datetime | None
    observed: str
    bounds: str
    raised: bool
    raised_from: str
    raised_to: str


@dataclass(frozen=True, kw_only=True)
class IndicatorShown:
    """An indicator with its last complete period against its bounds."""

    id: int
    metric: str
    title: str
    grain_label: str
    rule_label: str
    side_label: str
    limit: str
    filters: str
    effect: str
    response: str
    calm_after: int
    period: str
    observed: str
    bounds: str
    state: str
    state_label: str
    look: looks.Look
    chart: dict[str, Any] | None
    rows: tuple[tuple[str, str, str], ...]
    episodes: tuple[EpisodeShown, ...]
    ended_at: datetime | None

    @property
    def id_words(self) -> str:
        """The id as text, for templates that make names of it."""
        return str(self.id)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A calm indicator's proposal to lower its risk, which waits for an answer."""

    episode_id: int
    title: str
    calm: int
    back_to: str


def proposals_of(risk_id: int, *, language: str) -> list[Proposal]:
    """Return what calm indicators of an open risk propose."""
    rows = Episode.objects.filter(
        indicator__risk_id=risk_id, proposed_at__isnull=False, answered_at=None
    ).exclude(indicator__risk__status__in=Risk.ENDED)
    return [
        Proposal(
            episode_id=row.pk,
            title=_title(row.indicator.metric, language),
            calm=row.calm,
            back_to=probability_name(row.raised_from),
        )
        for row in rows.select_related("indicator").order_by("pk")
    ]


def indicators_of(risk_id: int, *, language: str, now: datetime) -> list[IndicatorShown]:
    """Return the indicators of a risk, those switched off last."""
    rows = Indicator.objects.filter(risk_id=risk_id).select_related("response")
    found = rows.prefetch_related("episodes").order_by("ended_at", "pk")
    return [_shown(row, language, now) for row in found]


def _title(key: str, language: str) -> str:
    return METRICS[key].title.in_language(language) if key in METRICS else key


def _shown(row: Indicator, language: str, now: datetime) -> IndicatorShown:
    seen = _seen(row, now) if row.ended_at is None and row.metric in METRICS else []
    last = seen[-1] if seen else None
    state = _state(last)
    unit = METRICS[row.metric].unit if row.metric in METRICS else ""
    return IndicatorShown(
        id=row.pk,
        metric=row.metric,
        title=_title(row.metric, language),
        grain_label=insights.grain_words(Grain(row.grain)),
        rule_label=row.get_rule_display(),
        side_label=row.get_side_display(),
        limit=insights.limit_words(row, language=language),
        filters=insights.filter_words(insights.filters_of(row.filters)),
        effect=_effect(row),
        response=row.response.title if row.response else "",
        calm_after=row.calm_after,
        period=insights.long_label(last[0], Grain(row.grain), language=language) if last else "",
        observed=figures.figure(last[1], unit, language=language) if last else figures.NOTHING,
        bounds=_bounds(last[2], unit, language) if last else figures.NOTHING,
        state=state,
        state_label=_state_label(state),
        look=_LOOKS[state],
        chart=_chart(row, seen, language),
        rows=tuple(_line(row, each, unit, language) for each in reversed(seen)),
        episodes=tuple(_episode(each, unit, language) for each in _newest_first(row)),
        ended_at=row.ended_at,
    )


def _seen(row: Indicator, now: datetime) -> list[_Seen]:
    last_day = insights.last_local_day()
    if last_day is None:
        return []
    grain = Grain(row.grain)
    until = insights.running_period(grain, now=now)
    since = insights.periods_before(until, grain, SHOWN[grain])
    return insights.looks(row, since=since, until=until, last_day=last_day, now=now)


def _newest_first(row: Indicator) -> list[Episode]:
    return sorted(row.episodes.all(), key=lambda each: each.since, reverse=True)


def _state(last: _Seen | None) -> str:
    if last is None or last[2].fires is None:
        return "unknown"
    return "out" if last[2].fires else "within"


def _state_label(state: str) -> str:
    words = {
        "out": _("out of bounds"),
        "within": _("within bounds"),
        "unknown": _("too little history to say"),
    }
    return words[state]


def _effect(row: Indicator) -> str:
    if row.raise_by_one:
        return _("raises the probability by one level")
    if row.raise_to is not None:
        return _("raises the probability to “%(level)s”") % {
            "level": probability_name(row.raise_to)
        }
    return _("leaves the probability as it is")


def _bounds(look: Look, unit: str, language: str) -> str:
    low = figures.figure(look.low, unit, language=language)
    high = figures.figure(look.high, unit, language=language)
    if look.low is None and look.high is None:
        return figures.NOTHING
    if look.low is None:
        return f"≤ {high}"
    return f"≥ {low}" if look.high is None else f"{low} – {high}"


def _line(row: Indicator, seen: _Seen, unit: str, language: str) -> tuple[str, str, str]:
    start, value, look = seen
    label = insights.long_label(start, Grain(row.grain), language=language)
    return label, figures.figure(value, unit, language=language), _bounds(look, unit, language)


def _chart(row: Indicator, seen: Sequence[_Seen], language: str) -> dict[str, Any] | None:
    """Draw the values with their bounds: a band, or a dashed line where there is one limit."""
    if len(seen) < 2:
        return None
    unit = METRICS[row.metric].unit
    is_share = unit == "share"
    factor = 100 if is_share else 1

    def scaled(values: Sequence[float | None]) -> list[float | None]:
        return [None if each is None else round(each * factor, 2) for each in values]

    labels = [
        figures.point_label(start, Grain(row.grain), language=language) for start, _v, _l in seen
    ]
    values = scaled([value for _start, value, _look in seen])
    lows = scaled([look.low for _start, _value, look in seen])
    highs = scaled([look.high for _start, _value, look in seen])
    title = _title(row.metric, language)
    if row.rule == "threshold":
        limit = lows if row.side == "below" else highs
        drawn = [
            options.Series(name=title, values=values),
            options.Series(name=_("Limit"), values=limit, faint=True),
        ]
    else:
        drawn = [options.Series(name=title, values=values, low=lows, high=highs)]
    return options.lines(labels, drawn, percent=is_share)


def _episode(row: Episode, unit: str, language: str) -> EpisodeShown:
    look = Look(fires=True, expected=row.expected, low=row.low, high=row.high)
    return EpisodeShown(
        since=row.since,
        over_at=row.over_at,
        observed=figures.figure(row.observed, unit, language=language),
        bounds=_bounds(look, unit, language),
        raised=row.raised_to > row.raised_from,
        raised_from=probability_name(row.raised_from),
        raised_to=probability_name(row.raised_to),
    )
