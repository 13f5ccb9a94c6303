"""How a public thread presents itself to search engines, and where it is linked to."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from juluo.domains.community import queries as community
from juluo.domains.discussions import queries
from juluo.lib import cards
from juluo.lib.search_words import plain

DESCRIPTION = 200
TOLD = 20


def public_face(thread: queries.PostView) -> dict[str, Any] | None:
    """Return what a public thread's page says of itself; None where strangers may not read it."""
    if thread.standing.visibility != "public" or thread.talk.deleted:
        return None
    words = plain(thread.talk.html, "html")
    address = _address(thread.talk.id)
    card = reverse("discussions:card", args=[thread.talk.id])
    return {
        "address": address,
        "title": thread.title or words[:80],
        "description": words[:DESCRIPTION],
        "picture": f"{settings.SITE_ADDRESS}{card}",
        "feed": reverse("web:space_atom", args=[thread.space_id]),
        "structured": _script(_structured(thread, words, address)),
    }


@require_safe
def card(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show the picture that stands for a public thread; drawn once for each of its titles."""
    _ = request
    found = queries.public_posts(ids=[post_id])
    if not found:
        raise Http404
    response = HttpResponse(_drawn(found[0]), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=3600"
    # Other sites show it.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _drawn(post: queries.PublicPost) -> bytes:
    says = {
        "title": post.title,
        "place": post.space_name,
        "community": community.settings().name,
    }
    name = json.dumps([cards.WAY, *says.values()])
    digest = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    folder = Path(settings.HOME) / "cards"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"post-{post.id}-{digest}.png"
    if not kept.exists():
        drawn = cards.card_png(**says)
        for old in folder.glob(f"post-{post.id}-*.png"):
            old.unlink(missing_ok=True)
        draft = kept.with_suffix(f".{get_random_string(8)}")
        draft.write_bytes(drawn)
        draft.replace(kept)
        return drawn
    return kept.read_bytes()


def _address(post_id: int) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('discussions:post', args=[post_id])}"


def _structured(thread: queries.PostView, words: str, address: str) -> dict[str, Any]:
    """Return a thread in the words of schema.org."""
    shared = {
        "@context": "https://schema.org",
        "url": address,
        "mainEntityOfPage": address,
    }
    if not thread.is_question:
        comments = [_said("Comment", each.talk) for each in thread.comments[:TOLD]]
        return {
            **shared,
            **_said("DiscussionForumPosting", thread.talk),
            "headline": thread.title or words[:80],
            "commentCount": thread.comment_count,
            "comment": [each for each in comments if each],
        }
    answers = [(each.is_accepted, _said("Answer", each.talk)) for each in thread.answers[:TOLD]]
    question = {
        **_said("Question", thread.talk),
        "name": thread.title or words[:80],
        "answerCount": thread.answer_count,
        "suggestedAnswer": [said for accepted, said in answers if said and not accepted],
    }
    for accepted, said in answers:
        if said and accepted:
            question["acceptedAnswer"] = said
    return {**shared, "@type": "QAPage", "mainEntity": question}


def _said(kind: str, talk: queries.Talk) -> dict[str, Any]:
    """Return one piece of talk; empty where it was taken away."""
    if talk.deleted:
        return {}
    said: dict[str, Any] = {
        "@type": kind,
        "text": plain(talk.html, "html")[:5000],
        "datePublished": talk.published_at.isoformat(),
        "author": {"@type": "Person", "name": talk.author_name or "–"},
        "url": f"{settings.SITE_ADDRESS}{reverse('discussions:talk', args=[talk.slug])}",
    }
    if talk.edited_at:
        said["dateModified"] = talk.edited_at.isoformat()
    return said


def _script(data: dict[str, Any]) -> SafeString:
    """Return data as JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - no sign of markup is left
