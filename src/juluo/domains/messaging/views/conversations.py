"""Private conversations: only those who are in one ever see it."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.messaging import permissions, queries
from juluo.domains.messaging import services as chats
from juluo.domains.messaging.forms import LetterForm, MessageForm, PrivacyForm
from juluo.domains.messaging.services import conversations as services
from juluo.domains.messaging.views import shared
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.lib.typed_text import tidy_line
from juluo.live import signals
from juluo.ui.access import requires

MOST_ASKED_FOR = 20


def _head(request: HttpRequest, conversation_id: int) -> queries.ConversationHead:
    head = queries.conversation_head(
        viewer_id=shared.me(request).pk, conversation_id=conversation_id
    )
    if head is None:
        raise Http404
    return head


@require_safe
@requires(permissions.can_read_spaces)
def conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation: its end, or the page that the address names."""
    return _page(request, _head(request, conversation_id), MessageForm())


def _page(
    request: HttpRequest,
    head: queries.ConversationHead,
    form: MessageForm,
    status: int = 200,
) -> HttpResponse:
    place = signals.place()
    viewer_id = shared.me(request).pk
    log = queries.conversation_log(
        conversation_id=head.id,
        viewer_id=viewer_id,
        before=parse_cursor(request.GET.get("before", "")),
        after=parse_cursor(request.GET.get("after", "")),
    )
    if log.newer is None and log.newest_at and log.newest_at > head.last_read:
        services.mark_read(conversation_id=head.id, member_id=viewer_id, up_to=log.newest_at)
    context = {
        **_acts(head),
        **_composer(head, form),
        "conversation": head,
        "log": log,
        "place": place,
        "topic": f"conversation:{head.id}",
        "news_url": reverse("messaging:conversation_news", args=[head.id]),
        "until": shared.moment_text(head.moved_at),
        "is_end": log.newer is None,
        "first_unread": shared.first_unread(log, after=head.last_read),
        "older": f"?before={cursor_text(*log.older)}" if log.older else "",
        "newer": f"?after={cursor_text(*log.newer)}" if log.newer else "",
    }
    return render(request, "messaging/conversation.html", context, status=status)


def _acts(head: queries.ConversationHead) -> dict[str, Any]:
    return {
        "may_write": head.may_write,
        "is_private": True,
        "edit_route": "messaging:edit_private",
        "delete_route": "messaging:delete_private",
    }


def _composer(head: queries.ConversationHead, form: MessageForm) -> dict[str, Any]:
    return {
        "form": form,
        "may_write": head.may_write,
        "send_url": reverse("messaging:send_private", args=[head.id]),
    }


