"""Bring in talk from elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Answer, Comment, Post, Reaction, Space
from juluo.domains.discussions.services.tagging import keep_tags
from juluo.domains.discussions.types import (
    MarkedSubject,
    OutsideAcceptance,
    OutsideMark,
    OutsideSpace,
    OutsideTalk,
)
from juluo.eventlog.recording import Happening, record_many
from juluo.events.base import Event, reference
from juluo.events.discussions import (
    AnswerAccepted,
    AnswerGiven,
    CommentWritten,
    PostPublished,
    QuestionAsked,
    Reacted,
    SpaceOpened,
)
from juluo.lib.language import guess_language
from juluo.lib.outside_keys import outside_key


@dataclass(frozen=True, slots=True)
class _Known:
    """A piece of talk that is here: its reference, opening, author and moment."""

    kind: str
    pk: int
    opening: int
    author_id: int | None
    at: datetime

    @property
    def subject(self) -> str:
        return reference(self.kind, self.pk)


@transaction.atomic
def bring_in_spaces(*, source: str, spaces: Sequence[OutsideSpace]) -> int:
    """Open the spaces from elsewhere that are not here yet; return how many are new."""
    known = set(
        Space.objects.filter(
            source=source, outside_id__in=[each.outside_id for each in spaces]
        ).values_list("outside_id", flat=True)
    )
    fresh = Space.objects.bulk_create(
        Space(
            name=each.name[:150],
            about=each.about,
            source=source,
            outside_id=each.outside_id,
            opened_at=each.opened_at,
            archived_at=each.archived_at,
        )
        for each in spaces
        if each.outside_id not in known
    )
    record_many(
        Happening(
            event=SpaceOpened(space_id=space.pk),
            at=space.opened_at,
            key=outside_key(source, "space", space.outside_id),
            source=source,
        )
        for space in fresh
    )
    return len(fresh)


@transaction.atomic
def bring_in_talk(
    *, source: str, talk: Sequence[OutsideTalk], acceptances: Sequence[OutsideAcceptance] = ()
) -> int:
    """Store talk from elsewhere with its marks and events; return how many pieces are new.

    What is here already is left as it is. Whatever stands under an opening that nobody brought
    gets an empty opening without an author, which the real one fills when it comes.
    """
    known = _known(source, talk, acceptances)
    waiting = [each for each in talk if _is_new(each, known)]
    new = list(waiting)
    _store_openings(source, [t for t in waiting if t.kind in ("post", "question")], known)
    _open_missing_threads(source, waiting, known)
    _store_answers(source, [t for t in waiting if t.kind == "answer"], known)
    waiting = [t for t in waiting if t.kind == "comment"]
    while waiting:
        ids = {t.outside_id for t in waiting}
        # A comment waits for the one it points at; a circle of comments waits for nobody.
        ready = [t for t in waiting if t.parent not in ids] or waiting
        _store_comments(source, ready, known)
        waiting = [t for t in waiting if t.outside_id not in known]
    record_many(_happenings(source, new, known))
    record_marks(source=source, subjects=[_marked(t, known[t.outside_id]) for t in new if t.marks])
    _count_replies({known[t.outside_id].opening for t in new})
    _accept(source, acceptances, known)
    return len(new)


def _is_new(each: OutsideTalk, known: dict[str, _Known]) -> bool:
    here = known.get(each.outside_id)
    return here is None or (here.kind == "post" and _is_empty(here) and each.author_id is not None)


def _is_empty(here: _Known) -> bool:
    return here.author_id is None and Post.objects.filter(pk=here.pk, body="").exists()


def _known(
    source: str, talk: Sequence[OutsideTalk], acceptances: Sequence[OutsideAcceptance]
) -> dict[str, _Known]:
    wanted = {t.outside_id for t in talk} | {t.thread for t in talk} | {t.parent for t in talk}
    wanted |= {a.question for a in acceptances} | {a.answer for a in acceptances}
    ids = [each for each in wanted if each]
    found: dict[str, _Known] = {}
    plans: list[tuple[str, type[Post | Answer | Comment], str]] = [
        ("post", Post, "pk"),
        ("answer", Answer, "question_id"),
        ("comment", Comment, "post_id"),
    ]
    for kind, model, opening in plans:
        rows = model.objects.filter(source=source, outside_id__in=ids).values_list(
            "outside_id", "pk", opening, "author_id", "published_at"
        )
        found.update({row[0]: _Known(kind, *row[1:]) for row in rows})
    return found


def _shared(source: str, each: OutsideTalk) -> dict[str, object]:
    counts = counted(each.marks)
    return {
        "author_id": each.author_id,
        "body": each.body,
        "body_format": each.body_format,
        "published_at": each.published_at,
        "edited_at": each.edited_at,
        "source": source,
        "outside_id": each.outside_id,
        "reaction_counts": counts,
        "votes": rules.votes(counts),
    }


def counted(marks: Sequence[OutsideMark]) -> dict[str, int]:
    """Return how many marks there are of each emoji."""
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark.emoji] = counts.get(mark.emoji, 0) + mark.count
    return counts


def _store_openings(source: str, openings: Sequence[OutsideTalk], known: dict[str, _Known]) -> None:
    rows = [
        Post(
            space_id=each.space_id,
            kind=each.kind,
            title=each.title[:300],
            tags=list(each.tags),
            closed_at=each.closed_at,
            **_shared(source, each),
        )
        for each in openings
    ]
    empty = [(row, known[row.outside_id]) for row in rows if row.outside_id in known]
    for row, here in empty:
        row.pk = here.pk
        row.save(force_update=True)
    Post.objects.bulk_create([row for row in rows if row.pk is None])
    keep_tags(rows)
    known.update({row.outside_id: _of_post(row) for row in rows})


def _of_post(row: Post) -> _Known:
    return _Known("post", row.pk, row.pk, row.author_id, row.published_at)


def _open_missing_threads(
    source: str, talk: Sequence[OutsideTalk], known: dict[str, _Known]
) -> None:
    coming = {t.outside_id for t in talk}
    missing = {
        t.thread: t
        for t in reversed(talk)
        if t.thread and t.thread not in known | dict.fromkeys(coming)
    }
    rows = Post.objects.bulk_create(
        Post(
            space_id=first.space_id,
            kind="question" if first.kind == "answer" else "post",
            title=first.title[:300],
            published_at=first.published_at,
            source=source,
            outside_id=thread,
        )
        for thread, first in sorted(missing.items())
    )
    known.update({row.outside_id: _of_post(row) for row in rows})


def _store_answers(source: str, answers: Sequence[OutsideTalk], known: dict[str, _Known]) -> None:
    rows = Answer.objects.bulk_create(
        Answer(question_id=known[str(each.thread)].opening, **_shared(source, each))
        for each in answers
    )
    for row in rows:
        known[row.outside_id] = _Known(
            "answer", row.pk, row.question_id, row.author_id, row.published_at
        )


def _store_comments(source: str, comments: Sequence[OutsideTalk], known: dict[str, _Known]) -> None:
    rows = Comment.objects.bulk_create(_comment(source, each, known) for each in comments)
    for row in rows:
        known[row.outside_id] = _Known(
            "comment", row.pk, row.post_id, row.author_id, row.published_at
        )


def _comment(source: str, each: OutsideTalk, known: dict[str, _Known]) -> Comment:
    target = known.get(each.parent or "")
    return Comment(
        post_id=known[str(each.thread)].opening,
        answer_id=target.pk if target and target.kind == "answer" else None,
        parent_id=target.pk if target and target.kind == "comment" else None,
        answers_opening=bool(target and target.kind == "post"),
        **_shared(source, each),
    )


def _happenings(
    source: str, talk: Sequence[OutsideTalk], known: dict[str, _Known]
) -> Iterator[Happening]:
    authors = {each.pk: each.author_id for each in known.values() if each.kind == "post"}
    missing = {known[t.outside_id].opening for t in talk} - set(authors)
    authors |= dict(Post.objects.filter(pk__in=missing).values_list("pk", "author_id"))
    for each in talk:
        yield Happening(
            event=_event(each, known, authors),
            at=each.published_at,
            actor_id=each.author_id,
            key=outside_key(source, each.kind, each.outside_id),
            source=source,
        )


def _event(each: OutsideTalk, known: dict[str, _Known], authors: dict[int, int | None]) -> Event:
    here = known[each.outside_id]
    thread = reference("post", here.opening)
    language = guess_language(f"{each.title} {each.body}")
    if each.kind in ("post", "question"):
        published = QuestionAsked if each.kind == "question" else PostPublished
        return published(
            subject_id=here.subject, thread_id=thread, space_id=each.space_id, language=language
        )
    target = known.get(each.parent or "")
    recipient = target.author_id if target else None
    if recipient is None:
        recipient = authors.get(here.opening)
    if each.kind == "answer":
        return AnswerGiven(
            subject_id=here.subject,
            thread_id=thread,
            parent_id=thread,
            space_id=each.space_id,
            recipient_id=recipient,
            language=language,
        )
    return CommentWritten(
        subject_id=here.subject,
        thread_id=thread,
        parent_id=target.subject if target else None,
        space_id=each.space_id,
        recipient_id=recipient,
        language=language,
    )


def _marked(each: OutsideTalk, here: _Known) -> MarkedSubject:
    return MarkedSubject(
        subject=here.subject,
        outside_id=each.outside_id,
        space_id=each.space_id,
        author_id=each.author_id,
        published_at=each.published_at,
        marks=each.marks,
    )


@transaction.atomic
def record_marks(*, source: str, subjects: Sequence[MarkedSubject]) -> None:
    """Store the marks of messages brought in: a row for each known person, and the events."""
    rows, happenings = [], []
    for each in subjects:
        for mark in each.marks:
            at = mark.at or each.published_at
            for outside_id, member_id in mark.members:
                rows.append(
                    Reaction(subject=each.subject, member_id=member_id, emoji=mark.emoji, at=at)
                )
                happenings.append(_reacted(source, each, mark, at, (outside_id, member_id)))
            if mark.count > len(mark.members):
                happenings.append(_reacted(source, each, mark, at, None))
    Reaction.objects.bulk_create(rows, ignore_conflicts=True)
    record_many(happenings)


def _reacted(
    source: str,
    on: MarkedSubject,
    mark: OutsideMark,
    at: datetime,
    person: tuple[str, int] | None,
) -> Happening:
    who = person[0] if person else f"count {mark.at:%Y-%m-%d}" if mark.at else "count"
    return Happening(
        event=Reacted(
            subject_id=on.subject,
            space_id=on.space_id,
            recipient_id=on.author_id,
            value=1 if person else mark.count - len(mark.members),
            emoji=mark.emoji,
            dated=mark.at is not None,
        ),
        at=at,
        actor_id=person[1] if person else None,
        key=outside_key(source, "reacted", on.outside_id, mark.emoji, who),
        source=source,
    )


def _count_replies(openings: set[int]) -> None:
    """Count the answers and comments of these openings anew, and find the newest."""

    def under(model: type[Answer | Comment], column: str, told: Count | Max) -> Subquery:
        rows = model.objects.filter(**{column: OuterRef("pk")}, deleted_at=None)
        rows = rows.order_by().values(column)
        return Subquery(rows.annotate(told=told).values("told"))

    def how_many(model: type[Answer | Comment], column: str) -> Coalesce:
        return Coalesce(under(model, column, Count("pk")), 0)

    answers = under(Answer, "question", Max("published_at"))
    comments = under(Comment, "post", Max("published_at"))
    Post.objects.filter(pk__in=openings).update(
        answer_count=how_many(Answer, "question"),
        comment_count=how_many(Comment, "post"),
        last_reply_at=Greatest(Coalesce(answers, comments), Coalesce(comments, answers)),
    )


def _accept(
    source: str, acceptances: Sequence[OutsideAcceptance], known: dict[str, _Known]
) -> None:
    happenings = []
    for each in acceptances:
        question, answer = known.get(each.question), known.get(each.answer)
        if question is None or answer is None or answer.kind != "answer":
            continue
        changed = Post.objects.filter(pk=question.pk, accepted_answer=None).update(
            accepted_answer=answer.pk
        )
        if not changed:
            continue
        event = AnswerAccepted(
            subject_id=answer.subject,
            thread_id=question.subject,
            space_id=Post.objects.values_list("space_id", flat=True).get(pk=question.pk),
            recipient_id=answer.author_id,
        )
        happenings.append(
            Happening(
                event=event,
                at=max(each.at or answer.at, answer.at),
                actor_id=question.author_id,
                key=outside_key(source, "accepted", each.answer),
                source=source,
            )
        )
    record_many(happenings)
