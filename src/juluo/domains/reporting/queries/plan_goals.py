"""A plan's goals in its document: what was promised, what history says of it, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.planning.queries import FrozenEntry, FrozenPart
from juluo.domains.reporting.queries.plan_parts import share, whole_day
from juluo.lib import figures
from juluo.lib.documents.model import (
    Block,
    Chart,
    Column,
    Evidence,
    Finding,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
)

_TONES = {"green": Tone.GOOD, "teal": Tone.GOOD, "red": Tone.BAD, "orange": Tone.BAD}


@dataclass
class Cited:
    """The evidence of a plan's figures, numbered in the order it is first used."""

    data_version: str
    evidence: list[Evidence] = field(default_factory=list)
    _places: dict[tuple[str, ...], int] = field(default_factory=dict)

    def cite(
        self, key: str, *, first: date | None = None, last: date | None = None, version: str = ""
    ) -> int | None:
        """Return the number of a metric's entry over these days; None for an unknown metric."""
        definition = METRICS.get(key)
        if definition is None:
            return None
        place = (key, str(first), str(last), version)
        if place not in self._places:
            language = get_language() or "en"
            rows = [
                (_("Metric"), f"{key} · {_('version')} {definition.version}"),
                (_("Question"), definition.question.in_language(language)),
                (_("Definition"), definition.formula.in_language(language)),
            ]
            if first and last:
                rows.append((_("Window"), days(first, last)))
                end = last + timedelta(days=1)
                rows.append((_("Query"), f"juluo metric {key} --from {first} --to {end}"))
            if version or self.data_version:
                rows.append((_("Data version"), version or self.data_version))
            self.evidence.append(Evidence(title=definition.title.in_language(language), rows=rows))
            self._places[place] = len(self.evidence)
        return self._places[place]


def days(first: date, last: date) -> str:
    """Return a window in words, its last day included."""
    language = get_language() or "en"
    words = {
        "first": figures.day(first, language=language),
        "last": figures.day(last, language=language),
    }
    return _("%(first)s to %(last)s") % words


def goals_table(part: FrozenPart, cited: Cited) -> list[Block]:
    """Return every target under its goal, as it was promised."""
    rows: list[Sequence[Text]] = []
    goal: FrozenEntry | None = None
    for entry in part.entries:
        if entry.ref.startswith("target:"):
            rows.append(_target(goal, entry, cited))
        else:
            goal = entry
    if not rows:
        return []
    heads = [
        part.label,
        _("Metric"),
        pgettext("goal", "From"),
        pgettext("goal", "To"),
        pgettext("goal", "Owner"),
        _("Last day"),
    ]
    columns = [
        Column(title=head, numeric=n in (2, 3), share=share([head, *(r[n].words for r in rows)]))
        for n, head in enumerate(heads)
    ]
    return [Table(caption=part.label, columns=columns, rows=rows)]


def _target(goal: FrozenEntry | None, target: FrozenEntry, cited: Cited) -> Sequence[Text]:
    words = goal.words if goal else {}
    raw = goal.raw if goal else {}
    first, last = (_day(raw.get(each)) for each in ("start", "last"))
    number = cited.cite(str(target.raw.get("metric", "")), first=first, last=last)
    return [
        Text(target.title),
        Text(target.words.get("metric", "")),
        Text(target.words.get("baseline", figures.NOTHING), number),
        Text(target.words.get("target", figures.NOTHING), number),
        Text(words.get("owner", "")),
        Text(whole_day(words.get("last", ""))),
    ]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def goals_now(part: FrozenPart, cited: Cited, *, now: datetime) -> list[Section]:
    """Return each goal with its figures as they were last read, its chart and what history says."""
    ids = [entry.ref.partition(":")[2] for entry in part.entries if entry.ref.startswith("goal:")]
    pages = [planning.goal_page(int(number), now=now) for number in ids]
    return [_goal(page, cited, now) for page in pages if page is not None]


def _goal(page: planning.GoalPage, cited: Cited, now: datetime) -> Section:
    blocks: list[Block] = []
    if page.row.why:
        blocks.append(Paragraph([Text(page.row.why)]))
    has_begun = page.row.start <= insights.local_today(now=now)
    for target in page.targets:
        row = target.row
        number = cited.cite(row.metric, first=page.row.start, last=page.row.last)
        if has_begun:
            blocks.append(_standing(row, number))
        if target.judgement:
            look = target.judgement.look
            blocks.append(
                Finding(
                    title=f"{row.title}{_(': ')}{look.label}",
                    what=[Text(" ".join(target.judgement.sentences), number)],
                    tone=_TONES.get(look.tone, Tone.NEUTRAL),
                )
            )
        if target.chart:
            blocks.append(_chart(page, target, number))
    return Section(title=page.row.title, blocks=blocks)


def _standing(row: planning.TargetRow, number: int | None) -> KeyFigures:
    tone = _TONES.get(row.look.tone, Tone.NEUTRAL)
    read_on = figures.day(row.read_on, language=get_language() or "en") if row.read_on else ""
    return KeyFigures(
        [
            KeyFigure(title=row.title, value=Text(row.now, number), change=read_on),
            KeyFigure(title=pgettext("goal", "Target"), value=Text(row.value)),
            KeyFigure(title=_("Pace today"), value=Text(row.pace)),
            KeyFigure(
                title=pgettext("goal", "State"),
                value=Text(str(row.look.label)),
                change="" if row.percent is None else _("%s%% of the way") % row.percent,
                tone=tone,
            ),
        ]
    )


def _chart(page: planning.GoalPage, target: planning.TargetDetail, number: int | None) -> Chart:
    row, chart = target.row, target.chart
    assert chart is not None  # noqa: S101 - asked before
    option, title = chart.option, row.title
    if row.metric in METRICS and METRICS[row.metric].unit == "seconds":
        option, title = _in_hours(option), _("%s, in hours") % title
    words = _("%(metric)s from %(baseline)s to %(target)s by %(day)s; last read: %(now)s.")
    said = {
        "metric": row.title,
        "baseline": row.baseline,
        "target": row.value,
        "day": figures.day(page.row.last, language=get_language() or "en"),
        "now": row.now,
    }
    return Chart(
        caption=_("%s: past, pace and forecast") % title,
        option=option,
        alternative=words % said,
        evidence=[number] if number else [],
    )


def _in_hours(option: dict[str, Any]) -> dict[str, Any]:
    """Return a chart of seconds on an axis that people can read."""
    series = [
        {**each, "data": [None if v is None else round(v / 3600, 2) for v in each["data"]]}
        for each in option["series"]
    ]
    return {**option, "series": series}
