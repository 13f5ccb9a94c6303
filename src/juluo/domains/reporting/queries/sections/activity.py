"""The report on one activity: what it is, and who was reached where it took place."""

from datetime import timedelta

from django.utils.translation import gettext as _

from juluo.analytics.question import Filters
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft
from juluo.domains.reporting.queries.naming import member_name
from juluo.domains.reporting.queries.sections import headlines
from juluo.lib.documents import from_markdown
from juluo.lib.documents.model import Block, Column, Paragraph, Section, Table, Text

_REACH = (
    "members.active",
    "members.contributing",
    "members.new",
    "content.contributions",
    "interaction.reactions",
    "newcomers.answered_1d",
)


def activity(draft: Draft) -> Section | None:
    """Return what the activity is, as its plan says; None where the report is on no plan."""
    page = _page(draft)
    if page is None:
        return None
    card = page.card
    rows = [
        (_("Kind of plan"), Text(card.kind_label)),
        (_("Days"), Text(draft.days(card.first, card.last + timedelta(days=1)))),
        (_("State"), Text(card.status_label)),
        (_("Owner"), member_name(card.owner_id, {card.owner_id: card.owner})),
        (_("Spaces"), Text(_places(draft) or _("not bound to any space"))),
    ]
    aims = [title for _id, title in planning.objective_titles(card.id)]
    if aims:
        rows.insert(0, (_("Aim"), Text(draft.listed(aims))))
    columns = [Column(title=_("Fact"), share=1), Column(title=_("As planned"), share=3)]
    table = Table(
        caption=_("The activity at a glance"),
        columns=columns,
        rows=[[Text(name), value] for name, value in rows],
    )
    words = planning.section_text(card.id, "background") or ""
    blocks: list[Block] = [table, *from_markdown.blocks(words, caption=card.title)]
    return Section(key="activity", title=_("The activity"), blocks=blocks)


def _page(draft: Draft) -> planning.PlanPage | None:
    if draft.asked.plan_id is None:
        return None
    language = "zh-hans" if draft.asked.language == "zh" else "en"
    today = insights.local_today(now=draft.now)
    return planning.plan_page(draft.asked.plan_id, today=today, language=language)


def _spaces(draft: Draft) -> tuple[int, ...]:
    """Return the spaces that the goals of the plan are measured in."""
    if draft.asked.plan_id is None:
        return ()
    ids = planning.plan_and_below(draft.asked.plan_id)
    return draft.memory.once(("spaces", draft.asked.plan_id), lambda: planning.spaces_aimed_at(ids))


def _places(draft: Draft) -> str:
    ids = _spaces(draft)
    names = discussions.space_names(ids) if ids else {}
    return draft.listed([names[each] for each in ids if each in names])


def reach(draft: Draft) -> Section | None:
    """Return who took part where the activity took place, against as many days before."""
    end = min(draft.asked.end, insights.local_today(now=draft.now))
    if draft.asked.plan_id is None or end <= draft.asked.start:
        return None
    spaces = _spaces(draft)
    found = draft.memory.once(
        ("reach", draft.asked.plan_id, draft.asked.start, end),
        lambda: insights.window_headlines(
            draft.asked.start,
            end,
            log=draft.log,
            now=draft.now,
            keys=_REACH,
            filters=Filters(spaces=spaces),
        ),
    )
    words = _(
        "No goal of this plan names a space, so these are the figures of the whole community: they "
        "do not show what the activity did."
    )
    if spaces:
        words = _("These are the figures of %(places)s only.") % {"places": _places(draft)}
    table = headlines.table(draft, found, caption=_("Taking part"))
    return Section(key="reach", title=_("Reach"), blocks=[Paragraph([Text(words)]), table])
