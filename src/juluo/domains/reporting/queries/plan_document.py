"""A plan as a document: every section with its words and what stands under it, from one source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.domains.insights import queries as insights
from juluo.domains.members.permissions import Viewer
from juluo.domains.planning import queries as planning
from juluo.domains.planning.queries import FrozenPart
from juluo.domains.reporting.queries.brand import brand
from juluo.domains.reporting.queries.plan_goals import Cited, days, goals_now, goals_table
from juluo.domains.reporting.queries.plan_parts import amount_of, part_blocks
from juluo.lib import figures
from juluo.lib.documents import from_markdown
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)

_LANGUAGES = {"zh": "zh-hans", "en": "en"}
# Parts that stand somewhere else than under a heading of their own.
_PLACED = {"plan", "sections"}


def plan_document(
    plan_id: int,
    *,
    language: str,
    now: datetime,
    viewer: Viewer | None = None,
    version: int | None = None,
) -> Document | None:
    """Return a plan, or one of its frozen versions, as a document; None if there is none.

    :param viewer: leaves out what they may not see, and says so; None may see everything.
    """
    with translation.override(_LANGUAGES[language]):
        made = _Plan.found(plan_id, version, viewer, language=language, now=now)
        return made.document() if made else None


@dataclass
class _Plan:
    """One plan while its document is written."""

    page: planning.PlanPage
    frozen: planning.VersionRow | None
    parts: Mapping[str, FrozenPart]
    hidden: list[str]
    cited: Cited
    language: str
    now: datetime

    @classmethod
    def found(
        cls,
        plan_id: int,
        version: int | None,
        viewer: Viewer | None,
        *,
        language: str,
        now: datetime,
    ) -> "_Plan | None":
        words = _LANGUAGES[language]
        page = planning.plan_page(plan_id, today=insights.local_today(now=now), language=words)
        if page is None:
            return None
        if version is None:
            row, parts = None, planning.parts_now(plan_id, viewer=viewer, language=words)
        else:
            known = {each.number: each for each in planning.versions_of(plan_id)}
            found = planning.frozen(plan_id, version, viewer=viewer, language=words)
            row = known.get(version)
            if found is None or row is None:
                return None
            parts = found
        return cls(
            page=page,
            frozen=row,
            parts={each.part.key: each for each in parts},
            hidden=_hidden(viewer),
            # What a version promised rests on no state of the data but its baseline's.
            cited=Cited(data_version="" if row else insights.current_log().data_version),
            language=language,
            now=now,
        )

    def document(self) -> Document:
        card = self.page.card
        frame = self.parts["plan"].entries[0]
        first, last = (date.fromisoformat(str(frame.raw[each])) for each in ("first", "last"))
        sections = [each for each in self._sections() if not each.is_empty]
        return Document(
            title=frame.title,
            subtitle=f"{frame.words.get('kind', card.kind_label)} · {days(first, last)}",
            language=self.language,
            facts=self._facts(),
            sections=[self._summary(sections), *sections],
            appendix_title=_("Appendix: the evidence for each number"),
            data_version=self.cited.data_version,
            evidence=self.cited.evidence,
            brand=brand(),
            footline=self._footline(),
        )

    def _facts(self) -> list[tuple[str, str]]:
        frame = self.parts["plan"].entries[0]
        facts = [(pgettext("plan", "State"), self._state())]
        if self.frozen and self.frozen.decision:
            decided = f"{self.frozen.decision_label}{_(': ')}{self.frozen.decided_by}"
            at = self.frozen.decided_at
            facts.append((_("Sign-off"), f"{decided}, {self._day(at)}" if at else decided))
        facts += [
            (str(self.parts["plan"].part.labels[key]), frame.words[key])
            for key in ("owner", "parent", "positioning")
            if frame.words.get(key)
        ]
        facts.append((_("Data as of"), self._day(self.frozen.made_at if self.frozen else self.now)))
        if not self.frozen:
            facts.append((_("Data version"), self.cited.data_version))
        return facts

    def _state(self) -> str:
        if self.frozen is None:
            # Outside of the f-string, where the words are found to be translated.
            now = _("as it is now")
            return f"{self.page.card.status_label} · {now}"
        words = _("Version %(number)s, frozen on %(day)s by %(name)s")
        day, name = self._day(self.frozen.made_at), self.frozen.made_by
        return words % {"number": self.frozen.number, "day": day, "name": name}

    def _footline(self) -> str:
        title = self.parts["plan"].entries[0].title
        if self.frozen is None:
            draft = _("Draft of %s") % self._day(self.now)
            return f"{title} · {draft}"
        words = _("Version %(number)s · frozen on %(day)s")
        told = {"number": self.frozen.number, "day": self._day(self.frozen.made_at)}
        return f"{title} · {words % told}"

    def _day(self, at: datetime) -> str:
        return figures.day(timezone.localtime(at).date(), language=self.language)

    def _summary(self, sections: list[Section]) -> Section:
        """Say the plan in a few figures, and what this document leaves out."""
        counted = [
            (label, str(count))
            for key, label, start in (
                ("goals", _("Goals"), "goal:"),
                ("strategies", _("Strategies"), ""),
                ("schedule", _("Milestones"), "milestone:"),
                ("schedule", _("Tasks"), "task:"),
                ("risks", _("Risks"), ""),
            )
            if (count := self._count(key, start))
        ]
        counted += [
            (self.parts[key].label, whole)
            for key in ("budget", "financing")
            if key in self.parts and (whole := amount_of(self.parts[key].entries))
        ]
        blocks = self._left_out(sections)
        if counted:
            cards = [KeyFigure(title=title, value=Text(value)) for title, value in counted]
            blocks.append(KeyFigures(cards))
        return Section(title=_("Summary"), blocks=blocks)

    def _count(self, key: str, start: str) -> int:
        part = self.parts.get(key)
        return sum(each.ref.startswith(start) for each in part.entries) if part else 0

    def _left_out(self, sections: list[Section]) -> list[Block]:
        blocks: list[Block] = []
        comma = pgettext("list", ", ")
        if self.hidden:
            words = _("Left out, because it is not for everybody who works on the plan: %s.")
            blocks.append(Note(runs=[Text(words % comma.join(self.hidden))]))
        printed = {section.title for section in sections}
        missing = [each.title for each in self.page.sections if each.title not in printed]
        if missing:
            words = ngettext(
                "%(count)s section has no words yet: %(titles)s.",
                "%(count)s sections have no words yet: %(titles)s.",
                len(missing),
            )
            told = words % {"count": len(missing), "titles": comma.join(missing)}
            blocks.append(Paragraph([Text(told)]))
        return blocks

    def _sections(self) -> list[Section]:
        texts = {}
        if "sections" in self.parts:
            entries = self.parts["sections"].entries
            texts = {each.ref.partition(":")[2]: each.words.get("text", "") for each in entries}
        made = [
            Section(
                title=each.title,
                blocks=[
                    *from_markdown.blocks(texts.get(each.key, ""), caption=each.title),
                    *self._under(each),
                ],
                parts=self._goals() if each.key == "goals" else (),
            )
            for each in self.page.sections
        ]
        shown = {each.live for each in self.page.sections} | _PLACED
        rest = [
            Section(title=part.label, blocks=part_blocks(part))
            for key, part in self.parts.items()
            if key not in shown
        ]
        return [*made, *rest]

    def _under(self, section: planning.SectionShown) -> list[Block]:
        """Return what stands under a section's words."""
        if section.key == "positioning":
            return self._positioning()
        part = self.parts.get(section.live)
        if part is None:
            return []
        if section.key in ("market", "competitors"):
            ours = section.key == "competitors"
            seen = [each for each in part.entries if (each.raw.get("kind") == "competitor") == ours]
            return part_blocks(part, caption=section.title, entries=seen)
        if section.key == "resources":
            columns = ("owner", "minutes", "material")
            return part_blocks(part, caption=section.title, columns=columns)
        drawn = {
            "baseline": self._baseline,
            "goals": lambda each: goals_table(each, self.cited),
            "schedule": _schedule,
        }
        return drawn.get(section.key, part_blocks)(part)

    def _goals(self) -> list[Section]:
        """Return how each goal stands; a frozen version says only what it promised."""
        if self.frozen or "goals" not in self.parts:
            return []
        return goals_now(self.parts["goals"], self.cited, now=self.now)

    def _baseline(self, part: FrozenPart) -> list[Block]:
        """Return the newest of the plan's frozen figures, which nobody can change afterwards."""
        refs = {entry.ref for entry in part.entries}
        rows = planning.baselines_of(self.page.card.id, language=_LANGUAGES[self.language])
        taken = next((each for each in rows if f"baseline:{each.id}" in refs), None)
        if taken is None:
            return []
        window = days(taken.first, taken.last)
        columns = [
            Column(title=_("Metric"), share=2.6),
            Column(title=_("Value"), numeric=True, share=1.4),
            Column(title=_("A year before"), numeric=True, share=1.4),
            Column(title=pgettext("difference", "Change"), numeric=True, share=1.4),
        ]
        cells = [
            [
                Text(each.title),
                Text(each.value, self._cite(each.key, taken)),
                Text(each.before),
                Text(each.change),
            ]
            for each in taken.figures
        ]
        if all(row[2].words == figures.NOTHING for row in cells):
            # There was no community a year before: dashes would say nothing.
            columns, cells = columns[:2], [row[:2] for row in cells]
        return [Table(caption=_("Where we stand, %s") % window, columns=columns, rows=cells)]

    def _cite(self, key: str, taken: planning.BaselineShown) -> int | None:
        version = taken.data_version
        return self.cited.cite(key, first=taken.first, last=taken.last, version=version)

    def _positioning(self) -> list[Block]:
        number = self.parts["plan"].entries[0].raw.get("positioning")
        stated = next((each for each in planning.positionings() if each.number == number), None)
        if stated is None:
            return []
        told = (
            (pgettext("positioning", "Value"), stated.value),
            (_("Audience"), stated.audience),
            (_("Tone"), stated.tone),
        )
        return [
            Bullets(
                [
                    [Text(f"{name}{_(': ')}", strong=True), Text(" ".join(said.split()))]
                    for name, said in told
                    if said
                ]
            )
        ]


def _hidden(viewer: Viewer | None) -> list[str]:
    """Return the labels of the parts that this viewer may not see."""
    seen = {part.key for part in planning.plan_parts(viewer)}
    return [str(part.label) for part in planning.plan_parts() if part.key not in seen]


def _schedule(part: FrozenPart) -> list[Block]:
    """Return phases, milestones and tasks as tables of their own."""
    blocks: list[Block] = []
    kinds = (
        ("phase:", _("Phases"), ("first", "last")),
        ("milestone:", _("Milestones"), ("due", "owner")),
        ("task:", _("Tasks"), ("start", "due", "owner", "minutes")),
    )
    for start, caption, columns in kinds:
        entries = [each for each in part.entries if each.ref.startswith(start)]
        blocks += part_blocks(part, caption=caption, columns=columns, entries=entries)
    return blocks
