"""The fixed words of every face, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from juluo.lib.documents.model import Action, Actions, Column, Note, Table, Text, Tone

# Office takes no longer title of a file.
LONGEST_PROPERTY = 255


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a face says of its own accord."""

    contents: str
    skip: str
    figure: str
    table: str
    colon: str
    chart_data: str
    label: str
    why: str
    note: str
    evidence: str
    total: str
    continued: str
    page: str
    good: str
    bad: str
    neutral: str
    actions: tuple[str, str, str, str, str]

    def tone(self, tone: Tone) -> str:
        """Return a tone as a sign and a word."""
        return {Tone.GOOD: f"▲ {self.good}", Tone.BAD: f"▼ {self.bad}"}.get(
            tone, f"● {self.neutral}"
        )


_ALL = {
    "en": Words(
        contents="Contents",
        skip="Skip to the text",
        figure="Figure",
        table="Table",
        colon=": ",
        chart_data="The figures of this chart",
        label="Point",
        why="Why, and how sure",
        note="Note",
        evidence="Evidence",
        total="Total",
        continued="continued",
        page="Page {} of {}",
        good="Good",
        bad="Needs attention",
        neutral="Observation",
        actions=("Action", "Owner", "Until", "Expected", "State"),
    ),
    "zh": Words(
        contents="目录",
        skip="跳到正文",
        figure="图",
        table="表",
        colon="：",
        chart_data="图中数据",
        label="时点",
        why="原因与把握",
        note="批注",
        evidence="依据",
        total="合计",
        continued="续",
        page="第 {} 页，共 {} 页",
        good="良好",
        bad="需要关注",
        neutral="观察",
        actions=("改进措施", "负责人", "截止", "预期效果", "状态"),
    ),
}


def words(language: str) -> Words:
    """Return the words for ``zh`` or ``en``."""
    return _ALL["zh" if language.startswith("zh") else "en"]


def tag(language: str) -> str:
    """Return the language as HTML and Office name it."""
    return "zh-Hans" if language.startswith("zh") else "en"


def signed(note: Note, language: str) -> str:
    """Return who wrote a note, and when."""
    said = words(language)
    return said.colon.join(
        [said.note, " · ".join(each for each in (note.by.words, note.on) if each)]
    )


def actions_table(block: Actions, language: str) -> Table:
    """Return actions as the table every face prints; columns that nobody filled are left out."""
    titles = words(language).actions
    cells: list[Sequence[Text]] = [_cells(each) for each in block.actions]
    kept = [n for n in range(len(titles)) if n == 0 or any(row[n].words for row in cells)]
    shares = (3.0, 1.2, 1.2, 1.8, 1.0)
    return Table(
        caption=block.caption,
        columns=[Column(title=titles[n], share=shares[n]) for n in kept],
        rows=[[row[n] for n in kept] for row in cells],
    )


def _cells(action: Action) -> Sequence[Text]:
    return [action.what, action.owner, *map(Text, (action.due, action.expected, action.state))]
