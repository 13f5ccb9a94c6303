"""Write posts, questions, answers and comments."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.discussions import permissions, queries, rules, services
from juluo.domains.discussions.forms import REFUSALS, AnswerForm, CommentForm, PostForm
from juluo.domains.discussions.models import Answer, Comment
from juluo.domains.discussions.views.shell import actor, fresh_once, subject_of, written
from juluo.lib.talk_html import first_words, talk_html
from juluo.lib.typed_text import tidy
from juluo.ui.access import not_there, requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def write(request: HttpRequest, space_id: int) -> HttpResponse:
    """Show the form for a post or a question, and publish it."""
    head = queries.space_head(viewer=actor(request), space_id=space_id)
    if head is None or not head.standing.may_open:
        return not_there(request)
    is_question = request.GET.get("kind") == "question"
    form = PostForm(request.POST or None, initial={"once": fresh_once()})
    draft = f"{'question' if is_question else 'post'}-in-{space_id}"

    def publish() -> str:
        publish_it = services.ask_question if is_question else services.publish_post
        post = publish_it(
            space_id=space_id, author_id=actor(request).pk, at=timezone.now(), **form.cleaned_data
        )
        return reverse("discussions:post", args=[post.pk])

    context = {
        "form": form,
        "space": head,
        "is_question": is_question,
        "draft": draft,
        "space_rules": talk_html(head.rules, "markdown") if head.rules else "",
    }
    if is_question and request.method == "POST" and request.POST.get("preview"):
        title = request.POST.get("title", "")
        context["similar"] = queries.similar_questions(title, viewer=actor(request))
    return _taken(request, form, publish, "discussions/write.html", context)


@require_POST
@requires(permissions.can_join_spaces)
def answer(request: HttpRequest, post_id: int) -> HttpResponse:
    """Answer a question."""
    thread = _open_thread(request, post_id)
    if thread is None or not thread.is_question:
        return not_there(request)
    form = AnswerForm(request.POST, auto_id="answer_%s")

    def give() -> str:
        given = services.give_answer(
            question_id=post_id, author_id=actor(request).pk, at=timezone.now(), **form.cleaned_data
        )
        return reverse("discussions:talk", args=[f"answer-{given.pk}"])

    context = {
        "form": form,
        "thread": thread,
        "draft": f"answer-to-post-{post_id}",
        "is_answer": True,
        "quoted_name": thread.talk.author_name,
        "quoted": thread.title,
    }
    return _taken(request, form, give, "discussions/reply.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def reply(request: HttpRequest, talk: str) -> HttpResponse:
    """Show the form for a comment on a post, an answer or another comment, and take it."""
    found = queries.readable_piece(subject_of(talk), actor(request))
    if found is None or found[0].deleted_at is not None:
        return not_there(request)
    piece, post, _standing = found
    thread = _open_thread(request, post.pk)
    if thread is None:
        return not_there(request)
    auto_id = f"{talk}_%s".replace("-", "_")
    form = CommentForm(request.POST or None, auto_id=auto_id, initial={"once": fresh_once()})

    def comment() -> str:
        written_now = services.write_comment(
            post_id=post.pk,
            author_id=actor(request).pk,
            answer_id=piece.pk if isinstance(piece, Answer) else None,
            parent_id=piece.pk if isinstance(piece, Comment) else None,
            at=timezone.now(),
            **form.cleaned_data,
        )
        return reverse("discussions:talk", args=[f"comment-{written_now.pk}"])

    context = {
        "form": form,
        "thread": thread,
        "talk": talk,
        "draft": f"comment-on-{talk}",
        "quoted_name": piece.author.display_name if piece.author else "",
        "quoted": first_words(piece.body, piece.body_format, length=200),
    }
    page = "discussions/_reply.html" if _wants_part(request) else "discussions/reply.html"
    return _taken(request, form, comment, page, context)


def _open_thread(request: HttpRequest, post_id: int) -> queries.PostView | None:
    """Return a thread that whoever asks may read, whatever became of it meanwhile."""
    thread = queries.thread(post_id=post_id, viewer=actor(request))
    return thread if thread is not None and thread.standing.may_reply else None


def _taken(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    page: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Write what was typed and go there; or show the form again, or how the text will look."""
    if request.method == "POST" and request.POST.get("preview"):
        html = talk_html(tidy(request.POST.get("body", "")[: rules.BODY]), "markdown")
        return render(request, page, {**context, "preview_html": html, "kept": True})
    if request.method == "POST" and form.is_valid():
        try:
            return written(act(), context["draft"])
        except (services.NotThere, services.NotAllowed):
            return not_there(request)
        except REFUSALS as error:
            form.refuse(error)
    context["kept"] = request.method == "POST"
    return render(request, page, context, status=422 if form.errors else 200)


def _wants_part(request: HttpRequest) -> bool:
    return request.method == "GET" and request.headers.get("HX-Request") == "true"
