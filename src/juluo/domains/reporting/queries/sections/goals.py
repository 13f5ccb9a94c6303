"""Goal attainment: what was aimed at, how far it came, and what changed since the window before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Grain
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.lib import figures
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Column,
    Finding,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
)

# How clear each outcome is: what is decided weighs most.
_WEIGHTS = {"reached": 0.9, "missed": 0.9, "off_pace": 0.8, "at_risk": 0.6, "on_pace": 0.5}
_TONES = {
    "reached": Tone.GOOD,
    "on_pace": Tone.GOOD,
    "missed": Tone.BAD,
    "off_pace": Tone.BAD,
    "at_risk": Tone.BAD,
}


def goals(draft: Draft) -> Section | None:
    """Return how far the goals of the window came; None where there are none."""
    every = _attained(draft)
    if not every:
        return None
    blocks: list[Block] = [Paragraph([Text(_lead(every))])]
    for _place, group in groupby(every, key=lambda each: (each.plan_id, each.objective)):
        blocks.append(_table(draft, list(group)))
    blocks += _revisions(draft, every)
    blocks += [_finding(draft, each) for each in every if _outcome(each) in _TONES]
    return Section(key="goals", title=_("Goal attainment"), blocks=blocks)


def in_brief(draft: Draft) -> Section | None:
    """Return how far the goals of the window came, as tables only; what was found is kept."""
    section = goals(draft)
    if section is None:
        return None
    return replace(section, blocks=[b for b in section.blocks if not isinstance(b, Finding)])


def _attained(draft: Draft) -> list[planning.Attained]:
    asked = draft.asked
    ids = None if asked.plan_id is None else planning.plan_and_below(asked.plan_id)
    return draft.memory.once(
        ("attained", asked.start, asked.end, asked.plan_id),
        lambda: planning.attained(
            start=asked.start, end=asked.end, log=draft.log, now=draft.now, plan_ids=ids
        ),
    )


def _outcome(each: planning.Attained) -> str:
    return each.then.status if each.then else "no_data"


def _lead(every: Sequence[planning.Attained]) -> str:
    outcomes = [_outcome(each) for each in every]
    behind = sum(each in {"at_risk", "off_pace"} for each in outcomes)
    facts = {
        "count": len(every),
        "reached": outcomes.count("reached"),
        "course": outcomes.count("on_pace"),
        "behind": behind,
        "missed": outcomes.count("missed"),
        "unknown": sum(each in {"no_data", "not_started"} for each in outcomes),
    }
    words = ngettext(
        "Of %(count)d target, at the end of these days: attained %(reached)d, on course "
        "%(course)d, behind %(behind)d, not attained %(missed)d, not measurable %(unknown)d.",
        "Of %(count)d targets, at the end of these days: attained %(reached)d, on course "
        "%(course)d, behind %(behind)d, not attained %(missed)d, not measurable %(unknown)d.",
        len(every),
    )
    return words % facts


def outcome_words(outcome: str) -> str:
    """Return how a target stood, as reports say it."""
    return {
        "reached": pgettext("goal", "attained"),
        "on_pace": pgettext("goal", "on course"),
        "at_risk": pgettext("goal", "a little behind"),
        "off_pace": pgettext("goal", "behind"),
        "missed": pgettext("goal", "not attained"),
        "not_started": pgettext("goal", "not begun"),
        "no_data": pgettext("goal", "not measurable"),
    }[outcome]


def _table(draft: Draft, group: Sequence[planning.Attained]) -> Table:
    first = group[0]
    caption = first.plan
    if first.objective:
        caption = _("%(plan)s: %(objective)s") % {"plan": first.plan, "objective": first.objective}
    columns = [
        Column(title=pgettext("goal", "Goal"), share=2.6),
        Column(title=pgettext("goal", "Target"), numeric=True, share=1.1),
        Column(title=_("At the beginning"), numeric=True, share=1.2),
        Column(title=_("At the end"), numeric=True, share=1.2),
        Column(title=pgettext("goal", "Pace"), numeric=True, share=1.1),
        Column(title=pgettext("goal", "Outcome"), share=1.3),
    ]
    rows = [_row(draft, each) for each in group]
    if not any(each.before for each in group):
        # All began in these days: a column of dashes would say nothing.
        columns, rows = [*columns[:2], *columns[3:]], [[*row[:2], *row[3:]] for row in rows]
    return Table(caption=caption, columns=columns, rows=rows)


def _title(draft: Draft, each: planning.Attained) -> str:
    known = METRICS.get(each.metric)
    name = draft.title(known) if known else each.metric
    return _("%(goal)s (%(metric)s)") % {"goal": each.goal, "metric": name}


def _unit(each: planning.Attained) -> str:
    return METRICS[each.metric].unit if each.metric in METRICS else ""


def _row(draft: Draft, each: planning.Attained) -> list[Text]:
    unit = _unit(each)
    pace = each.then.pace if each.then else None
    outcome = _outcome(each)
    return [
        Text(_title(draft, each)),
        Text(_figure(draft, each.target, unit)),
        _value(draft, each, each.before),
        _value(draft, each, each.then),
        Text(_figure(draft, pace, unit)),
        Text(outcome_words(outcome), strong=outcome in {"off_pace", "missed"}),
    ]


def _figure(draft: Draft, value: float | None, unit: str) -> str:
    return planning.figure(value, unit, language=draft.asked.language)


def _value(draft: Draft, each: planning.Attained, stood: planning.Stood | None) -> Text:
    """Return a value with the evidence of the very days that it was measured over."""
    if stood is None or stood.value is None:
        return Text(figures.NOTHING)
    answer = draft.ask(
        each.metric, Grain.WINDOW, start=stood.start, end=stood.end, filters=each.filters
    )
    return Text(_figure(draft, stood.value, _unit(each)), evidence=draft.cite(answer))


def _revisions(draft: Draft, every: Sequence[planning.Attained]) -> list[Block]:
    """Return what targets were set to anew in the window; what they were stays visible."""
    said = [_revision(draft, each, *pair) for each in every for pair in _changes(each)]
    if not said:
        return []
    words = _("Set anew in these days; the outcome is judged by the target in force at the end:")
    return [Paragraph([Text(words)]), Bullets([[Text(line)] for line in said])]


def _changes(each: planning.Attained) -> list[tuple[planning.Revision, planning.Revision]]:
    return [(old, new) for old, new in pairwise(each.revisions) if new in each.revised]


def _revision(
    draft: Draft, each: planning.Attained, old: planning.Revision, new: planning.Revision
) -> str:
    language = draft.asked.language
    words = _("%(goal)s, %(day)s: target %(old)s → %(new)s, last day %(was)s → %(last)s.")
    facts = {
        "goal": _title(draft, each),
        "day": figures.day(new.set_at.date(), language=language),
        "old": _figure(draft, old.target, _unit(each)),
        "new": _figure(draft, new.target, _unit(each)),
        "was": figures.day(old.last, language=language),
        "last": figures.day(new.last, language=language),
    }
    reason = _("Reason: %s") % new.reason if new.reason else _("No reason was given.")
    gap = "" if language == "zh" else " "
    return f"{words % facts}{gap}{reason}"


def _finding(draft: Draft, each: planning.Attained) -> Finding:
    outcome, then = _outcome(each), each.then
    assert then is not None  # noqa: S101 - without it the outcome has no tone
    told = Found(
        key=f"goal:{each.target_id}",
        tone=_TONES[outcome],
        weight=_WEIGHTS[outcome],
        metric=each.metric,
        space_ids=tuple(each.filters.spaces),
        value=then.value,
    )
    value = _value(draft, each, then)
    words = _("%(now)s; the target is %(target)s, and pace wanted %(pace)s by then.")
    facts = {
        "now": value.words,
        "target": _figure(draft, each.target, _unit(each)),
        "pace": _figure(draft, then.pace, _unit(each)),
    }
    title = _("%(goal)s: %(outcome)s")
    finding = Finding(
        key=told.key,
        title=title % {"goal": each.goal, "outcome": outcome_words(outcome)},
        what=[Text(words % facts, evidence=value.evidence)],
        why=[Text(_why(draft, each, then))],
        tone=told.tone,
    )
    return draft.tell(told, finding, proposal=_proposal(draft, each, then))


def _proposal(draft: Draft, each: planning.Attained, then: planning.Stood) -> list[str]:
    """Return what the way to a target still asks for, and what is said to move it."""
    outcome = _outcome(each)
    if outcome == "missed":
        words = _(
            "Its days are over: say why, and set the next target from what was reached, %(value)s."
        )
        return [words % {"value": _figure(draft, then.value, _unit(each))}]
    if outcome not in {"at_risk", "off_pace"} or then.value is None:
        return []
    tied = draft.memory.once(
        ("towards", each.target_id), lambda: planning.strategies_towards([each.target_id])
    ).get(each.target_id, [])
    words = _("No strategy is said to move it: choose one, and state beforehand what it should do.")
    if tied:
        words = _("Bring forward what is said to move it: %(titles)s.")
        words = words % {"titles": draft.listed(tied)}
    return [draft.joined([_to_go(draft, each, then), words, *_or_anew(each, then)])]


def _to_go(draft: Draft, each: planning.Attained, then: planning.Stood) -> str:
    value, unit = then.value or 0.0, _unit(each)
    left, passed = ((b - a).days / 7 for a, b in ((then.end, each.last), (each.first, then.end)))
    facts = {"day": figures.day(each.last, language=draft.asked.language)}
    if not each.is_total or left <= 0 or passed <= 0:
        words = _("It stands at %(now)s and has to change by %(gap)s until %(day)s.")
        gap = figures.change(each.target - value, unit, language=draft.asked.language)
        return words % {**facts, "gap": gap, "now": _figure(draft, value, unit)}
    words = _(
        "To reach %(target)s by %(day)s it takes %(needed)s a week from now on; so far it was "
        "%(so_far)s a week."
    )
    weekly = {"needed": (each.target - value) / left, "so_far": value / passed}
    told = {name: _figure(draft, round(amount, 1), unit) for name, amount in weekly.items()}
    return words % {**facts, "target": _figure(draft, each.target, unit), **told}


def _or_anew(each: planning.Attained, then: planning.Stood) -> list[str]:
    """Say that a target is out of reach of season and trend, where its whole band falls short."""
    if then.low is None or then.high is None:
        return []
    is_up = each.target >= each.baseline
    if (then.high >= each.target) if is_up else (then.low <= each.target):
        return []
    return [
        _(
            "Season and trend alone hardly lead there: without more work, set the target anew, "
            "with the reason."
        )
    ]


def _why(draft: Draft, each: planning.Attained, then: planning.Stood) -> str:
    said = [_measured(draft, each, then)]
    if then.low is not None and then.high is not None:
        words = _(
            "Season and trend alone would give %(low)s to %(high)s by the last day, four times in "
            "five."
        )
        ends = {"low": then.low, "high": then.high}
        said.append(words % {k: _figure(draft, v, _unit(each)) for k, v in ends.items()})
    if each.before and each.before.status != then.status:
        words = _("At the beginning of these days it was %(before)s.")
        said.append(words % {"before": outcome_words(each.before.status)})
    return ("" if draft.asked.language == "zh" else " ").join(said)


def _measured(draft: Draft, each: planning.Attained, then: planning.Stood) -> str:
    day = figures.day(then.end - timedelta(days=1), language=draft.asked.language)
    if each.is_total:
        return _("Counted from the goal’s first day to %(day)s.") % {"day": day}
    return _("Measured over the last whole period, to %(day)s.") % {"day": day}
