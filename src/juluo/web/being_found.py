"""For feed readers and search engines: only what anyone in the world may read."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from juluo.domains.community import queries as community
from juluo.domains.discussions import queries as discussions
from juluo.domains.search import queries as search

# XML has no way to write these.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
KEPT_SECONDS = 600
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
CLOSED = ("/accounts/", "/api/", "/chats/", "/console/", "/live/", "/members/", "/search/")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest posts and questions of all public spaces."""
    if not discussions.has_public_space():
        raise Http404
    name = community.settings().name
    return _feed(request, name, "", discussions.public_posts(), reverse("web:spaces"))


@require_safe
def space_feed(request: HttpRequest, space_id: int) -> HttpResponse:
    """Give the newest posts and questions of one public space."""
    found = discussions.public_space(space_id)
    if found is None:
        raise Http404
    title = f"{found[0]} · {community.settings().name}"
    posts = discussions.public_posts(space_id=space_id)
    return _feed(request, title, found[1], posts, reverse("web:space", args=[space_id]))


@require_safe
def tag_feed(request: HttpRequest, tag: str) -> HttpResponse:
    """Give the newest public posts and questions with a tag."""
    ids = search.tagged(AnonymousUser(), tag, limit=30)
    if not ids:
        raise Http404
    title = f"#{tag} · {community.settings().name}"
    return _feed(request, title, "", discussions.public_posts(ids=ids), reverse("web:spaces"))


def _feed(
    request: HttpRequest,
    title: str,
    about: str,
    posts: Sequence[discussions.PublicPost],
    page: str,
) -> HttpResponse:
    """Return posts as an Atom feed."""
    feed = Atom1Feed(
        title=_writable(title),
        link=settings.SITE_ADDRESS + page,
        description=_writable(about),
        feed_url=settings.SITE_ADDRESS + request.path,
        language=settings.LANGUAGE_CODE,
    )
    for post in posts:
        address = settings.SITE_ADDRESS + reverse("discussions:post", args=[post.id])
        feed.add_item(
            title=_writable(post.title),
            link=address,
            unique_id=address,
            description=_writable(post.html),
            author_name=_writable(post.author_name) or "–",
            pubdate=post.published_at,
            updateddate=post.changed_at,
            categories=[_writable(tag) for tag in post.tags],
        )
    text = feed.writeString("utf-8")
    return _kept(text, "application/atom+xml; charset=utf-8", _latest(posts))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    _ = request
    if not discussions.has_public_space():
        raise Http404
    addresses = [reverse("web:sitemap_spaces")]
    addresses += [reverse("web:sitemap_part", args=[each]) for each in discussions.public_parts()]
    places = (
        f"<sitemap><loc>{escape(settings.SITE_ADDRESS + each)}</loc></sitemap>"
        for each in addresses
    )
    return _xml("sitemapindex", "".join(places))


@require_safe
def sitemap_spaces(request: HttpRequest) -> HttpResponse:
    """List the public spaces."""
    _ = request
    spaces = discussions.public_spaces()
    if not spaces:
        raise Http404
    return _urls("web:space", spaces)


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """List one part of the public posts and questions."""
    _ = request
    pages = discussions.public_pages(part) if part < 2**40 else []
    if not pages:
        raise Http404
    return _urls("discussions:post", pages)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where to look: nowhere, while nothing is public."""
    _ = request
    closed = CLOSED if discussions.has_public_space() else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in closed)]
    if closed is CLOSED:
        lines += ["", f"Sitemap: {settings.SITE_ADDRESS}{reverse('web:sitemap')}"]
    return _kept("\n".join(lines) + "\n", "text/plain; charset=utf-8", None)


def _urls(route: str, pages: Sequence[discussions.PublicPage]) -> HttpResponse:
    places = (
        f"<url><loc>{escape(settings.SITE_ADDRESS + reverse(route, args=[page.id]))}</loc>"
        f"<lastmod>{page.changed_at.isoformat(timespec='seconds')}</lastmod></url>"
        for page in pages
    )
    return _xml("urlset", "".join(places))


def _xml(root: str, inside: str) -> HttpResponse:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = f'{head}\n<{root} xmlns="{SITEMAP}">{inside}</{root}>\n'
    return _kept(text, "application/xml; charset=utf-8", None)


def _kept(text: str, content_type: str, changed: datetime | None) -> HttpResponse:
    """Answer with what anyone may keep for a while."""
    response = HttpResponse(text, content_type=content_type)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def _latest(posts: Sequence[discussions.PublicPost]) -> datetime | None:
    return max((post.changed_at for post in posts), default=None)


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text)
