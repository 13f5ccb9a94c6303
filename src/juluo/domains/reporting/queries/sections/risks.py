"""Risks and alerts: what stands, what came, changed and ended, and what became of what rang."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.draft import Draft, Found
from juluo.domains.reporting.queries.naming import member_name
from juluo.domains.risks import queries as register
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

_OCCURRED, _UNANSWERED = 0.8, 0.7
_MOST_RISKS, _MOST_ALERTS, _READ = 15, 15, 400


def risks(draft: Draft) -> Section | None:
    """Return the register and the alerts of the window; None where both are empty."""
    end = min(draft.asked.end, insights.local_today(now=draft.now))
    if end <= draft.asked.start:
        return None
    found, rang = _risks(draft, end), _alerts(draft, end)
    if not (found or rang):
        return None
    blocks: list[Block] = []
    if found:
        blocks += [Paragraph([Text(_lead(found))]), _table(found[:_MOST_RISKS])]
        blocks += [each for risk in found for each in _finding(draft, risk)]
    if rang:
        blocks += [Paragraph([Text(_became(rang))]), _rang(draft, rang[:_MOST_ALERTS])]
    return Section(key="risks", title=_("Risks and alerts"), blocks=blocks)


def _risks(draft: Draft, end: date) -> list[register.RiskThen]:
    zone, asked = ZoneInfo(draft.log.timezone), draft.asked
    start, until = (datetime.combine(day, time(), zone) for day in (asked.start, end))
    ids = None if asked.plan_id is None else planning.plan_and_below(asked.plan_id)
    return register.risks_of_window(start=start, end=until, plan_ids=ids)


def _alerts(draft: Draft, end: date) -> list[insights.FiringShown]:
    """Return what rang in these days; alerts belong to no plan, so a plan's report has none."""
    if draft.asked.plan_id is not None:
        return []
    zone = ZoneInfo(draft.log.timezone)
    every = insights.firings(language=draft.asked.language, limit=_READ)
    days = [(each, each.raised_at.astimezone(zone).date()) for each in every]
    return [each for each, day in days if draft.asked.start <= day < end]


def _lead(found: Sequence[register.RiskThen]) -> str:
    still = [each for each in found if not each.ended]
    facts = {
        "open": len(still),
        "above": sum(each.is_above for each in still),
        "came": sum(each.before is None for each in found),
        "up": sum(each.before is not None and each.score > each.before for each in found),
        "down": sum(each.before is not None and each.score < each.before for each in found),
        "closed": sum(each.ended == "closed" for each in found),
        "occurred": sum(each.ended == "occurred" for each in found),
    }
    words = _(
        "Risks open at the end: %(open)d, above the appetite %(above)d. In these days: new "
        "%(came)d, scored higher %(up)d, scored lower %(down)d, closed %(closed)d, occurred "
        "%(occurred)d. Scores are judgements of people, not measurements."
    )
    return words % facts


def _table(found: Sequence[register.RiskThen]) -> Table:
    names = members.names([each.owner_id for each in found])
    columns = [
        Column(title=_("Risk"), share=3),
        Column(title=_("Owner"), share=1.2),
        Column(title=_("Probability"), share=1.2),
        Column(title=_("Impact"), share=1.2),
        Column(title=pgettext("risk", "Score"), numeric=True, share=1),
        Column(title=_("At the beginning"), numeric=True, share=1),
        Column(title=pgettext("risk", "State"), share=1.5),
    ]
    rows = [
        [
            Text(each.event),
            member_name(each.owner_id, names),
            Text(each.probability_name),
            Text(each.impact_name),
            Text(f"{each.score} · {each.severity_name}", strong=each.is_above),
            Text(_("new") if each.before is None else str(each.before)),
            Text(_state(each)),
        ]
        for each in found
    ]
    return Table(caption=_("Risks, the highest first"), columns=columns, rows=rows)


def _state(each: register.RiskThen) -> str:
    if each.ended:
        return {
            "closed": pgettext("risk", "closed"),
            "occurred": pgettext("risk", "occurred"),
        }[each.ended]
    if each.is_above and not each.has_response:
        return pgettext("risk", "open, no response begun")
    return (
        pgettext("risk", "open, being answered") if each.has_response else pgettext("risk", "open")
    )


def _finding(draft: Draft, risk: register.RiskThen) -> list[Block]:
    """Return a risk that occurred, or that asks for a response and has none."""
    occurred = risk.ended == "occurred"
    if not occurred and (risk.ended or not risk.is_above or risk.has_response):
        return []
    found = Found(
        key=f"risk:{risk.id}",
        tone=Tone.BAD,
        weight=_OCCURRED if occurred else _UNANSWERED,
        value=float(risk.score),
    )
    facts = {"risk": risk.event, "score": risk.score, "severity": risk.severity_name}
    title = _("Risk without a response: %(risk)s")
    what = _("Its score is %(score)d (%(severity)s), above the appetite; no response was begun.")
    proposal = _("Begin a response with an owner and a day, or accept the risk with a reason.")
    if occurred:
        title, what = (
            _("Risk occurred: %(risk)s"),
            _("Its last score was %(score)d (%(severity)s)."),
        )
        proposal = _("Write down what it did and which response helped, and look at risks like it.")
    words = Finding(key=found.key, title=title % facts, what=[Text(what % facts)], tone=found.tone)
    return [draft.tell(found, words, proposal=[proposal])]


def _became(rang: Sequence[insights.FiringShown]) -> str:
    facts = {
        "all": len(rang),
        "worth": sum(each.outcome in {"acted", "explained"} for each in rang),
        "noise": sum(each.outcome == "noise" for each in rang),
        "undecided": sum(not each.outcome for each in rang),
    }
    words = _(
        "Alerts raised in these days: %(all)d. Acted on or explained: %(worth)d; noise: %(noise)d; "
        "nobody has judged yet: %(undecided)d."
    )
    return words % facts


def _rang(draft: Draft, rang: Sequence[insights.FiringShown]) -> Table:
    columns = [
        Column(title=_("Alert"), share=2.2),
        Column(title=_("Metric"), share=1.6),
        Column(title=_("Days"), share=2.2),
        Column(title=pgettext("alert", "Seen"), numeric=True),
        Column(title=pgettext("figure", "Expected range"), numeric=True, share=1.5),
        Column(title=_("What came of it"), share=1.5),
    ]
    rows = [
        [
            Text(each.title),
            Text(each.metric_title),
            Text(draft.days(each.since, date.fromordinal(each.last_day.toordinal() + 1))),
            Text(each.observed),
            Text(f"{each.low} – {each.high}" if each.low != figures.NOTHING else figures.NOTHING),
            Text(each.outcome_label or _("not judged yet")),
        ]
        for each in rang
    ]
    caption = _("Alerts, as they were when they were raised")
    return Table(caption=caption, columns=columns, rows=rows)
