"""A report's document: as composed, with what people added, and as it was frozen."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.reporting.models import Action, Report, ReportNote, Revision
from juluo.domains.reporting.queries.actions import expected_words
from juluo.domains.reporting.queries.composition import LOCALES
from juluo.domains.reporting.queries.naming import member_name, with_names
from juluo.lib import figures
from juluo.lib.documents.keeping import from_plain
from juluo.lib.documents.model import Action as ActionBlock
from juluo.lib.documents.model import (
    Actions,
    Block,
    Document,
    Finding,
    KeyFigures,
    Note,
    Section,
    Text,
    plain,
)

# What is to be done stands before these, or at the end.
_AFTER_ACTIONS = ("outlook", "method")
_SHORT_DIGEST = 16


def newest_revision(report_id: int) -> Revision | None:
    """Return a report's last content; None if it has none yet."""
    return Revision.objects.filter(report_id=report_id).order_by("-number").first()


def document_of(report_id: int, language: str) -> Document:
    """Return a report as it is read: a draft with its notes of today, else what was frozen.

    :raises Revision.DoesNotExist: if it has no content yet.
    """
    report = Report.objects.select_related("signed_by", "issued_by").get(pk=report_id)
    with translation.override(LOCALES[language]):
        read = _frozen if report.is_frozen else written_document
        document = read(report_id, language)
        return _stamped(with_names(document), report)


def written_document(report_id: int, language: str) -> Document:
    """Return the newest composed content with the notes and actions that stand now.

    :raises Revision.DoesNotExist: if it has no content yet.
    """
    composed = Revision.objects.filter(report_id=report_id, is_final=False)
    document = from_plain(composed.latest("number").documents[language])
    with translation.override(LOCALES[language]):
        sections = [_with_notes(each, report_id, language) for each in document.sections]
        promised = _actions(report_id, language)
        if promised is not None:
            place = next(
                (n for n, each in enumerate(sections) if each.key in _AFTER_ACTIONS), len(sections)
            )
            sections.insert(place, promised)
    return replace(document, sections=sections)


def _frozen(report_id: int, language: str) -> Document:
    final = Revision.objects.filter(report_id=report_id, is_final=True).latest("number")
    return from_plain(final.documents[language])


def _with_notes(section: Section, report_id: int, language: str) -> Section:
    notes = ReportNote.objects.filter(report_id=report_id, anchor=section.key, removed_at=None)
    rows = list(notes.select_related("written_by")) if section.key else []
    if not rows:
        return section
    return replace(section, blocks=[*section.blocks, *(_note(each, language) for each in rows)])


def _note(note: ReportNote, language: str) -> Note:
    names = {note.written_by_id: note.written_by.display_name}
    day = figures.day(insights.local_today(now=note.written_at), language=language)
    return Note(runs=[Text(note.words)], by=member_name(note.written_by_id, names), on=day)


def _actions(report_id: int, language: str) -> Section | None:
    rows = list(Action.objects.filter(report_id=report_id).select_related("owner").order_by("id"))
    if not rows:
        return None
    names = members.names([each.owner_id for each in rows])
    block = Actions(
        caption=_("What will be done"),
        actions=[
            ActionBlock(
                what=Text(each.what),
                owner=member_name(each.owner_id, names),
                due=figures.day(each.due, language=language),
                expected=expected_words(each),
            )
            for each in rows
        ],
    )
    return Section(key="actions", title=_("What we will do"), blocks=[block])


def _stamped(document: Document, report: Report) -> Document:
    """Return a document that says how far it is: a draft, or what was issued, by whom and when."""
    facts, foot = [], _("Draft, not issued")
    if report.issued_at is not None:
        revision = newest_revision(report.pk)
        day = _day(report.issued_at, document.language)
        digest = revision.digest[:_SHORT_DIGEST] if revision else ""
        foot = _("Issued on %(day)s · edition %(edition)d · fingerprint %(digest)s") % {
            "day": day,
            "edition": report.edition,
            "digest": digest,
        }
        facts = [
            (_("Issued"), _("%(day)s by %(name)s") % {"day": day, "name": _name(report.issued_by)}),
            (_("Edition"), str(report.edition)),
            (_("Fingerprint"), digest),
        ]
    if report.signed_at is not None:
        words = _("%(day)s by %(name)s")
        day = _day(report.signed_at, document.language)
        facts.insert(0, (_("Signed off"), words % {"day": day, "name": _name(report.signed_by)}))
    elif report.is_frozen:
        foot = _("Draft, waiting for sign-off")
    return replace(
        document, facts=[*document.facts, *facts], footline=f"{document.footline} · {foot}"
    )


def _name(member: object) -> str:
    return str(getattr(member, "display_name", "") or _("a former member"))


def _day(at: datetime, language: str) -> str:
    return figures.day(insights.local_today(now=at), language=language)


def section_keys(report_id: int) -> set[str]:
    """Return the keys of the sections that notes can stand under."""
    composed = Revision.objects.filter(report_id=report_id, is_final=False)
    document = from_plain(composed.latest("number").documents["en"])
    return {each.key for each in document.sections if each.key}


def found_in(report_id: int) -> dict[str, dict[str, Any]]:
    """Return what a report found, free of language, by key."""
    revision = newest_revision(report_id)
    return {each["key"]: each for each in revision.found["findings"]} if revision else {}


def findings_of(document: Document) -> dict[str, str]:
    """Return what a document found, as titles by key, in the order they are printed."""
    found = {}
    for block in _blocks(document):
        if isinstance(block, Finding) and block.key:
            found[block.key] = block.title
    return found


def summary_lines(document: Document) -> list[str]:
    """Return the key figures of a document as lines of plain words, for a mail."""
    lines = []
    for block in _blocks(document):
        if isinstance(block, KeyFigures):
            for each in block.figures:
                value = each.value.words
                change = f" ({each.change})" if each.change else ""
                lines.append(f"{each.title}: {value}{change}")
            break
    return lines or [plain(each) for each in _first_paragraphs(document)]


def _first_paragraphs(document: Document) -> list[list[Text]]:
    runs = [list(getattr(block, "runs", [])) for block in _blocks(document)]
    return [each for each in runs if each][:1]


def _blocks(document: Document) -> list[Block]:
    found: list[Block] = []
    for section in document.sections:
        found += [*section.blocks, *(block for part in section.parts for block in part.blocks)]
    return found
