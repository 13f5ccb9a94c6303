"""One figure that left what was expected: how sure, where, since when, in parts, and why."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.analytics.definition import Direction
from juluo.analytics.question import Answer, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.domains.reporting.queries.sections import proposals
from juluo.lib import figures
from juluo.lib.adding_up import adding_up
from juluo.lib.charts import options
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    Finding,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
)

# How clear a finding is: a cause that is clear, one that is weak, none that could be named.
CLEAR, WEAK, UNEXPLAINED = 0.9, 0.6, 0.5
_MOST_ROWS, _MOST_RULED_OUT, _MOST_NOTES = 8, 6, 8
# The last place that is printed of a difference.
_STEPS = {
    "share": Fraction(1, 1000),
    "ratio": Fraction(1, 100),
    "per day": Fraction(1, 100),
    "index": Fraction(1, 1000),
}
_STEP = Fraction(1, 10)


def value(draft: Draft, amount: Fraction | float | None, unit: str) -> str:
    """Return an expectation as it is printed: no decimals where it stands for many."""
    if amount is None:
        return figures.NOTHING
    exact = float(amount)
    if unit not in {"seconds", *_STEPS}:
        exact = round(exact) if abs(exact) >= 10 else round(exact, 1)
    return draft.figure(exact, unit)


# What is said of a cause before its weaknesses: what, its driver, when, how sure.
_OF_ONE_CAUSE = 4


def part(
    draft: Draft, key: str, answer: Answer, found: insights.Why, shown: insights.WhyShown
) -> Section:
    """Return what is known of one unusual figure."""
    blocks: list[Block] = [_finding(draft, key, answer, found, shown)]
    for cause in shown.causes:
        blocks += _candidates(cause)
    blocks += _split(draft, answer, found, shown)
    return Section(key=f"moved:{key}", title=shown.title, blocks=blocks)


def _finding(
    draft: Draft, key: str, answer: Answer, found: insights.Why, shown: insights.WhyShown
) -> Finding:
    expected, cited = found.diagnosis.expected, draft.cite(answer)
    higher = (expected.actual or 0.0) > (expected.expected or 0.0)
    title = (
        _("%(metric)s: higher than expected") if higher else _("%(metric)s: lower than expected")
    )
    told = Found(
        key=f"moved:{key}",
        tone=_tone(key, higher=higher),
        weight=_weight(shown),
        metric=key,
        space_ids=_spaces(found),
        value=expected.actual,
    )
    words = Finding(
        key=told.key,
        title=title % {"metric": shown.title},
        what=[Text(_said(draft, [shown.lead, shown.change]), cited)],
        why=[Text(_said(draft, [*_why(found, shown), *shown.seasonal]))],
        tone=told.tone,
    )
    proposal = []
    if told.tone is Tone.BAD:
        proposal = proposals.for_moved(draft, key, answer, found, shown)
    reason = _said(draft, _reason(found, shown))
    return draft.tell(told, words, proposal=proposal, reason=reason)


def _reason(found: insights.Why, shown: insights.WhyShown) -> list[str]:
    """Return the first cause and how sure it is, without its weaknesses."""
    return _why(found, shown)[:_OF_ONE_CAUSE]


def _said(draft: Draft, sentences: Sequence[str]) -> str:
    gap = "" if draft.asked.language == "zh" else " "
    return gap.join(each for each in sentences if each)


def _tone(key: str, *, higher: bool) -> Tone:
    better = metric(key).better
    if better is Direction.NEITHER:
        return Tone.NEUTRAL
    return Tone.GOOD if higher is (better is Direction.UP) else Tone.BAD


def _weight(shown: insights.WhyShown) -> float:
    if not shown.causes:
        return UNEXPLAINED
    return WEAK if all(each.is_weak for each in shown.causes) else CLEAR


def _spaces(found: insights.Why) -> tuple[int, ...]:
    """Return the spaces that the causes lie in."""
    ids = {
        int(name)
        for cause in found.diagnosis.causes
        for dimension, name in cause.where
        if dimension == "space" and name.isdecimal()
    }
    return tuple(sorted(ids))


def _why(found: insights.Why, shown: insights.WhyShown) -> list[str]:
    if not shown.causes:
        return [
            _(
                "The figure is out of the ordinary, but no part of it moved by itself more clearly "
                "than parts do in quiet times."
            )
        ]
    said = []
    for cause, facts in zip(shown.causes, found.diagnosis.causes, strict=True):
        sure = _("Clear evidence.")
        if cause.is_weak:
            sure = _("Weak evidence.")
        driver = cause.hands
        if facts.driver.value == "rate":
            driver = _("What drives it is the rate there; the table tells what its size did.")
        said += [cause.sentence, driver, cause.when, sure, *cause.weaknesses]
    return said


def _candidates(cause: insights.CauseShown) -> list[Block]:
    """Return what may have done it, and what cannot have."""
    colon = _(": ")
    blocks: list[Block] = []
    if cause.kept:
        words = _("What may have done it")
        head = Text(f"{cause.where}{colon}{words}", strong=True)
        blocks += [Paragraph([head]), _listed(cause.kept)]
    else:
        words = _("Nothing that we know of happened then.")
        blocks.append(Paragraph([Text(f"{cause.where}{colon}", strong=True), Text(words)]))
    if cause.ruled_out:
        words = _("Ruled out")
        head = Text(f"{cause.where}{colon}{words}", strong=True)
        blocks += [Paragraph([head]), _listed(cause.ruled_out[:_MOST_RULED_OUT])]
        left = len(cause.ruled_out) - _MOST_RULED_OUT
        if left > 0:
            words = _("%(left)d more were ruled out.") % {"left": left}
            blocks.append(Paragraph([Text(words)]))
    return blocks


def _listed(candidates: Sequence[insights.CandidateShown]) -> Bullets:
    words = _("%(what)s: %(words)s (%(days)s) – %(reason)s")
    return Bullets(
        [
            [Text(words % {"what": c.what, "words": c.words, "days": c.days, "reason": c.reason})]
            for c in candidates
        ]
    )


# The change in parts


def _split(
    draft: Draft, answer: Answer, found: insights.Why, shown: insights.WhyShown
) -> list[Block]:
    """Return the change along the dimension that tells most, as a table and as bars."""
    dimension = best_dimension(found)
    if dimension is None:
        return []
    table = next(each for each in shown.tables if each.dimension == dimension)
    rows = _rows(answer, found, dimension, [each.label for each in table.rows])
    before = draft.ask(
        answer.question.key, Grain.WINDOW, start=found.against[0], end=found.against[1]
    )
    titles = [
        Column(title=table.title, share=2),
        Column(title=_("Before"), numeric=True, evidence=draft.cite(before)),
        Column(title=_("After"), numeric=True, evidence=draft.cite(answer)),
        Column(title=pgettext("difference", "Change"), numeric=True),
        Column(title=_("by its size"), numeric=True),
        Column(title=_("by its rate"), numeric=True),
    ]
    wide = 6 if table.is_ratio else 4
    caption = _("%(metric)s: the change by %(dimension)s")
    named = {"metric": shown.title, "dimension": table.title.lower()}
    printed = [[Text(cell) for cell in row.cells(draft, answer.unit)[:wide]] for row in rows]
    return [
        Table(
            caption=caption % named,
            columns=titles[:wide],
            rows=printed[:-1],
            total=[Text(each.words, strong=True) for each in printed[-1]],
        ),
        _bars(draft, caption % named, rows[:-1], answer),
    ]


def best_dimension(found: insights.Why) -> str | None:
    """Return the dimension to show: the clearest cause's, else the one with the largest part."""
    for cause in found.diagnosis.causes:
        named = [dimension for dimension, _value in cause.where if dimension in found.parts]
        if named:
            return named[0]
    largest = {name: max(abs(each.change) for each in parts) for name, parts in found.parts.items()}
    return max(largest, key=lambda name: largest[name]) if largest else None


