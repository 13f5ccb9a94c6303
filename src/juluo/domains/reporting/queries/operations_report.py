"""The operations report: what a community did in a window, every number with its evidence."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.analytics.engine import WindowTooWide
from juluo.domains.community import queries as community
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.reporting.queries import people_sections, talk_sections
from juluo.domains.reporting.queries.brand import brand
from juluo.domains.reporting.queries.draft import Draft, sentence
from juluo.domains.reporting.types import ReportRequest
from juluo.lib import figures
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
    Text,
)

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def operations_report(asked: ReportRequest, *, now: datetime) -> Document:
    """Return the report on a window, as the log stands now.

    :raises ValueError: if the window has no day.
    :raises WindowTooWide: if it has more than ten years, or lies in another age.
    """
    if asked.end <= asked.start:
        raise ValueError(f"the window from {asked.start} to {asked.end} has no day")
    if not asked.is_within_reach:
        raise WindowTooWide(asked.start, asked.end)
    with translation.override(_LANGUAGES[asked.language]):
        draft = Draft(asked=asked, log=insights.current_log(), now=now)
        sections = [
            _headline_section(draft),
            people_sections.trend(draft),
            people_sections.growth(draft),
            people_sections.retention(draft),
            talk_sections.answering(draft),
            talk_sections.spaces(draft),
            talk_sections.contributors(draft),
            _method_section(draft),
        ]
        return Document(
            title=_("%s operations report") % community.settings().name,
            subtitle=draft.days(asked.start, asked.end),
            language=asked.language,
            facts=_facts(draft),
            sections=[section for section in sections if section is not None],
            appendix_title=_("Appendix: the evidence for each number"),
            data_version=draft.log.data_version,
            evidence=draft.evidence,
            brand=brand(),
            footline=_footline(draft),
        )


def _footline(draft: Draft) -> str:
    words = _("Data as of %(day)s · data version %(version)s")
    day = figures.day(draft.now.date(), language=draft.asked.language)
    return words % {"day": day, "version": draft.log.data_version}


def _facts(draft: Draft) -> list[tuple[str, str]]:
    stamp = translation.gettext("%(day)s, %(time)s UTC") % {
        "day": figures.day(draft.now.date(), language=draft.asked.language),
        "time": f"{draft.now:%H:%M}",
    }
    return [
        (_("Data as of"), stamp),
        (_("Data version"), draft.log.data_version),
        (_("Time zone"), draft.log.timezone),
        (_("Sources"), ", ".join(members.sources()) or _("this site only")),
    ]


def _headline_section(draft: Draft) -> Section:
    found = insights.window_headlines(
        draft.asked.start, draft.asked.end, log=draft.log, now=draft.now
    )
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
    blocks: list[Block] = [
        Paragraph(_lead(draft, found)),
        Table(caption=_("Key metrics"), columns=columns, rows=rows),
    ]
    unusual = [_unusual(draft, each) for each in found if each.unusual]
    if unusual:
        blocks.append(Paragraph([Text(_("Outside their usual range:"))]))
        blocks.append(Bullets(unusual))
    return Section(title=_("Key metrics"), blocks=blocks)


def _headline_row(draft: Draft, each: insights.Headline) -> list[Text]:
    unit = each.answer.unit
    before = each.before.value if each.before else None
    usual = figures.NOTHING
    if each.usual is not None:
        usual = f"{draft.figure(each.usual.low, unit)} – {draft.figure(each.usual.high, unit)}"
    return [
        Text(draft.title(each.metric)),
        draft.cited(each.answer, each.point.value),
        Text(draft.figure(before, unit)),
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


def _method_section(draft: Draft) -> Section:
    items = [
        _(
            "Every number comes from the community's event log through one metric catalog. The "
            "mark beside a number leads to its definition, version, window, filters and query."
        ),
        _("Days, weeks and months are cut in the time zone %s.") % draft.log.timezone,
        _("People are counted; bots, system and test accounts are left out."),
        _(
            "The usual range is where 19 of 20 values would fall if nothing had changed, from "
            "windows of the same length before; shown from four such windows on. A change inside "
            "it is no evidence of anything."
        ),
        _(
            "A share of nothing is left empty, and figures that need time to pass count only "
            "what has had that time."
        ),
        _(
            "Reactions whose time the source does not record are dated with the message they are "
            "on. Reading and visiting are not recorded by the imported sources."
        ),
    ]
    return Section(title=_("Method"), blocks=[Bullets([[Text(item)] for item in items])])
