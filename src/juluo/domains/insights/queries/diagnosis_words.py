"""A diagnosis in words: sentences and tables made of its facts, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.queries.diagnosis import Days, Why
from juluo.domains.insights.queries.diagnosis_names import (
    DIMENSIONS,
    REASONS,
    SLICES,
    VALUES,
    WEAKNESSES,
    WHATS,
)
from juluo.domains.insights.queries.happenings import Told
from juluo.lib import figures

if TYPE_CHECKING:
    from juluo.analytics.diagnosis import Candidate, Cause, ChangePoint, Hands, Part


@dataclass(frozen=True, kw_only=True)
class CandidateShown:
    """Something that happened, and why it may or cannot be the cause."""

    what: str
    words: str
    reason: str
    days: str
    url: str
    is_kept: bool


@dataclass(frozen=True, kw_only=True)
class CauseShown:
    """A slice that moved, in words; ``where`` is a short name of the slice."""

    where: str
    sentence: str
    when: str
    hands: str
    is_weak: bool
    weaknesses: tuple[str, ...]
    kept: tuple[CandidateShown, ...]
    ruled_out: tuple[CandidateShown, ...]


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One group's part of the change; ``mix`` and ``rate`` are set for shares and ratios."""

    label: str
    before: str
    after: str
    change: str
    mix: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class PartTable:
    """The change along one dimension: its rows add up to ``total``."""

    dimension: str
    title: str
    rows: tuple[PartRow, ...]
    total: PartRow
    is_ratio: bool


@dataclass(frozen=True, kw_only=True)
class WhyShown:
    """A diagnosis as pages, reports and answers show it."""

    title: str
    lead: str
    change: str
    is_unusual: bool
    causes: tuple[CauseShown, ...]
    seasonal: tuple[str, ...]
    tables: tuple[PartTable, ...]
    moves: tuple[tuple[str, str], ...]
    hands: tuple[PartRow, ...]
    query: str


def why_shown(found: Why, *, language: str) -> WhyShown:
    """Return a diagnosis in words and tables."""
    writer = _Writer(found, language)
    diagnosis = found.diagnosis
    return WhyShown(
        title=writer.definition.title.in_language(language),
        lead=writer.lead(),
        change=writer.change(),
        is_unusual=diagnosis.expected.is_unusual,
        causes=tuple(writer.cause(each) for each in diagnosis.causes),
        seasonal=tuple(writer.seasonal(each) for each in diagnosis.seasonal),
        tables=tuple(writer.table(each, parts) for each, parts in found.parts.items()),
        moves=writer.moves(),
        hands=writer.hands(),
        query=diagnosis.query,
    )


