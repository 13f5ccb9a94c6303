"""The section every report opens with: the key figures, against the period before and the usual."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft, sentence
from juluo.lib import figures
from juluo.lib.documents.model import Block, Bullets, Column, Paragraph, Section, Table, Text


def key_figures(draft: Draft) -> Section:
    """Return the headline figures of the window."""
    found = headlines(draft)
    blocks: list[Block] = [
        Paragraph(_lead(draft, found)),
        table(draft, found, caption=_("Key metrics")),
    ]
    unusual = [_unusual(draft, each) for each in found if each.unusual]
    if unusual:
        blocks.append(Paragraph([Text(_("Outside their usual range:"))]))
        blocks.append(Bullets(unusual))
    return Section(key="headlines", title=_("Key metrics"), blocks=blocks)


def headlines(draft: Draft) -> list[insights.Headline]:
    """Return the headline figures of the window; asked once for both languages."""
    start, end = draft.asked.start, draft.asked.end
    return draft.memory.once(
        ("headlines", start, end),
        lambda: insights.window_headlines(start, end, log=draft.log, now=draft.now),
    )


def table(draft: Draft, found: Sequence[insights.Headline], *, caption: str) -> Table:
    """Return figures of the window against the one before and what is usual."""
    rows = [_headline_row(draft, each) for each in found]
    columns = [
        Column(title=_("Metric"), share=2.4),
        Column(title=_("This period"), numeric=True, share=1.3),
        Column(title=_("Period before"), numeric=True, share=1.3),
        Column(title=pgettext("difference", "Change"), numeric=True, share=1.9),
        Column(title=_("Usual range"), numeric=True, share=1.8),
    ]
    if not any(each.usual for each in found):
        # Too little history yet: a column of dashes would say nothing.
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return Table(caption=caption, columns=columns, rows=rows)


def _headline_row(draft: Draft, each: insights.Headline) -> list[Text]:
    unit = each.answer.unit
    value = draft.cited(each.answer, each.point.value)
    before = Text(figures.NOTHING)
    if each.before is not None and each.answer_before is not None:
        before = draft.cited(each.answer_before, each.before.value)
    usual = figures.NOTHING
    if each.usual is not None:
        usual = f"{draft.figure(each.usual.low, unit)} – {draft.figure(each.usual.high, unit)}"
    return [
        Text(draft.title(each.metric)),
        value,
        before,
        Text(draft.change(each.change, unit)),
        Text(usual),
    ]


def _lead(draft: Draft, found: list[insights.Headline]) -> list[Text]:
    """Say the first figures in a sentence."""
    by_key = {each.metric.key: each for each in found}
    active, written = by_key["members.active"], by_key["content.contributions"]
    words = _(
        "In these %(days)s days, %(active)s members took part and published %(written)s "
        "contributions."
    )
    return sentence(
        words,
        days=Text(str(draft.asked.days)),
        active=draft.cited(active.answer, active.point.value),
        written=draft.cited(written.answer, written.point.value),
    )


def _unusual(draft: Draft, each: insights.Headline) -> list[Text]:
    value = each.point.value or 0.0
    usual = each.usual
    assert usual is not None  # noqa: S101 - only headlines with a range are unusual
    words = _("%(metric)s: above what the windows before suggest.")
    if value < usual.low:
        words = _("%(metric)s: below what the windows before suggest.")
    return [Text(words % {"metric": draft.title(metric(each.metric.key))})]
