"""Work by kind: what was done, what is late, which milestones were reached, what was published."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.lib import figures
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

# From so many late tasks on they are a shortcoming.
_MANY, _MANY_LATE, _FEW_LATE = 3, 0.5, 0.3
_REACHED, _MISSED = 0.5, 0.6


def work(draft: Draft) -> Section | None:
    """Return the work of the window by kind; None where nothing was planned or done."""
    end = min(draft.asked.end, insights.local_today(now=draft.now))
    if end <= draft.asked.start:
        return None
    found = _done(draft, end)
    kinds = [each for each in found.kinds if each.done or each.overdue or each.moved]
    if not (kinds or found.milestones or found.planned):
        return None
    blocks: list[Block] = []
    if kinds:
        blocks += [Paragraph([Text(_lead(draft, kinds))]), _table(kinds)]
        blocks += _late(draft, kinds)
    if found.milestones:
        blocks.append(_milestones(draft, found.milestones))
        blocks += [each for row in found.milestones for each in _milestone(draft, row, end)]
    if found.planned:
        words = _("Of %(planned)d planned publications, %(published)d were out by the end.")
        facts = {"planned": found.planned, "published": found.published}
        blocks.append(Paragraph([Text(words % facts)]))
    return Section(key="work", title=_("Work by kind"), blocks=blocks)


def _done(draft: Draft, end: date) -> planning.WorkDone:
    asked = draft.asked
    ids = None if asked.plan_id is None else planning.plan_and_below(asked.plan_id)
    return draft.memory.once(
        ("work", asked.start, end, asked.plan_id),
        lambda: planning.work_done(
            start=asked.start, end=end, timezone=draft.log.timezone, plan_ids=ids
        ),
    )


def _late(draft: Draft, kinds: list[planning.KindDone]) -> list[Block]:
    """Return what is late, where there is so much of it that it shows."""
    late = sum(each.overdue for each in kinds)
    if not late:
        return []
    worst = max(kinds, key=lambda each: each.overdue)
    facts = {
        "count": late,
        "kind": planning.kind_of_work_name(worst.kind) or _("not told"),
        "most": worst.overdue,
        "done": sum(each.done for each in kinds),
    }
    found = Found(
        key="work:late",
        tone=Tone.BAD,
        weight=_MANY_LATE if late >= _MANY else _FEW_LATE,
        value=float(late),
    )
    title = ngettext("%(count)d task is open and late", "%(count)d tasks are open and late", late)
    what = _("Most are of the kind “%(kind)s” (%(most)d); %(done)d tasks were done in these days.")
    words = Finding(key=found.key, title=title % facts, what=[Text(what % facts)], tone=found.tone)
    proposal = _(
        "Go through the %(count)d with their owners, “%(kind)s” first: each gets another day, "
        "another person, or is given up."
    )
    return [draft.tell(found, words, proposal=[proposal % facts])]


def _milestone(draft: Draft, row: planning.MilestoneDone, end: date) -> list[Block]:
    """Keep a milestone for highlights and shortcomings; only one that was missed stands apart."""
    reached = row.reached_on is not None
    language = draft.asked.language
    if not reached and row.due >= end:
        return []
    found = Found(
        key=f"milestone:{row.id}",
        tone=Tone.GOOD if reached else Tone.BAD,
        weight=_REACHED if reached else _MISSED,
    )
    words, title = _("Due on %(due)s."), _("Milestone not reached: %(title)s")
    facts = {"due": figures.day(row.due, language=language), "title": row.title}
    if row.reached_on is not None:
        words, title = _("Due on %(due)s, reached on %(on)s."), _("Milestone reached: %(title)s")
        facts["on"] = figures.day(row.reached_on, language=language)
    told = Finding(key=found.key, title=title % facts, what=[Text(words % facts)], tone=found.tone)
    proposal = "" if reached else _("Say what it waits for, and set a day that can be kept.")
    finding = draft.tell(found, told, proposal=[proposal])
    return [] if reached else [finding]


def _lead(draft: Draft, kinds: list[planning.KindDone]) -> str:
    done = sum(each.done for each in kinds)
    facts = {
        "done": done,
        "late": sum(each.done_late for each in kinds),
        "overdue": sum(each.overdue for each in kinds),
        "moved": sum(each.moved for each in kinds),
    }
    words = _(
        "Tasks done: %(done)d, of these after their day: %(late)d. Open and late at the end: "
        "%(overdue)d. Given another last day: %(moved)d."
    )
    said = [words % facts]
    untold = sum(each.done for each in kinds if not each.kind)
    if untold:
        words = _("Of %(untold)d of them nobody told the kind of work; it is not guessed.")
        said.append(words % {"untold": untold})
    without = sum(each.without_minutes for each in kinds)
    if without:
        words = _("Of %(without)d no hours were planned: the hours below leave them out.")
        said.append(words % {"without": without})
    return ("" if draft.asked.language == "zh" else " ").join(said)


def _table(kinds: list[planning.KindDone]) -> Table:
    columns = [
        Column(title=_("Kind of work"), share=2),
        Column(title=pgettext("tasks", "Done"), numeric=True),
        Column(title=pgettext("tasks", "Done late"), numeric=True),
        Column(title=pgettext("tasks", "Open and late"), numeric=True),
        Column(title=pgettext("tasks", "Moved"), numeric=True),
        Column(title=_("Closed by what was made"), numeric=True, share=1.3),
        Column(title=_("Planned hours"), numeric=True),
    ]
    rows = [_row(planning.kind_of_work_name(each.kind) or _("not told"), [each]) for each in kinds]
    return Table(
        caption=_("Tasks by kind of work"),
        columns=columns,
        rows=rows,
        total=_row(_("Together"), kinds),
    )


def _row(label: str, kinds: list[planning.KindDone]) -> list[Text]:
    names = ("done", "done_late", "overdue", "moved", "by_itself")
    sums = [str(sum(getattr(each, name) for each in kinds)) for name in names]
    minutes = sum(each.planned_minutes for each in kinds)
    hours = figures.number(minutes / 60) if minutes else figures.NOTHING
    return [Text(label), *(Text(each) for each in sums), Text(hours)]


def _milestones(draft: Draft, found: tuple[planning.MilestoneDone, ...]) -> Table:
    language = draft.asked.language
    columns = [
        Column(title=_("Milestone"), share=2.5),
        Column(title=pgettext("milestone", "Day"), share=1.4),
        Column(title=pgettext("milestone", "State"), share=1.8),
    ]
    rows = []
    for each in found:
        state = pgettext("milestone", "not reached")
        if each.reached_on is not None:
            words = pgettext("milestone", "reached on %(day)s")
            state = words % {"day": figures.day(each.reached_on, language=language)}
        due = figures.day(each.due, language=language)
        rows.append([Text(each.title), Text(due), Text(state)])
    return Table(caption=_("Milestones"), columns=columns, rows=rows)
