"""The sections of a report that are about what was said: spaces, answers, contributors."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.question import Answer, Grain, Point
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.reporting.queries.draft import Draft, sentence
from juluo.domains.reporting.queries.naming import member_name
from juluo.lib.documents.model import Block, Column, Paragraph, Section, Table, Text

_MOST_SPACES = 20
_MOST_CONTRIBUTORS = 15


def answering(draft: Draft) -> Section | None:
    """Return how fast openings are answered; None where the community has no openings."""
    keys = (
        "response.first_reply_median",
        "response.first_reply_p90",
        "response.answered_1d",
        "response.answered_7d",
        "response.accepted",
        "newcomers.answered_1d",
    )
    answers = [draft.ask(key, Grain.WINDOW) for key in keys]
    points = [answer.points[0] for answer in answers]
    if not any(point.sample or point.whole for point in points):
        return None
    columns = [
        Column(title=_("Metric"), share=3),
        Column(title=_("Value"), numeric=True),
        Column(title=_("Rests on"), numeric=True),
        Column(title=_("95% interval"), numeric=True, share=1.4),
    ]
    rows = [
        _answering_row(draft, answer, point) for answer, point in zip(answers, points, strict=True)
    ]
    words = _(
        "Only openings whose waiting time has passed are counted. Where more than half were never "
        "answered there is no median."
    )
    table = Table(caption=_("Answers to posts and questions"), columns=columns, rows=rows)
    return Section(key="answering", title=_("Answering"), blocks=[Paragraph([Text(words)]), table])


def _answering_row(draft: Draft, answer: Answer, point: Point) -> list[Text]:
    from juluo.analytics.catalog import metric

    rests_on = point.whole if point.whole is not None else point.sample
    interval = ""
    if point.low is not None and point.high is not None:
        low, high = draft.figure(point.low, answer.unit), draft.figure(point.high, answer.unit)
        interval = f"{low} – {high}"
    return [
        Text(draft.title(metric(answer.question.key))),
        draft.cited(answer, point.value),
        Text(draft.figure(rests_on, "contributions")),
        Text(interval),
    ]


def spaces(draft: Draft) -> Section | None:
    """Return the spaces that were talked in, the busiest first."""
    answer = draft.ask("spaces.health", Grain.WINDOW)
    busy = [point for point in answer.points if point.value]
    if not busy:
        return None
    names = discussions.space_names()
    cited = draft.cite(answer)
    columns = [
        Column(title=_("Space"), share=1.9),
        Column(title=_("Contributions"), numeric=True, share=2.3, evidence=cited),
        Column(title=_("Active"), numeric=True, share=1.35, evidence=cited),
        Column(title=_("Newcomers"), numeric=True, share=2.05, evidence=cited),
        Column(title=_("Answered in a day"), numeric=True, share=1.65, evidence=cited),
        Column(title=pgettext("difference", "Change"), numeric=True, share=1.5, evidence=cited),
    ]
    rows = [_space_row(draft, point, names) for point in busy[:_MOST_SPACES]]
    blocks: list[Block] = [Table(caption=_("Spaces"), columns=columns, rows=rows)]
    if len(busy) > _MOST_SPACES:
        left = len(busy) - _MOST_SPACES
        words = _("%(left)s quieter spaces are not listed.") % {"left": left}
        blocks.append(Paragraph([Text(words)]))
    return Section(key="spaces", title=_("Spaces"), blocks=blocks)


def _space_row(draft: Draft, point: Point, names: dict[int, str]) -> list[Text]:
    row = dict(point.row)
    change = row["change"]
    return [
        Text(names.get(int(point.group or 0), point.group or "")),
        Text(draft.figure(point.value, "contributions")),
        Text(draft.figure(row["active"], "members")),
        Text(draft.figure(row["newcomers"], "members")),
        Text(draft.figure(row["answered_1d"], "share")),
        Text(_relative(change) if isinstance(change, float) else _("new")),
    ]


def _relative(change: float) -> str:
    return f"{change * 100:+.0f}%".replace("-", "−")


def contributors(draft: Draft) -> Section | None:
    """Return whose words reached others, and how far the work is spread."""
    ranking = draft.ask("influence.rank", Grain.WINDOW)
    gini = draft.ask("concentration.gini", Grain.WINDOW)
    core = draft.ask("concentration.core_80", Grain.WINDOW)
    if gini.points[0].value is None:
        return None
    words = _(
        "Four fifths of all contributions came from %(core)s members; the Gini index of "
        "contributions is %(gini)s."
    )
    runs = sentence(
        words,
        core=draft.cited(core, core.points[0].value),
        gini=draft.cited(gini, gini.points[0].value),
    )
    blocks: list[Block] = [Paragraph(runs)]
    top = ranking.points[:_MOST_CONTRIBUTORS]
    if top:
        cited = draft.cite(ranking)
        names = members.names([int(point.group or 0) for point in top])
        columns = [
            Column(title=_("Rank"), numeric=True, share=0.6, evidence=cited),
            Column(title=_("Member"), share=3),
            Column(title=_("Responses received"), numeric=True, share=1.5, evidence=cited),
            Column(title=_("Share of influence"), numeric=True, share=1.5, evidence=cited),
        ]
        rows = [_contributor_row(draft, point, names) for point in top]
        table = Table(caption=_("Members whose words reach others"), columns=columns, rows=rows)
        blocks.append(table)
    return Section(key="contributors", title=_("Contributors"), blocks=blocks)


def _contributor_row(draft: Draft, point: Point, names: dict[int, str]) -> list[Text]:
    row = dict(point.row)
    return [
        Text(draft.figure(row["place"], "members")),
        member_name(int(point.group or 0), names),
        Text(draft.figure(row["received"], "reactions")),
        Text(draft.figure(point.value, "share")),
    ]
