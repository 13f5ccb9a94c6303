"""Pages of what is said in spaces."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from juluo.domains.discussions import permissions, queries
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_read_spaces)
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show a thread: the opening, answers and comments."""
    thread = queries.thread(post_id=post_id, after=parse_cursor(request.GET.get("after", "")))
    if thread is None:
        raise Http404
    later = cursor_text(*thread.later_comments) if thread.later_comments else ""
    return render(request, "discussions/post.html", {"thread": thread, "later": later})
