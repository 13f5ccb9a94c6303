"""Read threads and what one keeps; see a text as it will look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.discussions import permissions, queries, rules, services
from juluo.domains.discussions.forms import AnswerForm, CommentForm
from juluo.domains.discussions.models import Comment, Post
from juluo.domains.discussions.views.public import public_face
from juluo.domains.discussions.views.shell import (
    MARKS,
    actor,
    attempt,
    fresh_once,
    subject_of,
)
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.lib.talk_html import talk_html
from juluo.lib.typed_text import says_something, tidy
from juluo.ui.access import not_there, requires


@require_safe
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show a thread: the opening, answers and comments; public ones to strangers, too."""
    after = parse_cursor(request.GET.get("after", ""))
    thread = queries.thread(post_id=post_id, viewer=request.user, after=after)
    if thread is None:
        return not_there(request)
    later = cursor_text(*thread.later_comments) if thread.later_comments else ""
    context = {"thread": thread, "later": later, "all_marks": MARKS, "is_later": after is not None}
    context["public"] = public_face(thread)
    if thread.may_reply:
        once = {"once": fresh_once()}
        context["comment_form"] = CommentForm(auto_id="comment_%s", initial=once)
        context["answer_form"] = AnswerForm(auto_id="answer_%s", initial=once)
    if permissions.can_join_spaces(request.user):
        context |= _read_on(request, thread)
    return render(request, "discussions/post.html", context)


def first_new_address(post_id: int, member_id: int) -> str:
    """Return the address of the first reply a member has not read, or of the thread."""
    address = reverse("discussions:post", args=[post_id])
    found = queries.first_new(post_id=post_id, member_id=member_id)
    if found is None:
        return address
    slug, place = found
    start = f"?after={cursor_text(*place)}" if place else ""
    return f"{address}{start}#{slug}"


def _read_on(request: HttpRequest, thread: queries.PostView) -> dict[str, object]:
    """Keep that the thread was read; return what is new, of one read before."""
    member_id, post_id, before = actor(request).pk, thread.talk.id, thread.read_until
    new: dict[str, object] = {}
    if before is not None and thread.newest_at > before:
        count = queries.replies_since(post_id, before, member_id=member_id)
        new = {"new": count, "first_new": first_new_address(post_id, member_id)}
    if request.method == "GET" and (before is None or before < thread.shown_until):
        services.mark_thread_read(post_id=post_id, member_id=member_id, until=thread.shown_until)
    return new


@require_safe
def talk(request: HttpRequest, talk: str) -> HttpResponse:
    """Lead to the place where a post, answer or comment stands: its permanent address."""
    found = queries.readable_piece(subject_of(talk), request.user)
    if found is None:
        return not_there(request)
    piece, opening, _standing = found
    address = reverse("discussions:post", args=[opening.pk])
    if isinstance(piece, Post):
        return redirect(address)
    place = queries.place_of(piece) if isinstance(piece, Comment) else None
    start = f"?after={cursor_text(*place)}" if place else ""
    return redirect(f"{address}{start}#{talk}")


@require_POST
@requires(permissions.can_join_spaces)
def preview(request: HttpRequest) -> HttpResponse:
    """Show a text as it will look."""
    body = request.POST.get("body", "")[: rules.BODY]
    html = talk_html(tidy(body), "markdown") if says_something(body) else ""
    return render(request, "discussions/_preview.html", {"html": html})


@require_safe
@requires(permissions.can_join_spaces)
def similar(request: HttpRequest) -> HttpResponse:
    """List what may have been asked before, for a title as it is typed."""
    found = queries.similar_questions(request.GET.get("title", ""), viewer=actor(request))
    return render(request, "discussions/_similar.html", {"similar": found})


@require_safe
@requires(permissions.can_join_spaces)
def bookmarks(request: HttpRequest) -> HttpResponse:
    """List the posts that one keeps."""
    before = parse_cursor(request.GET.get("before", ""))
    rows, older = queries.bookmarked(viewer=actor(request), before=before)
    context = {"rows": rows, "older": f"?before={cursor_text(*older)}" if older else ""}
    return render(request, "discussions/bookmarks.html", context)


@require_POST
@requires(permissions.can_join_spaces)
def bookmark(request: HttpRequest, post_id: int) -> HttpResponse:
    """Keep a post, or no longer."""
    act = services.drop_bookmark if request.POST.get("drop") else services.bookmark
    return attempt(
        request,
        lambda: act(post_id=post_id, member_id=actor(request).pk, at=timezone.now()),
        reverse("discussions:post", args=[post_id]),
    )
