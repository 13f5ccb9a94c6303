"""Edit, look at what was said before, delete and restore."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.discussions import permissions, queries, services
from juluo.domains.discussions.forms import REFUSALS, DeleteForm, EditForm
from juluo.domains.discussions.views.shell import actor, attempt, subject_of, written
from juluo.lib.talk_html import first_words, talk_html
from juluo.lib.typed_text import tidy
from juluo.ui.access import not_there, requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def edit(request: HttpRequest, talk: str) -> HttpResponse:
    """Show a text to change, and keep the change."""
    editable = queries.editable(subject=subject_of(talk), viewer=actor(request))
    if editable is None:
        return not_there(request)
    first = {
        "title": editable.title,
        "body": editable.body,
        "tags": ", ".join(editable.tags),
        "edits": editable.edits,
    }
    form = EditForm(request.POST or None, initial=first, editable=editable)
    draft = f"edit-{talk}-{editable.edits}"
    context = {"form": form, "editable": editable, "draft": draft, "kept": form.is_bound}
    if request.method == "POST" and request.POST.get("preview"):
        body = tidy(request.POST.get("body", ""))
        context["preview_html"] = talk_html(body, editable.body_format)
        return render(request, "discussions/edit.html", context)
    if request.method == "POST" and form.is_valid():
        try:
            _change(form, talk, actor(request).pk)
        except (services.NotThere, services.NotAllowed):
            return not_there(request)
        except REFUSALS as error:
            form.refuse(error)
        else:
            return written(reverse("discussions:talk", args=[talk]), draft)
    return render(request, "discussions/edit.html", context, status=422 if form.errors else 200)


def _change(form: EditForm, talk: str, editor_id: int) -> None:
    values = dict(form.cleaned_data)
    services.edit(
        subject=subject_of(talk),
        editor_id=editor_id,
        edits_seen=values.pop("edits"),
        at=timezone.now(),
        **values,
    )


@require_safe
@requires(permissions.can_join_spaces)
def history(request: HttpRequest, talk: str) -> HttpResponse:
    """Show the texts that a piece of talk had, and what differs between two of them."""
    found = queries.history(subject=subject_of(talk), viewer=actor(request))
    if found is None:
        return not_there(request)
    newest = len(found.texts) - 1
    after = _number(request.GET.get("after", ""), newest, default=newest)
    before = _number(request.GET.get("before", ""), newest, default=max(after - 1, 0))
    old, new = found.texts[newest - before], found.texts[newest - after]
    context = {
        "history": found,
        "old": old,
        "new": new,
        "lines": queries.laid_over(old.body, new.body),
        "title_lines": queries.laid_over(old.title, new.title),
        "newest": newest,
    }
    return render(request, "discussions/history.html", context)


def _number(text: str, most: int, *, default: int) -> int:
    is_number = text.isdecimal() and len(text) < 7
    return min(int(text), most) if is_number else default


@require_POST
@requires(permissions.can_join_spaces)
def revert(request: HttpRequest, talk: str) -> HttpResponse:
    """Give a piece of talk an earlier text again."""
    number = _number(request.POST.get("number", ""), 10**6, default=0)
    # The text after n edits is what was kept when edit n + 1 was made.
    return attempt(
        request,
        lambda: services.revert(
            subject=subject_of(talk),
            number=number + 1,
            editor_id=actor(request).pk,
            at=timezone.now(),
            reason=_("Back to text %(number)d") % {"number": number + 1},
        ),
        reverse("discussions:history", args=[talk]),
        said=_("The earlier text stands there again."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_join_spaces)
def delete(request: HttpRequest, talk: str) -> HttpResponse:
    """Ask whether something shall be taken away, and take it away."""
    found = queries.readable_piece(subject_of(talk), actor(request))
    seen = queries.marks_of(subject=subject_of(talk), viewer=actor(request))
    if found is None or seen is None or not seen.may_change:
        return not_there(request)
    piece, post, _standing = found
    form = DeleteForm(request.POST or None, is_own=seen.is_mine)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        try:
            services.delete(
                subject=subject_of(talk),
                actor_id=actor(request).pk,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except (services.NotThere, services.NotAllowed):
            return not_there(request)
        except REFUSALS as error:
            form.refuse(error)
        else:
            return redirect("discussions:talk", talk)
    context = {
        "form": form,
        "seen": seen,
        "post_id": post.pk,
        "quoted": first_words(piece.body, piece.body_format, length=300),
    }
    return render(request, "discussions/delete.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_join_spaces)
def restore(request: HttpRequest, talk: str) -> HttpResponse:
    """Put something back that was taken away."""
    return attempt(
        request,
        lambda: services.restore(
            subject=subject_of(talk), actor_id=actor(request).pk, at=timezone.now()
        ),
        reverse("discussions:talk", args=[talk]),
        said=_("It stands in its place again."),
    )
