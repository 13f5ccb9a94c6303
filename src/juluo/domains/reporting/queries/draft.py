"""A report in the making: asks the metric layer, and keeps the evidence of every answer."""

import hashlib
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.analytics.definition import Metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.actions import Measured
from juluo.domains.reporting.types import ReportRequest
from juluo.lib import figures
from juluo.lib.documents.model import Evidence, Finding, Text, Tone

T = TypeVar("T")

# A trend has about this many points: fine enough to see, few enough to read.
_DAYS_BY_DAY, _DAYS_BY_WEEK = 45, 240


def sentence(words: str, **values: Text) -> list[Text]:
    """Return a sentence whose ``%(name)s`` are these runs, so each language orders them freely."""
    parts = re.split(r"%\((\w+)\)s", words)
    runs = [values[part] if n % 2 else Text(part) for n, part in enumerate(parts)]
    return [run for run in runs if run.words]


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something a report found out, free of any language: actions hang on it.

    ``key`` stays the same from report to report: ``goal:12``, ``moved:members.active``,
    ``effect:strategy:3``. ``metric`` with its ``space_ids`` is what says later whether it is
    mended ("" where no metric does), ``value`` what it was in this report's window. ``weight``
    orders highlights and shortcomings: 1 is as clear as a thing can be, 0 hardly worth telling.
    """

    key: str
    tone: Tone
    weight: float
    metric: str = ""
    space_ids: tuple[int, ...] = ()
    value: float | None = None


@dataclass
class Memory:
    """What a report asked already, whatever the language it is written in."""

    log: EventLog
    now: datetime
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gave the first time it was asked under this key.

        ``read`` must not put anything into words: the next language asks under the same key.
        """
        if key not in self._known:
            self._known[key] = read()
        known: T = self._known[key]
        return known


@dataclass
class Draft:
    """One report while it is written; evidence is numbered in the order it is first used."""

    asked: ReportRequest
    memory: Memory
    evidence: list[Evidence] = field(default_factory=list)
    # What each entry of the evidence rests on, in the same order.
    answers: list[Answer] = field(default_factory=list)
    # What was found, with the words that tell it, in the order of the sections.
    findings: list[tuple[Found, Finding]] = field(default_factory=list)
    # The titles of the sections that tell them, by their keys.
    told_in: dict[str, str] = field(default_factory=dict)
    # What is proposed because of them, by their keys.
    proposals: dict[str, list[Text]] = field(default_factory=dict)
    # Why, in a sentence or two, by their keys; "moved" where no figure is unusual.
    reasons: dict[str, str] = field(default_factory=dict)
    # What became of the promises of reports before.
    measured: list[Measured] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    @property
    def log(self) -> EventLog:
        """The event log that is asked."""
        return self.memory.log

    @property
    def now(self) -> datetime:
        """The moment the report is made."""
        return self.memory.now

    @property
    def found(self) -> Sequence[Found]:
        """What was found, without the words."""
        return [each for each, _words in self.findings]

    def tell(
        self,
        found: Found,
        words: Finding,
        *,
        proposal: Sequence[Text | str] = (),
        reason: str = "",
    ) -> Finding:
        """Keep a finding for the highlights, the shortcomings and the actions; give it back.

        ``proposal`` says what could be done about it, in whole sentences, with its numbers;
        ``reason`` why it is so, in fewer words than the finding itself.
        """
        self.findings.append((found, words))
        said = [each if isinstance(each, Text) else Text(each) for each in proposal if each]
        if said:
            self.proposals[found.key] = said
        if reason:
            self.reasons[found.key] = reason
        return words

    def joined(self, said: Sequence[str]) -> str:
        """Return sentences as running text."""
        return ("" if self.asked.language == "zh" else " ").join(each for each in said if each)

    @staticmethod
    def listed(items: Sequence[str]) -> str:
        """Return names one after the other."""
        return pgettext("list", ", ").join(items)

    @property
    def grain(self) -> Grain:
        """How trends are cut, by the length of the window."""
        if self.asked.days <= _DAYS_BY_DAY:
            return Grain.DAY
        return Grain.WEEK if self.asked.days <= _DAYS_BY_WEEK else Grain.MONTH

    def ask(
        self,
        key: str,
        grain: Grain,
        *,
        start: date | None = None,
        end: date | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Ask a metric over the report's window, or another."""
        asked = insights.question(
            key,
            start=start or self.asked.start,
            end=end or self.asked.end,
            grain=grain,
            timezone=self.log.timezone,
            filters=filters,
        )
        return self.memory.once(asked, lambda: insights.ask(asked, log=self.log, now=self.now))

    def cite(self, answer: Answer) -> int:
        """Return the number of an answer's evidence, adding it to the appendix once."""
        key = repr(answer.question)
        if key not in self._places:
            self.evidence.append(self._evidence(answer))
            self.answers.append(answer)
            self._places[key] = len(self.evidence)
        return self._places[key]

    def title(self, definition: Metric) -> str:
        """Return a metric's title in the report's language."""
        return definition.title.in_language(self.asked.language)

    def figure(self, value: float | str | None, unit: str) -> str:
        """Return a value as the report prints it."""
        return figures.figure(value, unit, language=self.asked.language)

    def change(self, value: float | None, unit: str) -> str:
        """Return a difference with an arrow and its sign."""
        words = figures.change(value, unit, language=self.asked.language)
        return f"{figures.arrow(value)} {words}".strip()

    def cited(self, answer: Answer, value: float | str | None) -> Text:
        """Return a value with the number of its evidence."""
        return Text(self.figure(value, answer.unit), evidence=self.cite(answer))

    def label(self, start: date) -> str:
        """Return the axis label of a trend's point."""
        return figures.point_label(start, self.grain.value, language=self.asked.language)

    def days(self, start: date, end: date) -> str:
        """Return a window in words, its last day included."""
        language = self.asked.language
        first = figures.day(start, language=language)
        last = figures.day(end - timedelta(days=1), language=language)
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    def _evidence(self, answer: Answer) -> Evidence:
        definition = metric(answer.question.key)
        language = self.asked.language
        asked = answer.question
        rows = [
            (_("Metric"), f"{definition.key} · {_('version')} {answer.version}"),
            (_("Question"), definition.question.in_language(language)),
            (_("Definition"), definition.formula.in_language(language)),
            (
                _("Window"),
                f"{self.days(asked.start, asked.end)} · {insights.grain_words(asked.grain)}",
            ),
            (_("Time zone"), asked.timezone),
            (_("Filters"), insights.filter_words(asked.filters)),
            (_("Query"), insights.command(asked)),
            (_("Query's SHA-256"), hashlib.sha256(answer.query.encode()).hexdigest()),
            (_("Data version"), answer.data_version),
        ]
        return Evidence(title=self.title(definition), rows=rows, query=answer.query)