class Row:
    """One printed line of the change; the last one is the total."""

    def __init__(
        self,
        label: str,
        before: Fraction | None,
        after: Fraction | None,
        change: Fraction,
        mix: Fraction,
    ) -> None:
        self.label, self.before, self.after = label, before, after
        self.change, self.mix = change, mix

    def cells(self, draft: Draft, unit: str) -> list[str]:
        """Return the line in words."""
        moves = (self.change, self.mix, self.change - self.mix)
        return [
            self.label,
            value(draft, self.before, unit),
            value(draft, self.after, unit),
            *(figures.change(float(m), unit, language=draft.asked.language) for m in moves),
        ]


def _rows(answer: Answer, found: insights.Why, dimension: str, labels: Sequence[str]) -> list[Row]:
    """Return the largest parts, all others as one, and the total; rounded so that they add up."""
    parts, is_ratio = found.parts[dimension], answer.unit in {"share", "ratio"}
    known = list(zip(labels, parts, strict=True))
    shown = known if len(known) <= _MOST_ROWS + 1 else known[:_MOST_ROWS]
    rows: list[tuple[str, Fraction | None, Fraction | None, Fraction, Fraction]] = [
        (label, each.before, each.after, each.change, each.mix) for label, each in shown
    ]
    rest = [each for _label, each in known[len(shown) :]]
    nothing = Fraction(0)
    if rest:
        sums = [sum((getattr(e, n) for e in rest), nothing) for n in ("change", "mix")]
        ends = [None if is_ratio else sum((getattr(e, n) for e in rest), nothing)
                for n in ("before", "after")]  # fmt: skip
        label = _("%(count)d others") % {"count": len(rest)}
        rows.append((label, ends[0], ends[1], sums[0], sums[1]))
    step = _STEPS.get(answer.unit, _STEP)
    changes = adding_up([row[3] for row in rows], step)
    mixes = adding_up([row[4] for row in rows], step)
    lines = [
        Row(row[0], row[1], row[2], change, mix)
        for row, change, mix in zip(rows, changes, mixes, strict=True)
    ]
    whole = (sum(changes, nothing), sum(mixes, nothing))
    return [*lines, Row(_("Together"), found.before, found.after, *whole)]


