"""Every figure of a report, counted again from its records and from the log by other code."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from tests.communities import COMMUNITIES
from tests.made_up import NOW
from tests.recounting.lines import everything
from tests.recounting.printed import Traced, runs_of
from tests.recounting.recount import COUNTS, differences, from_records, recount

from juluo.analytics import forecast as forecasts
from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.insights.models import KeptAnswer
from juluo.domains.insights.queries.asking import stepped
from juluo.domains.insights.queries.evidence import kept_answer
from juluo.domains.reporting import services
from juluo.domains.reporting.models import Revision
from juluo.domains.reporting.types import LANGUAGES, Kind
from juluo.importers.demonstration import fill, steer
from juluo.lib import figures
from juluo.lib.documents.keeping import from_plain
from juluo.lib.documents.model import Chart, Table

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]
SHOWN_NOW = datetime(2026, 9, 21, 4, tzinfo=UTC)
_PAGE = 20_000

# Numbers that come from no metric, by section and column, in both languages.
_USUAL = "made of many windows before, which are counted again in usual_again"
_LIKELY = "what history and season make likely: an estimate, not a count"
_COMING = "forecast from the counted history, which is done again in outlook_again"
_WANTED = "what the plan wants, which people set"
EXCEPTIONS = {
    **dict.fromkeys([("moved", each) for each in ("Expected", "预期")], _LIKELY),
    **dict.fromkeys([("moved", each) for each in ("Expected range", "预期范围")], _LIKELY),
    **dict.fromkeys([("goals", each) for each in ("Target", "目标值")], _WANTED),
    **dict.fromkeys([("goals", each) for each in ("Pace", "进度要求")], _WANTED),
    **dict.fromkeys([("outlook", each) for each in ("Likely", "最可能")], _COMING),
    **dict.fromkeys(
        [("outlook", each) for each in ("Four times in five", "五次中有四次")], _COMING
    ),
    **dict.fromkeys(
        [("outlook", each) for each in ("Forecasts judged", "检验过的预测数")], _COMING
    ),
    ("work", "*"): "tasks and hours, which no metric counts",
    ("headlines", "Usual range"): _USUAL,
    ("headlines", "常态区间"): _USUAL,
}
# What the records behind a point cannot give alone: it is counted from the log only.
NOT_FROM_RECORDS = {
    "participation.rate": "whoever was known before is not listed",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A community, and the days and kind of its report."""

    make: Callable[[], object]
    start: date
    kind: Kind
    now: datetime = NOW
    days: int = 8
    # From how many of the newest points of each answer the records are counted again.
    looked_at: int = 2

    @property
    def end(self) -> date:
        """The first day after the window."""
        return self.start + timedelta(days=self.days)


def demonstration():
    fill(now=SHOWN_NOW)
    steer(now=SHOWN_NOW)


CASES = {
    "made up": Case(
        make=COMMUNITIES["made up"].make,
        start=date(2026, 1, 7),
        kind=Kind.MONTHLY,
        looked_at=5,
    ),
    # A week from Monday: it is held against the weeks before in one answer. Its report is a
    # monthly one all the same, as weekly reports print few tables.
    "demonstration": Case(
        make=demonstration,
        start=date(2026, 8, 17),
        days=7,
        kind=Kind.MONTHLY,
        now=SHOWN_NOW,
    ),
    "Slack": Case(make=COMMUNITIES["Slack"].make, start=date(2016, 6, 8), kind=Kind.QUARTERLY),
}


@pytest.fixture(params=CASES)
def case(request, home, people):
    case = CASES[request.param]
    with time_machine.travel(case.now, tick=True):
        case.make()
        yield case


def test_every_figure_of_a_report_is_counted_again(case, people):
    revision = composed(case, people["operator"].pk)
    documents = {each: from_plain(revision.documents[each]) for each in LANGUAGES}
    answers = {each: kept(revision.evidence[each]) for each in LANGUAGES}

    assert [each.question for each in answers["zh"]] == [each.question for each in answers["en"]]
    assert counted_again(answers["zh"], case) == []
    for language, document in documents.items():
        assert len(document.evidence) == len(answers[language])
        found = Traced(document, answers[language], EXCEPTIONS).all()
        assert found.odd == []
        assert found.numbers > 60
        assert usual(document) == usual_again(case, language)
        assert outlook(document) == outlook_again(answers[language], case, language)
    assert marks(documents["zh"]) == marks(documents["en"])


def composed(case, actor_id):
    report = services.begin_report(
        kind=case.kind, start=case.start, end=case.end, actor_id=actor_id, at=case.now
    )
    services.compose(report_id=report.pk)
    return Revision.objects.get(report_id=report.pk)


def kept(keys):
    rows = {each.key: each for each in KeptAnswer.objects.filter(key__in=keys)}
    return [kept_answer(rows[key]) for key in keys]


