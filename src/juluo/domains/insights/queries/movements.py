"""Movement between activity bands made ready for eyes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.log import EventLog
from juluo.analytics.movement import ABSENT, BANDS, FROM, LEFT, TO, Movement, MovementAnswer
from juluo.analytics.people import People
from juluo.domains.insights.queries.asking import kept_under, stepped
from juluo.lib import figures
from juluo.lib.charts import options

# Raise it whenever the figures of a movement could change.
VERSION = 1
_KEEP_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class MoveCell:
    """How many moved from the row's band to this column's."""

    to: str
    members: int
    depth: int
    flow: str


@dataclass(frozen=True, kw_only=True)
class MoveRow:
    """Where members stood before, and where they stand after."""

    since: str
    label: str
    cells: tuple[MoveCell, ...]
    members: int


@dataclass(frozen=True, kw_only=True)
class MovementShown:
    """The matrix, its flows in words and the bands over time, with the evidence."""

    answer: MovementAnswer
    lead: str
    flows: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[MoveRow, ...]
    totals: tuple[int, ...]
    members: int
    option: dict[str, Any] | None
    definition: tuple[str, ...]


def ask_movement(asked: Movement, *, log: EventLog, now: datetime) -> MovementAnswer:
    """Return a movement's answer, computed once for each state of the log."""
    from juluo.analytics.movement import answer_movement

    as_of = stepped(now)
    key = kept_under("movement", f"{asked!r}|{as_of.isoformat()}", log=log, version=VERSION)
    kept: MovementAnswer | None = cache.get(key)
    if kept is None:
        kept = answer_movement(asked, log=log, as_of=as_of)
        cache.set(key, kept, _KEEP_SECONDS)
    return kept


def members_of_movement(
    asked: Movement,
    *,
    log: EventLog,
    now: datetime,
    since: str | None,
    to: str | None,
    offset: int,
    limit: int,
) -> People:
    """Return one page of the members of a cell, a row or a column."""
    from juluo.analytics.movement import members_who_moved

    return members_who_moved(
        asked, log=log, as_of=stepped(now), since=since, to=to, offset=offset, limit=limit
    )


def band_words() -> dict[str, str]:
    """Return what the bands are called, and where those stand who are in none."""
    return {
        ABSENT: _("not known yet"),
        "0": _("none"),
        "1": "1",
        "2-4": "2–4",
        "5-19": "5–19",
        "20+": "20+",
        LEFT: pgettext("member", "left"),
    }


def movement_shown(answer: MovementAnswer, *, language: str) -> MovementShown:
    """Return a movement in words, with its chart."""
    words = band_words()
    most = max(answer.cells.values(), default=0)
    rows = tuple(
        MoveRow(
            since=since,
            label=words[since],
            cells=tuple(_cell(answer, since, to, most) for to in TO),
            members=answer.row(since),
        )
        for since in FROM
        if since in BANDS or answer.row(since)
    )
    return MovementShown(
        answer=answer,
        lead=_lead(answer),
        flows=_flows(answer.flows),
        columns=tuple((to, words[to]) for to in TO),
        rows=rows,
        totals=tuple(answer.column(to) for to in TO),
        members=sum(answer.cells.values()),
        option=_chart(answer, language),
        definition=(
            _(
                "A member's band on a day: their contributions in the 28 days before it. Whoever "
                "was not known yet, or had left, stands apart: so the bands of a day add up to the "
                "members of that day. In a chosen space only what was contributed there counts."
            ),
        ),
    )


def _cell(answer: MovementAnswer, since: str, to: str, most: int) -> MoveCell:
    members = answer.cells.get((since, to), 0)
    flow = ""
    if since in BANDS and to in BANDS:
        change = BANDS.index(to) - BANDS.index(since)
        flow = "up" if change > 0 else "down" if change < 0 else "same"
    return MoveCell(to=to, members=members, depth=round(10 * members / (most or 1)), flow=flow)


def _lead(answer: MovementAnswer) -> str:
    flows = answer.flows
    if not any(flows.values()):
        return ""
    values = {"rose": figures.number(flows["rose"]), "fell": figures.number(flows["fell"])}
    if flows["rose"] > flows["fell"]:
        return _("More members rose (%(rose)s) than fell (%(fell)s).") % values
    if flows["rose"] < flows["fell"]:
        return _("More members fell (%(fell)s) than rose (%(rose)s).") % values
    return _("As many members rose as fell: %(rose)s.") % values


def _flows(flows: dict[str, int]) -> tuple[str, ...]:
    """Say each flow in words, those of nobody left out."""
    told = {
        "rose": _("%(n)s rose to a higher band"),
        "fell": _("%(n)s fell to a lower band"),
        "stayed": _("%(n)s stayed in their band"),
        "came": _("%(n)s came new"),
        "returned": _("%(n)s came back"),
        "left": pgettext("members", "%(n)s left"),
    }
    return tuple(
        words % {"n": figures.number(flows[name])} for name, words in told.items() if flows[name]
    )


def _chart(answer: MovementAnswer, language: str) -> dict[str, Any] | None:
    """Draw who contributed at all, by band: the silent would dwarf them."""
    if not any(sum(each.members[1:]) for each in answer.standings):
        return None
    labels = [figures.point_label(each.day, "day", language=language) for each in answer.standings]
    words = band_words()
    series = [
        options.Series(
            name=words[band], values=[float(each.members[n]) for each in answer.standings]
        )
        for n, band in enumerate(BANDS)
        if n
    ]
    return options.bars(labels, series, stacked=True)