def _bars(draft: Draft, caption: str, rows: Sequence[Row], answer: Answer) -> Chart:
    is_share = answer.unit == "share"
    title = pgettext("difference", "Change")
    values = [float(each.change * (100 if is_share else 1)) for each in rows]
    series = options.Series(name=title, values=values)
    largest = max(rows, key=lambda row: abs(row.change))
    words = _("The largest part of the change is %(label)s (%(change)s).")
    change = figures.change(float(largest.change), answer.unit, language=draft.asked.language)
    return Chart(
        caption=caption,
        option=options.bars([each.label for each in rows], [series], percent=is_share),
        alternative=words % {"label": largest.label, "change": change},
        evidence=[draft.cite(answer)],
        height=240,
    )


def notes(draft: Draft, answer: Answer) -> list[Block]:
    """Return the notes on the time axis that touch the window."""
    asked = answer.question
    found = insights.annotations(start=asked.start, end=asked.end, limit=_MOST_NOTES)
    if not found:
        return []
    day, colon = timedelta(days=1), _(": ")
    language = draft.asked.language
    said = [
        [
            Text(f"{figures.days(n.first, (n.last or n.first) + day, language=language)}{colon}"),
            Text(f"{n.kind_label} · {n.words}"),
        ]
        for n in sorted(found, key=lambda note: note.first)
    ]
    return [Paragraph([Text(_("Notes on these days:"), strong=True)]), Bullets(said)]
