"""Write posts, questions, answers and comments."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Answer, Comment, Contribution, Post
from juluo.domains.discussions.rules import Standing
from juluo.domains.discussions.services import reading, telling
from juluo.domains.discussions.services.entering import (
    NotAllowed,
    NotThere,
    ThreadIsClosed,
    Unwritable,
    readable_standing,
    readable_thread,
    ready_to_write,
    someone,
    subject_of,
    tags_of,
    text_of,
)
from juluo.domains.discussions.services.tagging import keep_tags
from juluo.domains.members.types import Member
from juluo.eventlog.recording import NATIVE, record
from juluo.events.base import reference
from juluo.events.discussions import AnswerGiven, CommentWritten, PostPublished, QuestionAsked
from juluo.lib.language import guess_language

PieceT = TypeVar("PieceT", Post, Answer, Comment)


@transaction.atomic
def publish_post(
    *,
    space_id: int,
    author_id: int,
    title: str,
    body: str,
    at: datetime,
    tags: tuple[str, ...] = (),
    once: str = "",
) -> Post:
    """Publish a post in a space. Sent again under the same ``once``, it stays one.

    :raises NotThere: if there is no such space that they may read.
    :raises NotAllowed: if they may not post there.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    :raises TooFast: if they wrote too much lately.
    :raises Unwritable: if a text says nothing or is too long.
    """
    words = {"title": title, "body": body, "tags": tags}
    return _open(Post.Kind.POST, space_id, author_id, words, at, once)


@transaction.atomic
def ask_question(
    *,
    space_id: int,
    author_id: int,
    title: str,
    body: str,
    at: datetime,
    tags: tuple[str, ...] = (),
    once: str = "",
) -> Post:
    """Ask a question in a space; refuses as :func:`publish_post` does."""
    words = {"title": title, "body": body, "tags": tags}
    return _open(Post.Kind.QUESTION, space_id, author_id, words, at, once)


def _open(
    kind: str, space_id: int, author_id: int, words: dict[str, Any], at: datetime, once: str
) -> Post:
    author = someone(author_id)
    if not readable_standing(space_id, author).may_open:
        raise NotAllowed
    values = {
        "space_id": space_id,
        "kind": kind,
        "title": text_of("title", words["title"], longest=rules.TITLE),
        "body": text_of("body", words["body"], longest=rules.BODY),
        "tags": tags_of(words["tags"]),
    }
    post, is_new = _keep(Post, author, values, at, once)
    if is_new:
        keep_tags([post])
        here = subject_of(post)
        happened = QuestionAsked if kind == Post.Kind.QUESTION else PostPublished
        event = happened(
            subject_id=here,
            thread_id=here,
            space_id=space_id,
            language=guess_language(f"{post.title} {post.body}"),
        )
        record(event, at=at, actor_id=author_id)
    return post


@transaction.atomic
def give_answer(
    *, question_id: int, author_id: int, body: str, at: datetime, once: str = ""
) -> Answer:
    """Answer a question; the asker is told. Sent again under the same ``once``, it stays one.

    :raises NotThere: if there is no such question that they may read.
    :raises NotAllowed: if they may not reply there.
    :raises ThreadIsClosed: if it takes no answers any more.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    :raises TooFast: if they wrote too much lately.
    :raises Unwritable: if the text says nothing or is too long.
    """
    author = someone(author_id)
    question, standing = readable_thread(question_id, author)
    if question.kind != Post.Kind.QUESTION:
        raise NotThere
    _open_to_replies(question, standing)
    values = {"question": question, "body": text_of("body", body, longest=rules.BODY)}
    answer, is_new = _keep(Answer, author, values, at, once)
    if is_new:
        thread = reference("post", question_id)
        event = AnswerGiven(
            subject_id=subject_of(answer),
            thread_id=thread,
            parent_id=thread,
            space_id=question.space_id,
            recipient_id=question.author_id,
            language=guess_language(answer.body),
        )
        record(event, at=at, actor_id=author_id)
        telling.of_reply(question, answer, recipient_id=question.author_id, actor=author, at=at)
        reading.keep_up(question, member_id=author_id, at=at)
        # Last: many who write under one opening wait for each other only as long as this takes.
        Post.objects.filter(pk=question_id).update(
            answer_count=F("answer_count") + 1, last_reply_at=reading.later(at)
        )
    return answer


@transaction.atomic
def write_comment(
    *,
    post_id: int,
    author_id: int,
    body: str,
    at: datetime,
    answer_id: int | None = None,
    parent_id: int | None = None,
    once: str = "",
) -> Comment:
    """Comment on a post, on one of its answers, or on another comment (``parent_id``).

    Whoever wrote that is told. Refuses as :func:`give_answer` does.
    """
    author = someone(author_id)
    post, standing = readable_thread(post_id, author)
    _open_to_replies(post, standing)
    target = _target(post, answer_id, parent_id)
    values = {
        "post": post,
        "answer": target if isinstance(target, Answer) else None,
        "parent": target if isinstance(target, Comment) else None,
        "answers_opening": target is post,
        "body": text_of("body", body, longest=rules.COMMENT),
    }
    comment, is_new = _keep(Comment, author, values, at, once)
    if is_new:
        recipient = target.author_id if target.author_id is not None else post.author_id
        event = CommentWritten(
            subject_id=subject_of(comment),
            thread_id=reference("post", post_id),
            space_id=post.space_id,
            parent_id=subject_of(target),
            recipient_id=recipient,
            language=guess_language(comment.body),
        )
        record(event, at=at, actor_id=author_id)
        telling.of_reply(post, comment, recipient_id=recipient, actor=author, at=at)
        reading.keep_up(post, member_id=author_id, at=at)
        # Last: many who write under one opening wait for each other only as long as this takes.
        Post.objects.filter(pk=post_id).update(
            comment_count=F("comment_count") + 1, last_reply_at=reading.later(at)
        )
    return comment


def _open_to_replies(post: Post, standing: Standing) -> None:
    if not standing.may_reply:
        raise NotAllowed
    if (post.closed_at or post.deleted_at) and not standing.may_moderate:
        raise ThreadIsClosed


def _target(post: Post, answer_id: int | None, parent_id: int | None) -> Post | Answer | Comment:
    """Return what a comment points at; it stands under this post and is not deleted."""
    found: Answer | Comment | None
    if parent_id is not None:
        found = Comment.objects.filter(pk=parent_id, post=post, deleted_at=None).first()
    elif answer_id is not None:
        found = Answer.objects.filter(pk=answer_id, question=post, deleted_at=None).first()
    else:
        return post
    if found is None:
        raise NotThere
    return found


def _keep(
    model: type[PieceT], author: Member, values: dict[str, Any], at: datetime, once: str
) -> tuple[PieceT, bool]:
    """Store a piece of talk, or return the one that was stored under the same ``once``."""
    if len(once) > 64:
        raise Unwritable("once", "too_long")
    ready_to_write(author, at=at)
    row: dict[str, Any] = {
        "author_id": author.pk,
        "published_at": at,
        "body_format": Contribution.BodyFormat.MARKDOWN,
        **values,
    }
    if not once:
        return model.objects.create(source=NATIVE, **row), True
    name = f"{author.pk}:{once}"
    return model.objects.get_or_create(source=NATIVE, outside_id=name, defaults=row)
