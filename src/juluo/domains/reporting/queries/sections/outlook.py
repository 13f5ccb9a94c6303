"""What is to come: where figures will lie if nothing changes, and what is planned."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Answer, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft
from juluo.lib import figures
from juluo.lib.documents.model import Block, Bullets, Column, Paragraph, Section, Table, Text

if TYPE_CHECKING:
    # At run time it is imported where it is needed: numpy takes long to load.
    from juluo.analytics.forecast import Band

# Figures that add up over days: only of these is the next cycle's sum forecast.
_SUMS = ("content.contributions", "interaction.reactions", "members.new")
# How many days of the past are read, and how wide the periods are that they are cut into.
_FAR_DAYS = 1_092
_WIDE = 7
_MOST_MILESTONES, _MOST_TASKS = 12, 8


def outlook(draft: Draft) -> Section | None:
    """Return what the next days of the same length hold; None where nothing can be said."""
    start, end = draft.asked.end, _next_end(draft)
    blocks: list[Block] = [*_forecasts(draft, start, end), *_planned(draft, start, end)]
    if not blocks:
        return None
    days = _("The next days of the same length: %(days)s.") % {"days": draft.days(start, end)}
    return Section(key="outlook", title=_("Outlook"), blocks=[Paragraph([Text(days)]), *blocks])


def _next_end(draft: Draft) -> date:
    """Return the day after the next window: as many whole months, or as many days."""
    start, end = draft.asked.start, draft.asked.end
    if start.day == end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        later = end.year * 12 + end.month - 1 + months
        return date(later // 12, later % 12 + 1, 1)
    return end + (end - start)


def _forecasts(draft: Draft, start: date, end: date) -> list[Block]:
    if draft.asked.plan_id is not None:
        return []
    if insights.local_today(now=draft.now) < start:
        words = _("These days are not over: the next ones are forecast when they are.")
        return [Paragraph([Text(words)])]
    told = [(key, *_band(draft, key, start, end)) for key in _SUMS]
    known = [(key, answer, band) for key, answer, band in told if band is not None]
    if not known:
        words = _("History is too short to forecast the next days by: no figure is given.")
        return [Paragraph([Text(words)])]
    columns = [
        Column(title=_("Metric"), share=2),
        Column(title=_("This period"), numeric=True),
        Column(title=_("Likely"), numeric=True),
        Column(title=_("Four times in five"), numeric=True, share=1.5),
        Column(title=_("Forecasts judged"), numeric=True),
    ]
    rows = [_row(draft, key, answer, band) for key, answer, band in known]
    words = _(
        "If all goes on as history and season have it. The range has held the truth about four "
        "times in five when the same was forecast from the past; what is done anew is not in it."
    )
    return [
        Paragraph([Text(words)]),
        Table(caption=_("What the next days would bring"), columns=columns, rows=rows),
    ]


def _band(draft: Draft, key: str, start: date, end: date) -> tuple[Answer, "Band | None"]:
    """Forecast the sum of the days ``[start, end)`` from whole weeks before."""
    first = start - timedelta(days=_FAR_DAYS)
    answer = draft.ask(key, Grain.DAY, start=first, end=start)
    asked = ("outlook", key, start, end)
    return answer, draft.memory.once(asked, lambda: _forecast(answer, (end - start).days))


def _forecast(answer: Answer, length: int) -> "Band | None":
    from juluo.analytics import forecast as forecasts

    days = [point.value or 0.0 for point in answer.points]
    lived = next((n for n, value in enumerate(days) if value), len(days))
    days = days[lived + (len(days) - lived) % _WIDE :]
    weeks = tuple(float(sum(days[n : n + _WIDE])) for n in range(0, len(days), _WIDE))
    periods = max(round(length / _WIDE), 1)
    try:
        past = forecasts.Past(values=weeks, grain=Grain.WEEK, scale=forecasts.Scale.COUNT)
        band = forecasts.forecast_total(past, periods=periods)
    except forecasts.TooLittleHistory:
        return None
    return band.after(0.0, times=length / (periods * _WIDE))


def _row(draft: Draft, key: str, history: Answer, band: "Band") -> list[Text]:
    now = draft.ask(key, Grain.WINDOW)
    low, middle, high = (draft.figure(round(each), now.unit)
                         for each in (band.low, band.middle, band.high))  # fmt: skip
    return [
        Text(draft.title(METRICS[key])),
        draft.cited(now, now.points[0].value),
        Text(middle, evidence=draft.cite(history)),
        Text(f"{low} – {high}", evidence=draft.cite(history)),
        Text(str(band.errors)),
    ]


def _planned(draft: Draft, start: date, end: date) -> list[Block]:
    asked = draft.asked
    ids = None if asked.plan_id is None else planning.plan_and_below(asked.plan_id)
    found = draft.memory.once(
        ("to come", start, end, asked.plan_id),
        lambda: planning.work_to_come(start=start, end=end, plan_ids=ids),
    )
    language = asked.language
    items = []
    for plan in found.plans:
        words = _("Begins on %(day)s: %(title)s")
        day = figures.day(plan.day, language=language)
        items.append([Text(words % {"day": day, "title": plan.title})])
    blocks: list[Block] = []
    if items:
        blocks += [Paragraph([Text(_("Plans and activities"), strong=True)]), Bullets(items)]
    if found.gates:
        blocks += [Paragraph([Text(_("Gates to pass"), strong=True)]), Bullets(
            [[Text(f"{figures.day(each.day, language=language)} · {each.plan} · "
                   f"{planning.phase_name(each.title)}")] for each in found.gates])]  # fmt: skip
    counts = _counts(found)
    if counts:
        blocks.append(Paragraph([Text(draft.joined(counts))]))
    if found.milestones:
        columns = [
            Column(title=pgettext("milestone", "Day"), share=1.2),
            Column(title=_("Milestone"), share=2.5),
            Column(title=_("Plan"), share=2),
        ]
        rows = [
            [Text(figures.day(each.day, language=language)), Text(each.title), Text(each.plan)]
            for each in found.milestones[:_MOST_MILESTONES]
        ]
        blocks.append(Table(caption=_("Milestones ahead"), columns=columns, rows=rows))
    return blocks


def _counts(found: planning.WorkToCome) -> list[str]:
    said = []
    if found.tasks:
        words = ngettext(
            "%(count)d open task is due then.", "%(count)d open tasks are due then.", found.tasks
        )
        said.append(words % {"count": found.tasks})
    if found.publications:
        words = ngettext(
            "%(count)d publication is planned.", "%(count)d publications are planned.",
            found.publications,
        )  # fmt: skip
        said.append(words % {"count": found.publications})
    return said