class _Writer:
    """Puts the facts of one diagnosis into words."""

    def __init__(self, found: Why, language: str) -> None:
        self.found, self.language = found, language
        self.definition = metric(found.diagnosis.question.key)
        self.spaces = {str(pk): name for pk, name in discussions.space_names().items()}

    # Figures

    def figure(self, value: Fraction | float | None) -> str:
        if value is None:
            return figures.NOTHING
        exact = float(value)
        if self.definition.unit not in {"share", "seconds", "ratio", "index", "per day"}:
            exact = round(exact) if abs(exact) >= 10 else round(exact, 1)
        return figures.figure(exact, self.definition.unit, language=self.language)

    def difference(self, value: Fraction | float | None) -> str:
        if value is None:
            return figures.NOTHING
        return figures.change(float(value), self.definition.unit, language=self.language)

    def label(self, dimension: str, value: str) -> str:
        known = VALUES.get((dimension, value))
        if known is not None:
            return str(known)
        if dimension == "space":
            return self.spaces.get(value, _("no space"))
        words = {"unknown": _("unknown"), "other": _("other"), "": _("none")}
        return words.get(value, value)

    def place(self, where: Sequence[tuple[str, str]]) -> str:
        if not where:
            return _("Everywhere")
        names = [str(SLICES.get(each) or self.label(*each)) for each in where]
        words = " · ".join(names)
        return words[:1].upper() + words[1:]

    def days(self, span: Days) -> str:
        return figures.days(*span, language=self.language)

    # Sentences

    def lead(self) -> str:
        expected = self.found.diagnosis.expected
        facts = {
            "metric": self.definition.title.in_language(self.language),
            "actual": self.figure(expected.actual),
            "expected": self.figure(expected.expected),
            "low": self.figure(expected.low),
            "high": self.figure(expected.high),
        }
        return _lead(expected.outcome.value) % facts

    def change(self) -> str:
        found = self.found
        if found.before is None or found.after is None:
            return ""
        facts = {
            "days": self.days(found.against),
            "before": self.figure(found.before),
            "after": self.figure(found.after),
            "change": self.difference(found.after - found.before),
        }
        return _("Against %(days)s: %(before)s → %(after)s (%(change)s).") % facts

    def cause(self, cause: "Cause") -> CauseShown:
        told = [self.candidate(each, self.found.told) for each in cause.candidates]
        return CauseShown(
            where=self.place(cause.where),
            sentence=self.slice(cause),
            when=self.when(cause.change) if cause.change else "",
            hands=self.by_hands(cause.hands) if cause.hands else "",
            is_weak=cause.is_weak,
            weaknesses=tuple(str(WEAKNESSES[each.value]) for each in cause.weaknesses),
            kept=tuple(each for each in told if each.is_kept),
            ruled_out=tuple(each for each in told if not each.is_kept),
        )

    def slice(self, cause: "Cause") -> str:
        """Return how much a slice was, and would have been like the rest."""
        actual, expected = cause.actual, cause.expected
        if cause.whole is not None:
            actual, expected = (each / max(cause.whole, 1e-9) for each in (actual, expected))
        facts = {
            "where": self.place(cause.where),
            "actual": self.figure(actual),
            "expected": self.figure(expected),
            "change": _signed_percent(cause.factor - 1),
        }
        if not cause.where and len(self.found.diagnosis.causes) > 1:
            words = _("All else moved alike: %(actual)s instead of %(expected)s (%(change)s).")
        elif not cause.where:
            words = _("All moved alike: %(actual)s instead of %(expected)s (%(change)s).")
        else:
            words = _(
                "%(where)s: %(actual)s, where %(expected)s would have gone with the rest "
                "(%(change)s)."
            )
        return words % facts

    def seasonal(self, cause: "Cause") -> str:
        words = _("%(where)s moved as it did a year ago: the season, not a cause.")
        return words % {"where": self.place(cause.where)}

    def when(self, change: "ChangePoint") -> str:
        facts = {
            "day": figures.day(change.on, language=self.language),
            "low": figures.day(change.low, language=self.language),
            "high": figures.day(change.high, language=self.language),
        }
        if change.low == change.high:
            return _("It began on %(day)s.") % facts
        return _("It began on %(day)s, or between %(low)s and %(high)s.") % facts

    def by_hands(self, hands: "Hands") -> str:
        """Return whether more members or more by each of them made a slice's change."""
        if abs(hands.by_members) >= abs(hands.by_each):
            words = _(
                "Mostly the number of members: %(now)s instead of %(was)s in the windows before "
                "(%(by_members)s); by what each of them does: %(by_each)s."
            )
            was, now = (self.rough(each) for each in hands.members)
        else:
            words = _(
                "Mostly what each member does: %(now)s instead of %(was)s in the windows before "
                "(%(by_each)s); by the number of members: %(by_members)s."
            )
            was, now = (self.rough(each) for each in hands.each)
        facts = {
            "by_members": self.difference(hands.by_members),
            "by_each": self.difference(hands.by_each),
        }
        return words % (facts | {"was": was, "now": now})

    def rough(self, value: Fraction) -> str:
        """Return a mean with no more digits than tell something."""
        exact = float(value)
        rounded = round(exact) if abs(exact) >= 10 else round(exact, 1)
        return figures.number(rounded)

    def candidate(self, held: "Candidate", told: Mapping[str, Told]) -> CandidateShown:
        each = told[held.happening.key]
        return CandidateShown(
            what=str(WHATS[held.happening.what.value]),
            words=each.words,
            reason=str(REASONS[held.reason.value]),
            days=self.days((held.happening.start, held.happening.end)),
            url=each.url,
            is_kept=held.kept,
        )

    # Tables

    def table(self, dimension: str, parts: "Sequence[Part]") -> PartTable:
        is_ratio = any(each.mix for each in parts) or self.definition.unit in {"share", "ratio"}
        found = self.found
        total = PartRow(
            label=_("Together"),
            before=self.figure(found.before),
            after=self.figure(found.after),
            change=self.difference(sum((each.change for each in parts), Fraction(0))),
            mix=self.difference(sum((each.mix for each in parts), Fraction(0))),
            rate=self.difference(sum((each.rate for each in parts), Fraction(0))),
        )
        return PartTable(
            dimension=dimension,
            title=str(DIMENSIONS[dimension]),
            rows=tuple(self.row(dimension, each) for each in parts),
            total=total,
            is_ratio=is_ratio,
        )

    def row(self, dimension: str, part: "Part") -> PartRow:
        return PartRow(
            label=self.label(dimension, part.group),
            before=self.figure(part.before),
            after=self.figure(part.after),
            change=self.difference(part.change),
            mix=self.difference(part.mix),
            rate=self.difference(part.rate),
        )

    def moves(self) -> tuple[tuple[str, str], ...]:
        """Return who came, came back and went, of active members; they add up to the change."""
        found = self.found.diagnosis.moves
        if not found:
            return ()
        sums = {
            _("new"): sum(each.new for each in found),
            pgettext("members", "back again"): sum(each.resurrected for each in found),
            _("active no more"): -sum(each.lost for each in found),
        }
        told = [(label, self.difference(value)) for label, value in sums.items()]
        return (*told, (_("Together"), self.difference(sum(sums.values()))))

    def hands(self) -> tuple[PartRow, ...]:
        """Return the members and what each does, with their parts of the change, and the sum."""
        found = self.found.hands
        if found is None:
            return ()
        told = [
            (_("Members who did it"), found.members, found.by_members),
            (_("By each of them"), found.each, found.by_each),
        ]
        ends = (self.figure(self.found.before), self.figure(self.found.after))
        rows = [
            self.hand(label, (self.rough(was), self.rough(now)), change)
            for label, (was, now), change in told
        ]
        return (*rows, self.hand(_("Together"), ends, found.change))

    def hand(self, label: str, ends: tuple[str, str], change: Fraction) -> PartRow:
        return PartRow(label=label, before=ends[0], after=ends[1],
                       change=self.difference(change), mix="", rate="")  # fmt: skip


def _signed_percent(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{figures.percent(abs(value))}"


def _lead(outcome: str) -> str:
    """Return the first sentence for what history says of the value."""
    return {
        "usual": _("%(metric)s: %(actual)s. Usual are %(low)s to %(high)s: no change to explain."),
        "explained_by_season": _(
            "%(metric)s: %(actual)s. With the season, %(low)s to %(high)s were to be expected: "
            "no change to explain."
        ),
        "unusual": _(
            "%(metric)s: %(actual)s, where %(low)s to %(high)s were to be expected (most likely "
            "%(expected)s): there is a change to explain."
        ),
        "history_too_short": _(
            "%(metric)s: %(actual)s. History is too short to say what is usual."
        ),
    }[outcome]
