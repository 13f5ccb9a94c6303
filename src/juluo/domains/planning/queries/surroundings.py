"""What the community stands for, and what was seen around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise

from juluo.domains.members import queries as members
from juluo.domains.planning.models import Plan, Positioning, WatchNote


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Something that rests on a version of the positioning."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PositioningShown:
    """One version of the positioning, and what refers to it."""

    id: int
    number: int
    value: str
    audience: str
    tone: str
    reason: str
    stated_by: str
    stated_at: datetime
    references: tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """A second look at a note."""

    verdict: str
    verdict_label: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteShown:
    """An observation as a page shows it."""

    id: int
    kind: str
    kind_label: str
    about: str
    statement: str
    meaning: str
    evidence_url: str
    observed_on: date
    review_on: date
    is_due: bool
    author_id: int
    author: str
    written_at: datetime
    withdrawn_at: datetime | None
    plans: tuple[tuple[int, str], ...]
    reviews: tuple[Review, ...]


ReferencesTo = Callable[[Iterable[int]], dict[int, list[Reference]]]
_REFERENCES: list[ReferencesTo] = []


def register_positioning_references(find: ReferencesTo) -> None:
    """Let a part of the product say what of it rests on which positioning (ids to references)."""
    if find not in _REFERENCES:
        _REFERENCES.append(find)


@dataclass(frozen=True, kw_only=True)
class NoteAction:
    """A link beside an observation."""

    label: str | Promise
    icon: str
    url: str


NoteActionFor = Callable[[int], NoteAction]
_NOTE_ACTIONS: list[NoteActionFor] = []


def register_note_action(action: NoteActionFor) -> None:
    """Offer something to do about an observation, by its id; called from ``apps.ready()``."""
    if action not in _NOTE_ACTIONS:
        _NOTE_ACTIONS.append(action)


def note_actions(note_id: int) -> list[NoteAction]:
    """Return what those who plan can do about an observation."""
    return [action(note_id) for action in _NOTE_ACTIONS]


def plans_resting_on(positioning_ids: Iterable[int]) -> dict[int, list[Reference]]:
    """Return the plans that were written under each version of the positioning."""
    rows = Plan.objects.filter(positioning__in=list(positioning_ids)).order_by("-start", "-id")
    found: dict[int, list[Reference]] = {}
    for row in rows:
        if row.positioning_id is None:
            continue
        url = reverse("planning:plan", args=[row.pk])
        reference = Reference(kind=row.get_kind_display(), title=row.title, url=url)
        found.setdefault(row.positioning_id, []).append(reference)
    return found


def positionings() -> list[PositioningShown]:
    """Return every version of the positioning, newest first, with what refers to it."""
    rows = list(Positioning.objects.order_by("-number"))
    names = members.names({row.stated_by_id for row in rows})
    ids = [row.pk for row in rows]
    referring = [find(ids) for find in _REFERENCES]
    return [
        PositioningShown(
            id=row.pk,
            number=row.number,
            value=row.value,
            audience=row.audience,
            tone=row.tone,
            reason=row.reason,
            stated_by=names.get(row.stated_by_id, ""),
            stated_at=row.stated_at,
            references=tuple(each for found in referring for each in found.get(row.pk, ())),
        )
        for row in rows
    ]


def notes(
    *,
    today: date,
    kind: str = "",
    plan_id: int | None = None,
    due_only: bool = False,
    note_id: int | None = None,
) -> list[NoteShown]:
    """Return observations, newest first: of a kind, of a plan, or those to look at again."""
    rows = WatchNote.objects.order_by("-observed_on", "-id").prefetch_related("plans", "reviews")
    rows = rows.filter(withdrawn_at=None) if note_id is None else rows.filter(pk=note_id)
    if kind:
        rows = rows.filter(kind=kind)
    if plan_id is not None:
        rows = rows.filter(plans=plan_id)
    if due_only:
        rows = rows.filter(review_on__lte=today)
    found = list(rows)
    ids = {row.author_id for row in found}
    ids |= {review.reviewed_by_id for row in found for review in row.reviews.all()}
    names = members.names(ids)
    return [_note(row, names, today) for row in found]


def notes_due(*, today: date) -> int:
    """Return how many observations are to be looked at again."""
    return WatchNote.objects.filter(withdrawn_at=None, review_on__lte=today).count()


def note_choices(plan_id: int) -> list[tuple[str, str]]:
    """Return ``(reference, words)`` of the observations, newest first, as evidence."""
    _ = plan_id
    rows = WatchNote.objects.filter(withdrawn_at=None).order_by("-observed_on", "-id")[:50]
    return [(f"watch:{row.pk}", _note_words(row)) for row in rows]


def note_words(refs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return ``{reference: (words, address)}`` of observations named as evidence."""
    ids = [int(number) for ref in refs if (number := ref.partition(":")[2]).isdecimal()]
    return {
        f"watch:{row.pk}": (_note_words(row), reverse("planning:note", args=[row.pk]))
        for row in WatchNote.objects.filter(pk__in=ids)
    }


def _note_words(row: WatchNote) -> str:
    return f"{row.about} · {row.observed_on.isoformat()}"


def _note(row: WatchNote, names: dict[int, str], today: date) -> NoteShown:
    reviews = sorted(row.reviews.all(), key=lambda each: each.reviewed_at, reverse=True)
    return NoteShown(
        id=row.pk,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        about=row.about,
        statement=row.statement,
        meaning=row.meaning,
        evidence_url=row.evidence_url,
        observed_on=row.observed_on,
        review_on=row.review_on,
        is_due=row.withdrawn_at is None and row.review_on <= today,
        author_id=row.author_id,
        author=names.get(row.author_id, ""),
        written_at=row.written_at,
        withdrawn_at=row.withdrawn_at,
        plans=tuple((plan.pk, plan.title) for plan in row.plans.all()),
        reviews=tuple(
            Review(
                verdict=each.verdict,
                verdict_label=each.get_verdict_display(),
                words=each.words,
                by=names.get(each.reviewed_by_id, ""),
                at=each.reviewed_at,
            )
            for each in reviews
        ),
    )
