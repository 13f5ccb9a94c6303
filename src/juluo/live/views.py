"""The stream that an open page listens to."""

import random
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import auth
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from juluo.live import signals
from juluo.live.signals import Told
from juluo.live.streams import HUB, Stream, end_with_the_server
from juluo.live.topics import allowed
from juluo.ui.access import requires

MOST_TOPICS = 20
# Proxies close what is silent for a minute; at each beat the stream asks what it may still hear.
HEARTBEAT_SECONDS = 25.0
# Each stream has a thread; they must not all ask the database at the same moment.
AT_ONCE = threading.BoundedSemaphore(8)


@require_GET
@requires(lambda member: member.is_active)
def stream(request: HttpRequest) -> HttpResponseBase:
    """Tell an open page of signals on its topics (``?topics=group:1,member:2``), as they come.

    ``Last-Event-ID``, or ``since`` in the address, names the place from which it goes on. A
    server that cannot hold streams answers 204, which tells the browser not to ask again.
    """
    if _is_from_elsewhere(request):
        raise Http404
    wanted = {topic for topic in request.GET.get("topics", "").split(",") if topic}
    if len(wanted) > MOST_TOPICS:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    may_hear = allowed(request.user, wanted)
    if not may_hear:
        raise Http404
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    opened = Stream(member_id=request.user.pk or 0, topics=may_hear)
    lines = _lines(opened, since=_since(request), session_key=request.session.session_key or "")
    return StreamingHttpResponse(
        lines, content_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page asks."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"


def _since(request: HttpRequest) -> int | None:
    told = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None


async def _lines(opened: Stream, *, since: int | None, session_key: str) -> AsyncIterator[str]:
    """Yield the stream's text until the page goes away or its member may hear no more."""
    end_with_the_server()
    try:
        place = await sync_to_async(_begin)(opened, since)
        # Pages that lost us together should not all come back together.
        yield f"retry: {random.randint(1000, 4000)}\nid: {place}\n: welcome\n\n"  # noqa: S311
        while True:
            told = await opened.next(seconds=HEARTBEAT_SECONDS)
            if opened.is_resting:
                yield "event: rest\ndata: -\n\n"
            if opened.is_resting or opened.is_over:
                return
            if told:
                yield "".join(_event(each) for each in told)
                continue
            if not await sync_to_async(_may_go_on)(opened, session_key):
                return
            yield ": beat\n\n"
    finally:
        HUB.leave(opened)


def _event(told: Told) -> str:
    return f"id: {told.place}\nevent: signal\ndata: {told.topic}\n\n"


def _begin(opened: Stream, since: int | None) -> int:
    """Join those who are told, and put first what was missed; return the place so far."""
    HUB.join(opened)
    with AT_ONCE, _let_go():
        place = signals.place()
        if since is not None:
            found = signals.missed(since=since, topics=opened.topics)
            opened.replay(_everything(opened, place) if found is None else found)
            place = min(place, since) if found is not None else place
        return place


@contextmanager
def _let_go() -> Iterator[None]:
    """Close the thread's connection afterwards: the thread lives as long as the stream."""
    try:
        yield
    finally:
        connections.close_all()


def _everything(opened: Stream, place: int) -> list[Told]:
    """Return word that each topic may have changed."""
    return [Told(place, topic) for topic in sorted(opened.topics)]


def _may_go_on(opened: Stream, session_key: str) -> bool:
    """Ask anew who is listening and what they may hear; return whether anything is left."""
    with AT_ONCE, _let_go():
        asking = HttpRequest()
        asking.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        member = auth.get_user(asking)
        if member.pk != opened.member_id or not member.is_active:
            return False
        HUB.narrow(opened, allowed(member, opened.topics))
        return bool(opened.topics)
