"""What strategies and activities did, as far as it can be told."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Answer, Filters, Grain
from juluo.domains.finance import queries as finance
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries import effect_words
from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.domains.reporting.queries.effects import EffectShown, effects_of
from juluo.lib.documents.model import (
    Block,
    Column,
    Finding,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
)

# Nobody is held out, so that no effect is ever as clear as a decided goal.
_WEIGHTS = {"effective": 0.6, "harmful": 0.6}
_TONES = {"effective": Tone.GOOD, "harmful": Tone.BAD}
_NOT_SHOWN = 0.3


def effects(draft: Draft) -> Section | None:
    """Return what was done and what came of it; None where nothing was done."""
    tried = _attempts(draft)
    if not tried:
        return None
    shown = [each for attempt in tried for each in _shown(draft, attempt)]
    words = _(
        "Each strategy and activity is held against what it was said beforehand to move. There is "
        "no hold-out group in these comparisons: they show whether a figure moved, not what moved "
        "it."
    )
    blocks: list[Block] = [Paragraph([Text(words)])]
    told: set[str] = set()
    blocks += [_finding(draft, each, told) for each in shown if each.answer is not None]
    unknown = [each for each in shown if each.answer is None]
    if unknown:
        blocks.append(_unknown(draft, unknown))
    return Section(key="effects", title=_("What was done, and what came of it"), blocks=blocks)


def _attempts(draft: Draft) -> list[planning.Attempt]:
    asked = draft.asked
    ids = None if asked.plan_id is None else planning.plan_and_below(asked.plan_id)
    return draft.memory.once(
        ("attempts", asked.start, asked.end, asked.plan_id),
        lambda: planning.attempts(
            start=asked.start, end=asked.end, timezone=draft.log.timezone, plan_ids=ids
        ),
    )


def _shown(draft: Draft, attempt: planning.Attempt) -> list[EffectShown]:
    until = min(draft.asked.end, insights.local_today(now=draft.now))

    def ask(key: str, start: date, end: date, filters: Filters) -> Answer:
        return draft.ask(key, Grain.WEEK, start=start, end=end, filters=filters)

    return draft.memory.once(
        ("effect", attempt.kind, attempt.id, until),
        lambda: effects_of(attempt, until=until, ask=ask),
    )


def _finding(draft: Draft, each: EffectShown, told: set[str]) -> Finding:
    effect, aim, answer = each.effect, each.aim, each.answer
    assert effect is not None and aim is not None and answer is not None  # noqa: S101
    key = f"effect:{each.attempt.kind}:{each.attempt.id}"
    if key in told:
        # Stated for several figures: each has its own.
        key = f"{key}:{aim.target_id}"
    told.add(key)
    found = Found(
        key=key,
        tone=_TONES.get(effect.verdict.value, Tone.NEUTRAL),
        weight=_WEIGHTS.get(effect.verdict.value, _NOT_SHOWN),
        metric=aim.metric,
        space_ids=tuple(aim.filters.spaces),
        value=effect.treated,
    )
    language = draft.asked.language
    words = Finding(
        key=key,
        title=_("%(title)s – %(metric)s: %(verdict)s")
        % {
            "title": each.attempt.title,
            "metric": effect_words.metric_title(each, language),
            "verdict": effect_words.verdict_words(effect.verdict.value),
        },
        what=[Text(effect_words.what(each, language), evidence=draft.cite(answer))],
        why=[Text(_joined(draft, [effect_words.how(each, language), *_cost(draft, each)]))],
        tone=found.tone,
    )
    return draft.tell(found, words, proposal=_proposal(draft, each))


def _proposal(draft: Draft, each: EffectShown) -> list[str]:
    """Return what to do about something after which a figure was worse."""
    if each.effect is None or each.effect.verdict.value != "harmful":
        return []
    words = ngettext(
        "Stop it or change it, and compare again after %(count)d more whole week: %(what)s",
        "Stop it or change it, and compare again after %(count)d more whole weeks: %(what)s",
        each.weeks,
    )
    what = effect_words.what(each, draft.asked.language)
    return [words % {"count": each.weeks, "what": what}]


def _joined(draft: Draft, said: Sequence[str]) -> str:
    return ("" if draft.asked.language == "zh" else " ").join(said)


def _cost(draft: Draft, each: EffectShown) -> list[str]:
    """Return what a strategy cost; by unit only where a change was seen in what adds up."""
    if not draft.asked.with_money or each.attempt.kind != "strategy" or each.first is None:
        return []
    until = each.first + timedelta(weeks=each.weeks)
    cost = draft.memory.once(
        ("cost", each.attempt.id, until),
        lambda: finance.cost_of(strategy_id=each.attempt.id, until=until),
    )
    if not cost:
        return []
    said = [_("Spent on it until then: %s.") % cost]
    effect, aim = each.effect, each.aim
    ends = [] if effect is None else [effect.difference, effect.low, effect.high]
    is_seen = effect is not None and effect.verdict.value == "effective"
    if not is_seen or aim is None or not METRICS[aim.metric].additive or not all(ends):
        return said
    middle, *others = (round(cost.amount / abs(end * each.weeks)) for end in ends if end)
    words = _("If all of it is due to that: %(each)s for each one more (%(low)s to %(high)s).")
    low, high = sorted(others)
    amounts = {"each": middle, "low": low, "high": high}
    return [*said, words % {k: type(cost)(v, cost.currency) for k, v in amounts.items()}]


def _unknown(draft: Draft, shown: Sequence[EffectShown]) -> Table:
    columns = [
        Column(title=pgettext("effect", "What was done"), share=2),
        Column(title=_("Metric"), share=1.6),
        Column(title=_("Why nothing can be said"), share=3),
    ]
    language = draft.asked.language
    rows = [
        [
            Text(each.attempt.title),
            Text(effect_words.metric_title(each, language) or "–"),
            Text(effect_words.lack_words(each)),
        ]
        for each in shown
    ]
    return Table(caption=_("Without a comparison"), columns=columns, rows=rows)
