"""What each kind of report consists of, and the report itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from juluo.analytics.engine import WindowTooWide
from juluo.analytics.question import Answer
from juluo.domains.community import queries as community
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.reporting.queries.actions import Measured
from juluo.domains.reporting.queries.brand import brand
from juluo.domains.reporting.queries.draft import Draft, Found, Memory
from juluo.domains.reporting.queries.sections import (
    effects,
    goals,
    headlines,
    method,
    moved,
    people,
    promises,
    talk,
    work,
)
from juluo.domains.reporting.types import Kind, ReportRequest
from juluo.lib import figures
from juluo.lib.documents.model import Document, Section

Builder = Callable[[Draft], Section | None]

LOCALES = {"zh": "zh-hans", "en": "en"}
_OF_OPERATIONS: tuple[Builder, ...] = (
    promises.promises,
    headlines.key_figures,
    moved.moved,
    goals.goals,
    effects.effects,
    work.work,
    people.trend,
    people.growth,
    people.retention,
    talk.answering,
    talk.spaces,
    talk.contributors,
    method.method,
)
SECTIONS: dict[Kind, tuple[Builder, ...]] = dict.fromkeys(Kind, _OF_OPERATIONS)


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
        sections = [builder(draft) for builder in SECTIONS[asked.kind]]
        return Composed(
            document=_document(draft, [each for each in sections if each is not None]),
            found=tuple(draft.found),
            answers=tuple(draft.answers),
            measured=tuple(draft.measured),
        )


def _document(draft: Draft, sections: Sequence[Section]) -> Document:
    return Document(
        title=_("%s operations report") % community.settings().name,
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
