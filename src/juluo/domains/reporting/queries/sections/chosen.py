"""What is chosen from all that a report found: highlights, shortcomings, what is proposed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.lib.documents.model import Block, Bullets, Finding, Paragraph, Section, Text, Tone, plain

# What is less clear than this is neither a highlight nor a shortcoming.
LEAST_WEIGHT = 0.5
MOST = 5

Told = tuple[Found, Finding]


def worth_telling(draft: Draft, tone: Tone) -> list[Told]:
    """Return what is clear enough, the clearest first; what is alike clear in its order."""
    clear = [
        (found, words)
        for found, words in draft.findings
        if found.tone is tone and found.weight >= LEAST_WEIGHT
    ]
    return sorted(clear, key=lambda each: -each[0].weight)


def highlights(draft: Draft) -> Section:
    """Return what went well, chosen by rule; a report without any says so."""
    rule = _(
        "Chosen by rule from everything found in this report: what is welcome and clear enough, "
        "the clearest first, five at the most."
    )
    nothing = _("Nothing in this report is welcome and clear enough to stand here.")
    blocks = _listed(draft, Tone.GOOD, rule, nothing)
    return Section(key="highlights", title=_("Highlights"), blocks=blocks)


def shortcomings(draft: Draft) -> Section:
    """Return what needs attention, chosen by the same rule; a report without any says so."""
    rule = _(
        "Chosen by the same rule: what needs attention and is clear enough, the clearest first, "
        "five at the most."
    )
    nothing = _("Nothing in this report needs attention clearly enough to stand here.")
    blocks = _listed(draft, Tone.BAD, rule, nothing)
    return Section(key="shortcomings", title=_("Shortcomings"), blocks=blocks)


def _listed(draft: Draft, tone: Tone, rule: str, nothing: str) -> list[Block]:
    clear = worth_telling(draft, tone)
    if not clear:
        return [Paragraph([Text(rule)]), Paragraph([Text(nothing)])]
    items = [_item(draft, each) for each in clear[:MOST]]
    blocks: list[Block] = [Paragraph([Text(rule)]), Bullets(items)]
    left = len(clear) - MOST
    if left > 0:
        words = ngettext(
            "%(count)d more stands in its section.", "%(count)d more stand in their sections.", left
        )
        blocks.append(Paragraph([Text(words % {"count": left})]))
    return blocks


def _item(draft: Draft, told: Told) -> list[Text]:
    found, words = told
    where = draft.told_in.get(found.key, "")
    seen = _(" (see “%(section)s”)") % {"section": where} if where else ""
    return [Text(f"{words.title}{_(': ')}", strong=True), *words.what, Text(seen)]


def advice(draft: Draft) -> Section | None:
    """Return a proposal for each shortcoming that a rule has one for; None without any."""
    short = worth_telling(draft, Tone.BAD)[:MOST]
    if not short:
        return None
    items = [
        [Text(f"{words.title}{_(': ')}", strong=True), *draft.proposals[found.key]]
        for found, words in short
        if found.key in draft.proposals
    ]
    blocks: list[Block] = []
    if items:
        words = _(
            "One proposal for each shortcoming, made by rule from its own figures. They are "
            "proposals: who takes one up names an owner and a day below."
        )
        blocks += [Paragraph([Text(words)]), Bullets(items, ordered=True)]
    silent = [words.title for found, words in short if found.key not in draft.proposals]
    if silent:
        lead = _("No rule of ours proposes anything for these; talk about them:")
        blocks += [Paragraph([Text(lead)]), Bullets([[Text(each)] for each in silent])]
    return Section(key="advice", title=_("What we propose"), blocks=blocks)


def first_proposal(draft: Draft) -> Sequence[Text]:
    """Return the clearest shortcoming that has a proposal, with it; nothing where none has."""
    for found, words in worth_telling(draft, Tone.BAD)[:MOST]:
        if found.key in draft.proposals:
            return [Text(words.title), Text(_(": ")), *draft.proposals[found.key][:1]]
    return []


def titles(draft: Draft, tone: Tone, *, most: int) -> list[str]:
    """Return what the clearest findings are called."""
    return [plain([Text(words.title)]) for _found, words in worth_telling(draft, tone)[:most]]
