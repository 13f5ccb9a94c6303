"""A report as a document, with what it found and what its evidence rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from juluo.analytics.engine import WindowTooWide
from juluo.analytics.question import Answer
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.reporting.queries.actions import Measured
from juluo.domains.reporting.queries.brand import brand
from juluo.domains.reporting.queries.draft import Draft, Found, Memory
from juluo.domains.reporting.queries.kinds import AFTER_ALL, SECTIONS, Builder
from juluo.domains.reporting.queries.titles import report_title
from juluo.domains.reporting.types import ReportRequest
from juluo.lib import figures
from juluo.lib.documents.model import Document, Section

LOCALES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A report as a document, with what it found and the answers its evidence rests on.

    ``answers[n - 1]`` is what evidence ``n`` cites. ``measured`` says what became of promises.
    """

    document: Document
    found: Sequence[Found]
    answers: Sequence[Answer]
    measured: Sequence[Measured]


def composed(asked: ReportRequest, *, now: datetime, memory: Memory | None = None) -> Composed:
    """Return the report on a window, as the log stands now.

    ``memory`` holds what was asked for one language, so that the next one need not ask again.

    :raises ValueError: if the window has no day.
    :raises WindowTooWide: if it has more than ten years, or lies in another age.
    """
    if asked.end <= asked.start:
        raise ValueError(f"the window from {asked.start} to {asked.end} has no day")
    if not asked.is_within_reach:
        raise WindowTooWide(asked.start, asked.end)
    with translation.override(LOCALES[asked.language]):
        memory = Memory(log=insights.current_log(), now=now) if memory is None else memory
        draft = Draft(asked=asked, memory=memory)
        return Composed(
            document=_document(draft, _sections(draft)),
            found=tuple(draft.found),
            answers=tuple(draft.answers),
            measured=tuple(draft.measured),
        )


def _sections(draft: Draft) -> list[Section]:
    """Return the sections in the order they are printed.

    What is chosen from all that was found stands in front, and is written last.
    """
    builders = SECTIONS[draft.asked.kind]
    made: dict[Builder, Section | None] = {}
    for builder in sorted(builders, key=lambda each: each in AFTER_ALL):
        known = len(draft.findings)
        section = made[builder] = builder(draft)
        for found, _words in draft.findings[known:]:
            draft.told_in[found.key] = section.title if section else ""
    return [section for each in builders if (section := made[each]) is not None]


def _document(draft: Draft, sections: Sequence[Section]) -> Document:
    return Document(
        title=report_title(draft.asked),
        subtitle=draft.days(draft.asked.start, draft.asked.end),
        language=draft.asked.language,
        facts=_facts(draft),
        sections=sections,
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
