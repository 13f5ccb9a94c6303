"""React, accept answers, and what moderators do with threads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.discussions import permissions, queries, services
from juluo.domains.discussions.forms import DuplicateForm, MoveForm
from juluo.domains.discussions.views.shell import MARKS, actor, attempt, subject_of
from juluo.ui.access import not_there, requires


@require_POST
@requires(permissions.can_join_spaces)
def react(request: HttpRequest, talk: str) -> HttpResponse:
    """Put a mark on a piece of talk, or take it back; htmx gets the marks as they are now."""
    taken_back = request.POST.get("off", "")
    act = services.unreact if taken_back else services.react
    answer = attempt(
        request,
        lambda: act(
            subject=subject_of(talk),
            emoji=taken_back or request.POST.get("emoji", ""),
            member_id=actor(request).pk,
            at=timezone.now(),
        ),
        reverse("discussions:talk", args=[talk]),
    )
    if request.headers.get("HX-Request") != "true":
        return answer
    seen = queries.marks_of(subject=subject_of(talk), viewer=actor(request))
    if seen is None:
        return not_there(request)
    return render(request, "discussions/_marks.html", {"talk": seen, "all_marks": MARKS})


@require_POST
@requires(permissions.can_join_spaces)
def accept(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Say that an answer solved the question, or that it did not after all."""
    act = services.unaccept_answer if request.POST.get("withdraw") else services.accept_answer
    return attempt(
        request,
        lambda: act(answer_id=answer_id, actor_id=actor(request).pk, at=timezone.now()),
        reverse("discussions:talk", args=[f"answer-{answer_id}"]),
    )


@require_POST
@requires(permissions.can_join_spaces)
def mark(request: HttpRequest, post_id: int) -> HttpResponse:
    """Close, reopen, pin, unpin, feature or unfeature a thread."""
    return attempt(
        request,
        lambda: services.mark_thread(
            post_id=post_id,
            act=request.POST.get("act", ""),
            actor_id=actor(request).pk,
            at=timezone.now(),
        ),
        reverse("discussions:post", args=[post_id]),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def move(request: HttpRequest, post_id: int) -> HttpResponse:
    """Ask where a thread shall go, and move it."""
    thread = queries.thread(post_id=post_id, viewer=actor(request))
    if thread is None or not thread.standing.may_moderate or thread.talk.deleted:
        return not_there(request)
    spaces = queries.spaces_moderated(actor(request))
    form = MoveForm(request.POST or None, initial={"space": thread.space_id}, spaces=spaces)
    if request.method == "POST" and form.is_valid():
        return attempt(
            request,
            lambda: services.move_thread(
                post_id=post_id,
                space_id=form.cleaned_data["space"],
                actor_id=actor(request).pk,
                at=timezone.now(),
            ),
            reverse("discussions:post", args=[post_id]),
            said=_("The thread stands in its new space."),
        )
    context = {"form": form, "thread": thread}
    return render(request, "discussions/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def duplicate(request: HttpRequest, post_id: int) -> HttpResponse:
    """Ask which question asked the same before, and close this one with a link to it."""
    thread = queries.thread(post_id=post_id, viewer=actor(request))
    if thread is None or not thread.is_question or not thread.may_close or thread.talk.deleted:
        return not_there(request)
    form = DuplicateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_duplicate(
                post_id=post_id,
                original_id=form.cleaned_data["original"],
                actor_id=actor(request).pk,
                at=timezone.now(),
            )
        except services.NotThere:
            form.add_error("original", _("There is no such question."))
        except services.NotAllowed:
            return not_there(request)
        else:
            return redirect("discussions:post", post_id)
    found = queries.similar_questions(thread.title, viewer=actor(request), besides=post_id)
    context = {"form": form, "thread": thread, "similar": found}
    status = 422 if form.errors else 200
    return render(request, "discussions/duplicate.html", context, status=status)
