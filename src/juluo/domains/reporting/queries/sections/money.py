"""Money: what was approved, spent and promised, where it comes from, what was earned."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.domains.finance import queries as finance
from juluo.domains.finance.types import Amount
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft, Found
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

# How clear it is that more was spent and promised than approved; nothing has to be measured.
_OVER = 0.8
# From this share of the approved amount on, a category is nearly used up.
_NEARLY, _NEAR = 0.9, 0.4


def money(draft: Draft) -> Section | None:
    """Return the money of the window; None where it is not to be told, or there was none."""
    if not draft.asked.with_money:
        return None
    ids = None
    if draft.asked.plan_id is not None:
        ids = planning.plan_and_below(draft.asked.plan_id)
    start, end = _moments(draft)
    if end <= start:
        return None
    budgets = finance.budgets_of_window(start=draft.asked.start, end=draft.asked.end, plan_ids=ids)
    blocks: list[Block] = []
    for currency, group in groupby(budgets, key=lambda each: each.currency):
        blocks += _of_currency(draft, currency, list(group), (start, end))
    blocks += _revenue(draft, None if ids is None else [each.id for each in budgets])
    if not blocks:
        return None
    words = _(
        "From the books as they stood at the end of these days, or today if that is earlier. "
        "What was approved to be paid counts as spent. Currencies are never added up, and a "
        "line of a budget is counted once, whichever plan it is under."
    )
    return Section(key="money", title=_("Money"), blocks=[Paragraph([Text(words)]), *blocks])


def _moments(draft: Draft) -> tuple[datetime, datetime]:
    zone = ZoneInfo(draft.log.timezone)
    start, end = (datetime.combine(day, time(), zone)
                  for day in (draft.asked.start, draft.asked.end))  # fmt: skip
    return start, min(end, draft.now)


def _of_currency(
    draft: Draft,
    currency: str,
    budgets: Sequence[finance.BudgetOfWindow],
    window: tuple[datetime, datetime],
) -> list[Block]:
    ids = [each.id for each in budgets]
    start, end = window
    lines = finance.categories_stood(ids, currency=currency, start=start, end=end)
    blocks: list[Block] = []
    if lines:
        words = _("Budgets: %(titles)s.") % {
            "titles": draft.listed([each.title for each in budgets])
        }
        blocks += [Paragraph([Text(words)]), _lines(currency, lines)]
        blocks += [each for line in lines for each in _finding(draft, currency, line)]
    sources = finance.sources_stood(ids, currency=currency, start=start, end=end)
    return [*blocks, _sources(currency, sources)] if sources else blocks


def _lines(currency: str, lines: Sequence[finance.CategoryStood]) -> Table:
    columns = [
        Column(title=_("Category"), share=1.1),
        Column(title=pgettext("money", "Approved"), numeric=True),
        Column(title=_("Spent in these days"), numeric=True),
        Column(title=_("Spent by the end"), numeric=True),
        Column(title=pgettext("money", "Promised"), numeric=True),
        Column(title=pgettext("money", "Left"), numeric=True),
    ]
    names = ("approved", "spent_within", "spent", "committed", "free")
    amounts = [[getattr(each, name) for name in names] for each in lines]
    return Table(
        caption=_("Budget and spending (%(currency)s)") % {"currency": currency},
        columns=columns,
        rows=[
            [Text(each.category), *(Text(str(amount)) for amount in row)]
            for each, row in zip(lines, amounts, strict=True)
        ],
        total=_total(currency, amounts),
    )


def _total(currency: str, rows: Sequence[Sequence[Amount]]) -> list[Text]:
    sums = [
        Amount(sum(each.amount for each in column), currency) for column in zip(*rows, strict=True)
    ]
    return [Text(_("Together"), strong=True), *(Text(str(each), strong=True) for each in sums)]


def _finding(draft: Draft, currency: str, line: finance.CategoryStood) -> list[Block]:
    """Return a category that has run out of money, or is about to."""
    used = line.spent + line.committed
    if not used or used.amount < line.approved.amount * _NEARLY:
        return []
    is_over = used.amount > line.approved.amount
    found = Found(
        key=f"money:{currency}:{line.category_id}",
        tone=Tone.BAD,
        weight=_OVER if is_over else _NEAR,
        value=float(line.free.amount),
    )
    facts = {
        "category": line.category,
        "used": used,
        "approved": line.approved,
        "over": -line.free,
        "left": line.free,
    }
    title, what = _("%(category)s: hardly any money left"), _(
        "%(used)s of %(approved)s are spent or promised; %(left)s are left."
    )  # fmt: skip
    proposal = _("Hold back what is not promised yet, or ask for more before it is needed.")
    if is_over:
        title = _("%(category)s: more spent and promised than approved")
        what = _("%(used)s are spent or promised, %(over)s more than the approved %(approved)s.")
        proposal = _("Approve %(over)s more with a reason, or take back a promise.")
    words = Finding(key=found.key, title=title % facts, what=[Text(what % facts)], tone=found.tone)
    return [draft.tell(found, words, proposal=[proposal % facts])]


def _sources(currency: str, sources: Sequence[finance.SourceStood]) -> Table:
    columns = [
        Column(title=_("Source"), share=2),
        Column(title=pgettext("funding", "Kind"), share=1.3),
        Column(title=_("Agreed to cover"), numeric=True),
        Column(title=_("Received in these days"), numeric=True),
        Column(title=_("Received by the end"), numeric=True),
    ]
    amounts = [[each.covers, each.received_within, each.received] for each in sources]
    rows = [
        [Text(each.title), Text(each.kind_label), *(Text(str(amount)) for amount in row)]
        for each, row in zip(sources, amounts, strict=True)
    ]
    label, *sums = _total(currency, amounts)
    return Table(
        caption=_("Where the money comes from (%(currency)s)") % {"currency": currency},
        columns=columns,
        rows=rows,
        total=[label, Text(""), *sums],
    )


def _revenue(draft: Draft, budget_ids: list[int] | None) -> list[Block]:
    """Return what was earned in these days, by stream, in the currency of the books."""
    end = min(draft.asked.end, insights.local_today(now=draft.now))
    rows = finance.revenue_by_stream(start=draft.asked.start, end=end, budget_ids=budget_ids)
    rows = [each for each in rows if each.entries]
    if not rows:
        return []
    columns = [
        Column(title=_("Stream"), share=2),
        Column(title=_("Earned"), numeric=True),
        Column(title=_("Not reconciled yet"), numeric=True),
        Column(title=_("Came in"), numeric=True),
    ]
    currency = finance.books_currency()
    amounts = [[each.recorded, each.open, each.received] for each in rows]
    return [
        Table(
            caption=_("Earned in these days (%(currency)s)") % {"currency": currency},
            columns=columns,
            rows=[
                [Text(each.stream), *(Text(str(amount)) for amount in row)]
                for each, row in zip(rows, amounts, strict=True)
            ],
            total=_total(currency, amounts),
        )
    ]