def counted_again(answers, case):
    """Return what a recount does not agree on, or cannot count."""
    known, log, odd = everything(), insights.current_log(), []
    for answer in answers:
        asked, as_of = answer.question, stepped(case.now)
        if asked.key not in COUNTS:
            odd.append(f"{asked.key} is cited and has no recount")
            continue
        odd += differences(answer, recount(asked, known, as_of=as_of))
        if asked.key in NOT_FROM_RECORDS:
            continue
        # The newest points: they are what the report is about.
        starts = sorted({each.start for each in answer.points}, reverse=True)
        for start in starts[: case.looked_at]:
            records = insights.behind(asked, log=log, start=start, limit=_PAGE, now=case.now)
            assert records.total == len(records.rows)
            again = from_records(asked, start, records.rows, as_of=as_of, out=known.out(asked))
            odd += [f"records: {each}" for each in differences(answer, again, only=start)]
    return odd


def usual(document):
    """Return the usual ranges that are printed: the last column, where there is one."""
    (section,) = [each for each in document.sections if each.key == "headlines"]
    table = next(each for each in section.blocks if isinstance(each, Table))
    if len(table.columns) < 5:
        return [figures.NOTHING] * len(table.rows)
    return [row[4].words for row in table.rows]


def usual_again(case, language):
    """Return the usual ranges, made of a recount of the windows before the report's."""
    known, log = everything(), insights.current_log()
    many = 12 if case.days == 7 else 6
    told = []
    for key in insights.HEADLINE_KEYS:
        values = []
        for n in range(many, 0, -1):
            start = case.start - n * timedelta(days=case.days)
            asked = insights.question(
                key,
                start=start,
                end=start + timedelta(days=case.days),
                grain=Grain.WINDOW,
                timezone=log.timezone,
            )
            (counted,) = recount(asked, known, as_of=stepped(case.now)).values()
            values.append(counted.value)
        told.append(range_again(values, METRICS[key], language))
    return told


def range_again(values, metric, language):
    """Return mean ± 1.96 standard errors of the next value; counts scatter as Poisson at least."""
    first = next((n for n, value in enumerate(values) if value), len(values))
    known = [float(value) for value in values[first:] if value is not None]
    if len(known) < 4:
        return figures.NOTHING
    mean = sum(known) / len(known)
    scatter = sum((each - mean) ** 2 for each in known) / (len(known) - 1)
    if metric.kind in {"count", "distinct"}:
        scatter = max(scatter, mean)
    reach = 1.96 * math.sqrt(scatter + scatter / len(known))
    low, high = max(mean - reach, 0.0), mean + reach
    ends = (low, min(high, 1.0) if metric.unit == "share" else high)
    return " – ".join(figures.figure(each, metric.unit, language=language) for each in ends)


def outlook(document):
    """Return what is printed of what is to come: the figures of each row, and what it cites."""
    (section,) = [each for each in document.sections if each.key == "outlook"]
    tables = [each for each in section.blocks if isinstance(each, Table)]
    found = [row for each in tables if len(each.columns) == 5 for row in each.rows]
    return [(row[2].evidence, *(cell.words for cell in row[2:])) for row in found]


def outlook_again(answers, case, language):
    """Return what is to come, forecast from a recount of the long histories that are cited."""
    known, told = everything(), []
    for number, answer in enumerate(answers, start=1):
        asked = answer.question
        if asked.grain is not Grain.DAY or (asked.end - asked.start).days < 1_000:
            continue
        counted = recount(asked, known, as_of=stepped(case.now))
        days = [counted[place].value for place in sorted(counted, key=lambda place: place[0])]
        first = next(n for n, value in enumerate(days) if value)
        whole = len(days) - (len(days) - first) // 7 * 7
        weeks = [float(sum(days[n : n + 7])) for n in range(whole, len(days), 7)]
        length = _next_days(case)
        periods = max(round(length / 7), 1)
        past = forecasts.Past(values=tuple(weeks), grain=Grain.WEEK, scale=forecasts.Scale.COUNT)
        band = forecasts.forecast_total(past, periods=periods).after(
            0.0, times=length / (periods * 7)
        )
        low, middle, high = (
            figures.figure(round(each), answer.unit, language=language)
            for each in (band.low, band.middle, band.high)
        )
        told.append((number, middle, f"{low} – {high}", str(band.errors)))
    return told


def _next_days(case):
    """Return the length of the window that follows: these cases are no whole months."""
    assert (case.start.day, case.end.day) != (1, 1)
    return case.days


def marks(document):
    """Return which numbers stand where, and what they rest on, whatever the words around them."""
    found = []
    for section in document.sections:
        for part in (section, *section.parts):
            for place, block in enumerate(part.blocks):
                where = (part.key, place, type(block).__name__)
                cited = sorted(run.evidence for run in runs_of(block) if run.evidence)
                shape, series = (), ()
                if isinstance(block, Table):
                    shape = tuple((c.numeric, c.evidence) for c in block.columns)
                    shape = (*shape, tuple(tuple(c.evidence for c in row) for row in block.rows))
                if isinstance(block, Chart):
                    series = [each["data"] for each in block.option["series"]]
                found.append((where, cited, shape, series))
    return found
