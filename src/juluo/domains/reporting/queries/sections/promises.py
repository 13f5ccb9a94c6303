"""The section a report opens with: what became of what the reports before promised."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.analytics.catalog import METRICS
from juluo.domains.members import queries as members
from juluo.domains.reporting.models import Action, ActionOutcome
from juluo.domains.reporting.queries.actions import (
    Measured,
    action_title,
    measured,
    promised_before,
)
from juluo.domains.reporting.queries.draft import Draft
from juluo.domains.reporting.queries.naming import member_name
from juluo.lib import figures
from juluo.lib.documents.model import Block, Column, Paragraph, Section, Table, Text

_Verdict = ActionOutcome.Verdict
_SIGNS: dict[str, str] = {
    _Verdict.REACHED: "▲",
    _Verdict.BETTER: "▲",
    _Verdict.WORSE: "▼",
}


def promises(draft: Draft) -> Section | None:
    """Return what was promised and what the metrics say of it; None where nothing was."""
    found = draft.memory.once("promises", lambda: _measured(draft))
    if not found:
        return None
    draft.measured.extend(found)
    names = members.names([each.action.owner_id for each in found])
    columns = [
        Column(title=_("Promised"), share=3),
        Column(title=_("Owner"), share=1.2),
        Column(title=_("State"), share=1.1),
        Column(title=pgettext("value", "Was"), numeric=True, share=1),
        Column(title=pgettext("value", "Should be"), numeric=True, share=1),
        Column(title=pgettext("value", "Is"), numeric=True, share=1),
        Column(title=_("What came of it"), share=1.9),
    ]
    blocks: list[Block] = [
        Paragraph([Text(_lead(found))]),
        Table(
            caption=_("What the reports before promised"),
            columns=columns,
            rows=[_cells(draft, each, names) for each in found],
        ),
        Paragraph([Text(_caveat())]),
    ]
    return Section(key="promises", title=_("What became of our promises"), blocks=blocks)


def _measured(draft: Draft) -> list[Measured]:
    asked = draft.asked
    return [
        measured(each, start=asked.start, end=asked.end, log=draft.log, now=draft.now)
        for each in promised_before(asked)
    ]


def _lead(found: list[Measured]) -> str:
    done = sum(each.action.status == Action.Status.DONE for each in found)
    reached = sum(each.verdict == _Verdict.REACHED for each in found)
    told = ngettext(
        "%(n)d action was open or just ended:", "%(n)d actions were open or just ended:", len(found)
    ) % {"n": len(found)}
    words = _("%(told)s %(done)d done, and %(reached)d with the figure that was promised.")
    return words % {"told": told, "done": done, "reached": reached}


def _caveat() -> str:
    return _(
        "A figure that got better after an action is no proof that the action did it. “No change "
        "beyond chance” means that the figure lies where it might by chance alone."
    )


def _cells(draft: Draft, each: Measured, names: dict[int, str]) -> list[Text]:
    action = each.action
    unit = METRICS[action.metric].unit if action.metric in METRICS else ""
    numbers = [
        Text(draft.figure(value, unit) if value is not None and unit else figures.NOTHING)
        for value in (action.baseline, action.target)
    ]
    now = Text(figures.NOTHING)
    if each.answer is not None:
        now = draft.cited(each.answer, each.value)
    title = action_title(action, language=draft.asked.language)
    return [
        Text(f"{action.what} ({title})" if title else action.what),
        member_name(action.owner_id, names),
        Text(action.get_status_display()),
        *numbers,
        now,
        Text(" ".join(part for part in (_SIGNS.get(each.verdict, ""), _verdict(each)) if part)),
    ]


def _verdict(each: Measured) -> str:
    return str(_Verdict(each.verdict).label)
