"""What a reader with one minute reads: a few figures, what happened, why, and what next."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.definition import Direction
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft, sentence
from juluo.domains.reporting.queries.sections import chosen
from juluo.domains.reporting.queries.sections.headlines import headlines
from juluo.lib.documents.model import (
    Block,
    Bullets,
    KeyFigure,
    KeyFigures,
    Section,
    Text,
    Tone,
)

# The headline figures that get a card.
CARDS = (
    "members.active",
    "members.new",
    "members.contributing",
    "content.contributions",
    "interaction.reactions",
    "response.answered_1d",
)


def summary(draft: Draft) -> Section:
    """Return the cards and three sentences; written when all else is known."""
    by_key = {each.metric.key: each for each in headlines(draft)}
    cards = [_card(draft, by_key[key]) for key in CARDS]
    told = [
        (pgettext("summary", "What happened"), _happened(draft, by_key)),
        (pgettext("summary", "Why"), _why(draft)),
        (pgettext("summary", "What next"), _next(draft)),
    ]
    colon = _(": ")
    items = [[Text(f"{head}{colon}", strong=True), *runs] for head, runs in told if runs]
    blocks: list[Block] = [KeyFigures(cards), Bullets(items)]
    return Section(key="summary", title=_("In brief"), blocks=blocks)


def _card(draft: Draft, each: insights.Headline) -> KeyFigure:
    return KeyFigure(
        title=draft.title(each.metric),
        value=draft.cited(each.answer, each.point.value),
        change=draft.change(each.change, each.answer.unit) if each.change is not None else "",
        tone=_tone(each),
    )


def _tone(each: insights.Headline) -> Tone:
    """Return whether a figure is welcome: only what leaves its usual range is either."""
    if not each.unusual or each.usual is None or each.metric.better is Direction.NEITHER:
        return Tone.NEUTRAL
    is_higher = (each.point.value or 0.0) > each.usual.high
    return Tone.GOOD if is_higher is (each.metric.better is Direction.UP) else Tone.BAD


def _happened(draft: Draft, by_key: dict[str, insights.Headline]) -> list[Text]:
    active, written = by_key["members.active"], by_key["content.contributions"]
    good, bad = (chosen.titles(draft, tone, most=1) for tone in (Tone.GOOD, Tone.BAD))
    words = _("%(active)s members took part and published %(written)s contributions.")
    if good and bad:
        words = _(
            "%(active)s members took part and published %(written)s contributions. Clearest of "
            "what went well: “%(good)s”; of what needs attention: “%(bad)s”."
        )
    elif good:
        words = _(
            "%(active)s members took part and published %(written)s contributions. Clearest of "
            "what went well: “%(good)s”; nothing clear needs attention."
        )
    elif bad:
        words = _(
            "%(active)s members took part and published %(written)s contributions. Clearest of "
            "what needs attention: “%(bad)s”; nothing clear went better than it should."
        )
    return sentence(
        words,
        active=draft.cited(active.answer, active.point.value),
        written=draft.cited(written.answer, written.point.value),
        good=Text("".join(good)),
        bad=Text("".join(bad)),
    )


def _why(draft: Draft) -> list[Text]:
    """Return the reason of the clearest move; what is said of all of them where none is unusual."""
    moved = [(found, words) for found, words in draft.findings if found.key.startswith("moved:")]
    if not moved:
        return [Text(draft.reasons["moved"])] if "moved" in draft.reasons else []
    found, words = max(moved, key=lambda each: each[0].weight)
    reason = draft.reasons.get(found.key, "")
    return [Text(draft.joined([_("%(title)s.") % {"title": words.title}, reason]))]


def _next(draft: Draft) -> list[Text]:
    proposed = list(chosen.first_proposal(draft))
    if proposed:
        return proposed
    return [Text(_("Nothing found here asks for a change; go on as planned."))]