@require_safe
@requires(permissions.can_read_spaces)
def news(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Give an open page what happened in the conversation since the moment it names."""
    head = _head(request, conversation_id)
    since = shared.parse_moment(request.GET.get("since", ""))
    if since is None:
        raise Http404
    viewer_id = shared.me(request).pk
    found = queries.conversation_news(
        conversation_id=conversation_id, viewer_id=viewer_id, since=since
    )
    if found.newest_at:
        services.mark_read(
            conversation_id=conversation_id, member_id=viewer_id, up_to=found.newest_at
        )
    return shared.news(request, found, {**_acts(head), "conversation": head})


@require_POST
@requires(permissions.can_read_spaces)
def send(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Write into the conversation."""
    head = _head(request, conversation_id)

    def write(body: str, parent_id: int | None) -> None:
        services.send(
            conversation_id=conversation_id,
            body=body,
            parent_id=parent_id,
            actor=shared.me(request),
            at=timezone.now(),
        )

    return shared.send(
        request,
        write=write,
        page=lambda form: _page(request, head, form, status=422),
        composer=_composer(head, MessageForm(request.POST)),
        address=reverse("messaging:conversation", args=[conversation_id]),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def write(request: HttpRequest) -> HttpResponse:
    """Begin to write to someone, or to a few: ``?to=3&to=5``, or a name to look for."""
    given = request.POST if request.method == "POST" else request.GET
    asked = {shared.number(each) for each in given.getlist("to")[:MOST_ASKED_FOR]}
    to = [person for each in asked - {None} if (person := queries.reachable(each or 0))]
    to = sorted((each for each in to if each.pk != request.user.pk), key=lambda each: each.pk)
    if len(to) == 1 and request.method == "GET":
        known = _known(request, to[0].pk)
        if known is not None:
            return redirect("messaging:conversation", known)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = _begin(request, form, [each.pk for each in to])
        if sent is not None:
            return redirect("messaging:conversation", sent)
    words = tidy_line(request.GET.get("q", ""))
    chosen = {each.pk for each in to}
    context = {
        "form": form,
        "to": to,
        "words": words,
        "found": [
            person
            for person in queries.people_named(words, but=shared.me(request).pk)
            if person.member_id not in chosen
        ],
    }
    return render(request, "messaging/write.html", context, status=422 if form.errors else 200)


def _known(request: HttpRequest, member_id: int) -> int | None:
    return queries.conversation_with(viewer_id=shared.me(request).pk, member_id=member_id)


def _begin(request: HttpRequest, form: LetterForm, to: Collection[int]) -> int | None:
    """Return the conversation in which it was sent; None where it was not, for a reason told."""
    if not to:
        form.add_error(None, _("Choose whom to write to."))
        return None
    try:
        sent = services.begin(
            member_ids=to,
            body=form.cleaned_data["body"],
            actor=shared.me(request),
            at=timezone.now(),
        )
    except chats.NotThere:
        raise Http404 from None
    except shared.REFUSALS as error:
        form.add_error(None, shared.refused(error))
        return None
    return sent.conversation_id


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def edit(request: HttpRequest, private_id: int) -> HttpResponse:
    """Change the words of one's own private message."""
    own = _own(request, private_id)
    back = f"{reverse('messaging:conversation', args=[own.conversation_id])}#message-{private_id}"
    form = MessageForm(request.POST or None, initial={"body": own.body})
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                message_id=private_id,
                body=form.cleaned_data["body"],
                actor=shared.me(request),
                at=timezone.now(),
            )
        except chats.NotThere:
            raise Http404 from None
        except shared.REFUSALS as error:
            form.add_error(None, shared.refused(error))
        else:
            return redirect(back)
    context = {"form": form, "back": back}
    return render(request, "messaging/edit.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_read_spaces)
def delete(request: HttpRequest, private_id: int) -> HttpResponse:
    """Take one's own private message back."""
    own = _own(request, private_id)
    try:
        services.delete(message_id=private_id, actor=shared.me(request), at=timezone.now())
    except chats.NotThere:
        raise Http404 from None
    address = reverse("messaging:conversation", args=[own.conversation_id])
    return shared.changed(request, address=address)


def _own(request: HttpRequest, private_id: int) -> queries.OwnMessage:
    own = queries.own_private_message(message_id=private_id, viewer_id=shared.me(request).pk)
    if own is None:
        raise Http404
    return own


@require_POST
@requires(permissions.can_read_spaces)
def mute(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Be told nothing of a conversation, or be told again."""
    muted = request.POST.get("muted") == "1"
    try:
        services.mute(conversation_id=conversation_id, muted=muted, actor=shared.me(request))
    except chats.NotThere:
        raise Http404 from None
    return redirect("messaging:conversation", conversation_id)


@require_POST
@requires(permissions.can_read_spaces)
def leave(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Leave a conversation of several."""
    try:
        services.leave(conversation_id=conversation_id, actor=shared.me(request), at=timezone.now())
    except chats.NotThere:
        raise Http404 from None
    return redirect("messaging:chats")


@require_POST
@requires(permissions.can_read_spaces)
def block(request: HttpRequest, member_id: int) -> HttpResponse:
    """Be left alone by someone."""
    try:
        services.block(member_id=member_id, actor=shared.me(request), at=timezone.now())
    except chats.NotThere:
        raise Http404 from None
    messages.success(request, _("They can no longer write to you, and are not told so."))
    return _back(request, member_id)


@require_POST
@requires(permissions.can_read_spaces)
def unblock(request: HttpRequest, member_id: int) -> HttpResponse:
    """Let someone write again."""
    services.unblock(member_id=member_id, actor=shared.me(request))
    return _back(request, member_id)


def _back(request: HttpRequest, member_id: int) -> HttpResponse:
    known = _known(request, member_id)
    if known is None or request.POST.get("from") == "privacy":
        return redirect("messaging:privacy")
    return redirect("messaging:conversation", known)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who may write first, and see whom one has blocked."""
    member = shared.me(request)
    initial = {"who": queries.who_may_write(member_id=member.pk)}
    form = PrivacyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.choose_who_may_write(who=form.cleaned_data["who"], actor=member)
        messages.success(request, _("Saved."))
        return redirect("messaging:privacy")
    context = {"form": form, "blocked": queries.blocked_by(member_id=member.pk)}
    return render(request, "messaging/privacy.html", context, status=422 if form.errors else 200)
