"""The sections of a report that are about people."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from juluo.analytics.catalog import metric
from juluo.analytics.question import Answer, Grain, Point
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft
from juluo.lib import figures
from juluo.lib.charts import options
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    Paragraph,
    Section,
    Table,
    Text,
)

_MOST_COHORTS = 12
_MOST_AGES = 8
_MOST_GROWTH_ROWS = 12


def _values(answer: Answer) -> list[float | None]:
    return [point.value for point in answer.points]


def trend(draft: Draft) -> Section:
    """Return active and contributing members, and what they wrote, over the window."""
    active = draft.ask("members.active", draft.grain)
    contributing = draft.ask("members.contributing", draft.grain)
    written = draft.ask("content.contributions", draft.grain)
    labels = [draft.label(point.start) for point in active.points]
    people = options.lines(
        labels,
        [
            options.Series(name=draft.title(metric(answer.question.key)), values=_values(answer))
            for answer in (active, contributing)
        ],
    )
    volume = options.bars(
        labels,
        [
            options.Series(
                name=draft.title(metric("content.contributions")), values=_values(written)
            )
        ],
    )
    marks, notes = insights.marked([point.start for point in active.points], draft.grain)
    return Section(
        key="trend",
        title=_("Trend"),
        blocks=[
            Chart(
                caption=_("Active and contributing members"),
                option=options.with_marks(people, marks),
                alternative=_described(draft, active),
                evidence=[draft.cite(active), draft.cite(contributing)],
            ),
            Chart(
                caption=_("Contributions"),
                option=options.with_marks(volume, marks),
                alternative=_described(draft, written),
                evidence=[draft.cite(written)],
                height=240,
            ),
            *_told(notes, draft.asked.language),
        ],
    )


def _told(notes: Sequence[insights.AnnotationShown], language: str) -> list[Block]:
    """Return what the numbers at the top of the charts stand for."""
    if not notes:
        return []
    said = [
        [
            Text(f"{note.number} ", strong=True),
            Text(f"{figures.day(note.first, language=language)} · {note.words}"),
        ]
        for note in notes
    ]
    return [
        Paragraph([Text(_("The numbers above the charts are notes on the time axis:"))]),
        Bullets(said),
    ]


def _described(draft: Draft, answer: Answer) -> str:
    """Say in words what a chart shows, for those who cannot see it."""
    title = draft.title(metric(answer.question.key))
    known = [point for point in answer.points if point.value is not None]
    if not known:
        return _("%(title)s: nothing in this window.") % {"title": title}
    most = max(known, key=lambda point: point.value or 0.0)
    least = min(known, key=lambda point: point.value or 0.0)
    return _("%(title)s: between %(least)s (%(least_at)s) and %(most)s (%(most_at)s).") % {
        "title": title,
        "least": draft.figure(least.value, answer.unit),
        "least_at": draft.label(least.start),
        "most": draft.figure(most.value, answer.unit),
        "most_at": draft.label(most.start),
    }


def growth(draft: Draft) -> Section:
    """Return who came, stayed, came back and was lost, window by window."""
    grain = Grain.WEEK if draft.asked.days <= 120 else Grain.MONTH
    keys = ("members.new", "members.retained", "members.resurrected", "members.lost")
    answers = [draft.ask(key, grain) for key in keys]
    labels = [
        figures.point_label(point.start, grain.value, language=draft.asked.language)
        for point in answers[0].points
    ]
    series = [
        options.Series(
            name=draft.title(metric(answer.question.key)),
            values=[
                -(v or 0) if answer.question.key == "members.lost" else v for v in _values(answer)
            ],
        )
        for answer in answers
    ]
    columns = [Column(title=_("Beginning"), share=1.4)]
    columns += [
        Column(title=each.name, numeric=True, evidence=draft.cite(answer))
        for each, answer in zip(series, answers, strict=True)
    ]
    rows = [
        [
            Text(label),
            *(Text(draft.figure(answer.points[n].value, answer.unit)) for answer in answers),
        ]
        for n, label in enumerate(labels)
    ]
    caption = _("Growth accounting")
    if len(rows) > _MOST_GROWTH_ROWS:
        caption = _("Growth accounting, the latest %(rows)s of the figure's points") % {
            "rows": _MOST_GROWTH_ROWS
        }
    marks, notes = insights.marked([point.start for point in answers[0].points], grain)
    return Section(
        key="growth",
        title=_("Growth accounting"),
        blocks=[
            Paragraph(
                [
                    Text(
                        _(
                            "New, retained and resurrected members make up those who are active; "
                            "the lost were active in the window before and are not now."
                        )
                    )
                ]
            ),
            Chart(
                caption=_("New, retained, resurrected and lost members"),
                option=options.with_marks(options.bars(labels, series, stacked=True), marks),
                alternative=_described(draft, answers[0]),
                evidence=[draft.cite(answer) for answer in answers],
            ),
            *_told(notes, draft.asked.language),
            Table(caption=caption, columns=columns, rows=rows[-_MOST_GROWTH_ROWS:]),
        ],
    )


def retention(draft: Draft) -> Section | None:
    """Return the cohort table: who of those that began together is still active."""
    grain = Grain.WEEK if draft.asked.days <= 60 else Grain.MONTH
    answer = draft.ask("members.retention", grain)
    cohorts: dict[date, list[Point]] = {}
    for point in answer.points:
        cohorts.setdefault(point.start, []).append(point)
    if not cohorts:
        return None
    ages = min(max(len(points) for points in cohorts.values()), _MOST_AGES)
    columns = [
        Column(title=_("Began"), share=1.6),
        Column(title=_("Members"), numeric=True, share=1.7),
        *(Column(title=str(age), numeric=True) for age in range(ages)),
    ]
    latest = sorted(cohorts)[-_MOST_COHORTS:]
    rows = [_cohort_row(draft, cohorts[start], ages, grain) for start in latest]
    words = _(
        "Of the members whose first participation fell in the same week, the share active so many "
        "weeks later."
    )
    if grain is Grain.MONTH:
        words = _(
            "Of the members whose first participation fell in the same month, the share active so "
            "many months later."
        )
    blocks = [Paragraph([Text(words, evidence=draft.cite(answer))])]
    table = Table(caption=_("Retention by cohort"), columns=columns, rows=rows)
    return Section(key="retention", title=_("Retention"), blocks=[*blocks, table])


def _cohort_row(draft: Draft, points: list[Point], ages: int, grain: Grain) -> list[Text]:
    cells = [
        figures.NOTHING if point.value is None else f"{point.value * 100:.0f}%"
        for point in points[:ages]
    ]
    cells += [""] * (ages - len(cells))
    label = figures.point_label(points[0].start, grain.value, language=draft.asked.language)
    if grain is Grain.WEEK and points[0].start.weekday():
        label = figures.point_label(
            points[0].start - timedelta(days=points[0].start.weekday()),
            grain.value,
            language=draft.asked.language,
        )
    size = draft.figure(points[0].whole, "members")
    return [Text(label), Text(size), *(Text(cell) for cell in cells)]
