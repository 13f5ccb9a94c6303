"""Every number a document prints, and whether it is a figure of the answer it cites."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from juluo.analytics.question import Answer, Point
from juluo.lib import figures
from juluo.lib.charts.reading import figures_of
from juluo.lib.documents.model import (
    Actions,
    Block,
    Bullets,
    Chart,
    Document,
    Finding,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)

# What the further columns of a point are, where they are not what the metric counts.
_UNITS = {
    "active": "members",
    "newcomers": "members",
    "size": "members",
    "place": "members",
    "answered_1d": "share",
    "received": "reactions",
    "unanswered": "contributions",
    "open": "contributions",
}


@dataclass
class Traced:
    """A document held against its answers: what was looked at, and what is not right."""

    document: Document
    answers: Sequence[Answer]
    # Section and column (or * for all) whose numbers no answer holds, with why.
    exceptions: Mapping[tuple[str, str], str]
    numbers: int = 0
    odd: list[str] = field(default_factory=list)
    # The changes that the newest table of parts prints.
    changes: list[str] = field(default_factory=list)

    def all(self) -> "Traced":
        """Look at everything."""
        for section in self.document.sections:
            for each in (section, *section.parts):
                above: Block | None = None
                for block in each.blocks:
                    self._block(each, block, above)
                    above = block
        return self

    def _block(self, section: Section, block: Block, above: Block | None) -> None:
        if isinstance(block, Table):
            self._table(section, block, above)
        elif isinstance(block, Chart):
            self._chart(section, block)
        elif isinstance(block, KeyFigures):
            for each in block.figures:
                if each.value.evidence is None:
                    self.odd.append(f"{section.key}: {each.title} has no evidence")
        for run in self._traced_runs(section, block):
            self._run(section, run)

    def _traced_runs(self, section: Section, block: Block) -> Iterator[Text]:
        """Yield every run, but for the columns whose numbers no answer holds."""
        if not isinstance(block, Table):
            yield from runs_of(block)
            return
        for row in (*block.rows, block.total):
            for column, cell in zip(block.columns, row, strict=False):
                if not self._is_excepted(section, column.title):
                    yield cell

    def _is_excepted(self, section: Section, title: str) -> bool:
        return bool({(section.key, title), (section.key, "*")} & self.exceptions.keys())

    def _run(self, section: Section, run: Text) -> None:
        """A marked run is a figure, or a sentence that tells one."""
        if run.evidence is None:
            return
        known = self._known(run.evidence)
        if run.words in known:
            self.numbers += 1
        elif (
            is_number(run.words)
            or not is_sentence(run.words)
            or (re.search(r"\d", run.words) and not any(each in run.words for each in known))
        ):
            self._wrong(section, run.words, run.evidence)

    def _known(self, evidence: int) -> set[str]:
        answer = self.answers[evidence - 1]
        return {each for way in ways(answer, self.document.language) for each in way}

    def _wrong(self, section: Section, words: str, evidence: int) -> None:
        key = self.answers[evidence - 1].question.key
        self.odd.append(f"{section.key}: {words!r} is no figure of {key} [{evidence}]")

    # Tables

    def _table(self, section: Section, table: Table, above: Block | None) -> None:
        """A mark at the words just above holds for a table that has no marks of its own."""
        own = [c.evidence for c in table.columns] + [c.evidence for r in table.rows for c in r]
        over = [each.evidence for each in getattr(above, "runs", ())] if not any(own) else []
        if section.key.startswith("moved:"):
            self._parts(section, table)
            return
        for place, column in enumerate(table.columns):
            if not column.numeric or self._is_excepted(section, column.title):
                continue
            cells = [row[place] for row in table.rows]
            evidence = column.evidence or next((each for each in over if each), None)
            if evidence is not None:
                self._column(section, column.title, cells, evidence)
                continue
            for row, cell in zip(table.rows, cells, strict=True):
                self._cell(section, column.title, row, cell)

    def _parts(self, section: Section, table: Table) -> None:
        """The parts of a change: they rest on what they add up to, and the bars below on them."""
        self.changes = [row[3].words for row in table.rows]
        for place, column in enumerate(table.columns):
            if column.evidence is not None:
                self.numbers += 1
                if table.total[place].words not in self._known(column.evidence):
                    self._wrong(section, table.total[place].words, column.evidence)

    def _column(self, section: Section, title: str, cells: list[Text], evidence: int) -> None:
        """All cells under a mark are one figure of points that follow on each other."""
        words = [each.words for each in cells]
        held = list(ways(self.answers[evidence - 1], self.document.language))
        self.numbers += len(words)
        if not any(stands_in(words, way) for way in held):
            self._wrong(section, f"{title}: {words}", evidence)

    def _cell(self, section: Section, title: str, row: Sequence[Text], cell: Text) -> None:
        """A cell without a mark is a further figure of the one answer that its row cites."""
        if cell.evidence is not None or not re.search(r"\d", cell.words):
            return
        cited = [each.evidence for each in row if each.evidence is not None]
        known = {words for each in cited for words in self._known(each)}
        known |= {f"{low} – {high}" for each in cited for low, high in self._bounds(each)}
        known |= self._change(row)
        self.numbers += 1
        if cell.words not in known:
            self.odd.append(f"{section.key}: {cell.words!r} under {title!r} rests on nothing")

    def _bounds(self, evidence: int) -> list[tuple[str, str]]:
        answer = self.answers[evidence - 1]
        return [
            (self._figure(each.low, answer.unit), self._figure(each.high, answer.unit))
            for each in answer.points
        ]

    def _figure(self, value: float | None, unit: str) -> str:
        return figures.figure(value, unit, language=self.document.language)

    def _change(self, row: Sequence[Text]) -> set[str]:
        """Return the differences between the figures that a row cites first and after it."""
        cited = [each for each in row if each.evidence is not None]
        if len(cited) < 2:
            return set()
        first, *others = cited
        answer = self.answers[(first.evidence or 1) - 1]
        nows = [each.value for each in answer.points if self._is(each, first, answer)]
        thens = [
            each.value
            for other in others
            for each in self.answers[(other.evidence or 1) - 1].points
            if self._is(each, other, answer)
        ]
        found = {
            now - then for now in nows for then in thens if now is not None and then is not None
        }
        return {
            f"{figures.arrow(each)} {words}".strip()
            for each in found
            for words in [figures.change(each, answer.unit, language=self.document.language)]
        }

    def _is(self, point: Point, cell: Text, answer: Answer) -> bool:
        return self._figure(point.value, answer.unit) == cell.words

    # Charts

    def _chart(self, section: Section, chart: Chart) -> None:
        drawn = figures_of(chart.option)
        if drawn is None or (section.key, chart.caption) in self.exceptions:
            return
        if not chart.evidence:
            self.odd.append(f"{section.key}: the chart {chart.caption!r} has no evidence")
            return
        for line in drawn.lines:
            self.numbers += len(line.values)
            if section.key.startswith("moved:") and self._bars(chart, line.values) == self.changes:
                continue
            if not any(self._draws(each, line.values) for each in chart.evidence):
                self._wrong(section, f"{chart.caption}: {line.values}", chart.evidence[0])

    def _bars(self, chart: Chart, values: Sequence[float | None]) -> list[str]:
        """Return bars as the table above them prints the changes that they draw."""
        unit = self.answers[chart.evidence[0] - 1].unit
        told = [(each or 0.0) / (100 if unit == "share" else 1) for each in values]
        language = self.document.language
        return [figures.change(each, unit, language=language) for each in told]

    def _draws(self, evidence: int, values: Sequence[float | None]) -> bool:
        told = [each.value for each in self.answers[evidence - 1].points]
        # Who was lost is drawn below the axis; shares are drawn in percent.
        below = [None if each is None else -each for each in told]
        percent = [None if each is None else each * 100 for each in told]
        return list(values) in (told, below, percent)


def ways(answer: Answer, language: str) -> Iterator[list[str]]:
    """Yield each figure that points have, as words, in the order of the points."""

    def words(values: Sequence[float | str | None], unit: str) -> list[str]:
        return [figures.figure(each, unit, language=language) for each in values]

    points = answer.points
    yield from _by_age(answer, language)
    yield words([each.value for each in points], answer.unit)
    yield [figures.NOTHING if e.value is None else f"{e.value * 100:.0f}%" for e in points]
    yield words([each.part for each in points], "contributions")
    yield words([each.whole for each in points], "members")
    yield words([each.sample for each in points], "contributions")
    for low_or_high in ("low", "high"):
        yield words([getattr(each, low_or_high) for each in points], answer.unit)
    for name in dict(points[0].row) if points else ():
        values = [dict(each.row).get(name) for each in points]
        yield words(values, _UNITS.get(name, answer.unit))
        if name == "change":
            yield [_relative(each, language) for each in values]


def _by_age(answer: Answer, language: str) -> Iterator[list[str]]:
    """Yield the sizes of cohorts, and the shares of each age; a cohort too young has none."""
    cohorts: dict[object, dict[object, Point]] = {}
    for each in answer.points:
        if "age" in dict(each.row):
            cohorts.setdefault(each.start, {})[dict(each.row)["age"]] = each
    if cohorts:
        sizes = [next(iter(ages.values())).whole for ages in cohorts.values()]
        yield [figures.figure(size, "members", language=language) for size in sizes]
    for age in {age for ages in cohorts.values() for age in ages}:
        shares = [ages[age].value if age in ages else None for ages in cohorts.values()]
        yield ["" if each is None else f"{each * 100:.0f}%" for each in shares]


def _relative(change: float | str | None, language: str) -> str:
    if not isinstance(change, int | float):
        return "新增" if language == "zh" else "new"
    return f"{change * 100:+.0f}%".replace("-", "−")


def stands_in(words: Sequence[str], way: Sequence[str]) -> bool:
    """Say whether words are a run of a longer list."""
    many = len(words)
    return any(list(way[n : n + many]) == list(words) for n in range(len(way) - many + 1))


def runs_of(block: Block) -> Iterator[Text]:
    """Yield every run of words in a block."""
    if isinstance(block, Paragraph | Note):
        yield from block.runs
    elif isinstance(block, Bullets | Table):
        rows = block.items if isinstance(block, Bullets) else [*block.rows, block.total]
        yield from (run for row in rows for run in row)
    elif isinstance(block, KeyFigures):
        yield from (figure.value for figure in block.figures)
    elif isinstance(block, Finding):
        yield from (*block.what, *block.why)
    elif isinstance(block, Actions):
        yield from (action.what for action in block.actions)


def is_number(words: str) -> bool:
    """Say whether words are a bare figure, with its unit."""
    return bool(re.fullmatch(r"[−+±]?[\d,]+(\.\d+)?( ?%| ?[^\d\s]{1,8})?", words))


def is_sentence(words: str) -> bool:
    """Say whether words are more than one figure."""
    return len(words) > 12
