"""What feed readers, search engines and other sites are told: never more than is public."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree
from tests.web.conftest import AT

from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.search import services as search

CANARY = "金丝雀"
ATOM = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HOSTILE = "</script><script>alert(1)</script>\x07 & <b>標題</b>"


def make_post(space, author, **values):
    defaults = {"title": "t", "body": "正文", "published_at": AT}
    return Post.objects.create(space=space, author=author, **(defaults | values))


@pytest.fixture
def world(people):
    """A public space with a post and an answered question; the canary in every other space."""
    author = people["member"]
    for visibility in ("members", "private", "hidden"):
        space = Space.objects.create(name=CANARY, visibility=visibility, opened_at=AT)
        make_post(space, author, title=CANARY, body=CANARY, tags=["入门"])
    public = Space.objects.create(name="广场", visibility="public", opened_at=AT)
    make_post(public, author, title=CANARY, body=CANARY, tags=["入门"], deleted_at=AT)
    post = make_post(public, author, title=HOSTILE, body=f"{HOSTILE}正文", tags=["入门"])
    question = make_post(public, author, title="怎么用？", kind="question")
    answer = Answer.objects.create(
        question=question, author=author, body="这样", published_at=AT + timedelta(hours=2)
    )
    Comment.objects.create(
        post=post, author=author, body=CANARY, published_at=AT + timedelta(days=1), deleted_at=AT
    )
    Post.objects.filter(pk=question.pk).update(accepted_answer=answer, answer_count=1)
    search.sweep()
    return {"space": public, "post": post, "question": question}


def get(path):
    response = Client().get(path)
    assert response.status_code == 200, path
    return response


def test_feeds_tell_what_is_public_and_are_well_formed(world):
    for path in ("/feed.atom", f"/spaces/{world['space'].pk}/feed.atom", "/tags/入门/feed.atom"):
        response = get(path)
        tree = etree.fromstring(response.content)
        titles = tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)

        assert response.headers["Content-Type"].startswith("application/atom+xml")
        assert HOSTILE.replace("\x07", "") in titles
        assert CANARY not in response.content.decode()


def test_what_is_not_public_has_no_feed_no_card_and_no_place_in_the_sitemap(world):
    for space in Space.objects.exclude(visibility="public"):
        assert Client().get(f"/spaces/{space.pk}/feed.atom").status_code == 404
    for post in Post.objects.filter(title=CANARY):
        assert Client().get(f"/spaces/posts/{post.pk}/card.png").status_code == 404
    parts = "".join(get(path).content.decode() for path in sitemap_parts())
    listed = {int(pk) for pk in re.findall(r"/spaces/posts/(\d+)/", parts)}
    assert listed == {world["post"].pk, world["question"].pk}


def sitemap_parts():
    tree = etree.fromstring(get("/sitemap.xml").content)
    places = tree.xpath("//s:sitemap/s:loc/text()", namespaces=ATOM)
    return [place.removeprefix("http://127.0.0.1:8000") for place in places]


def test_the_sitemap_says_when_a_page_last_changed(world):
    changed = {}
    for path in sitemap_parts():
        tree = etree.fromstring(get(path).content)
        for url in tree.xpath("//s:url", namespaces=ATOM):
            changed[url[0].text.removeprefix("http://127.0.0.1:8000")] = url[1].text

    # A deleted comment changes nothing; an answer does.
    assert changed == {
        f"/spaces/{world['space'].pk}/": AT.isoformat(),
        f"/spaces/posts/{world['post'].pk}/": AT.isoformat(),
        f"/spaces/posts/{world['question'].pk}/": (AT + timedelta(hours=2)).isoformat(),
    }


def test_robots_are_let_in_only_where_something_is_public(world):
    told = get("/robots.txt").content.decode()
    assert "Disallow: /search/\n" in told
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in told

    Space.objects.update(visibility="members")
    assert get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    for path in ("/feed.atom", "/sitemap.xml", "/sitemap-spaces.xml", "/sitemap-0.xml"):
        assert Client().get(path).status_code == 404
    assert Client().get("/tags/入门/feed.atom").status_code == 404


def structured(html):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


def test_a_public_thread_says_what_it_is_and_nothing_breaks_out_of_it(world):
    html = get(f"/spaces/posts/{world['post'].pk}/").content.decode()
    data = structured(html)

    assert data["@type"] == "DiscussionForumPosting"
    assert data["headline"] == HOSTILE
    assert data["comment"] == []
    assert "<script>alert" not in html
    assert f'href="http://127.0.0.1:8000/spaces/posts/{world["post"].pk}/"' in html
    assert CANARY not in html


def test_a_public_question_names_its_accepted_answer(world):
    data = structured(get(f"/spaces/posts/{world['question'].pk}/").content.decode())

    assert data["@type"] == "QAPage"
    assert data["mainEntity"]["acceptedAnswer"]["text"] == "这样"
    assert data["mainEntity"]["suggestedAnswer"] == []


def test_a_thread_for_members_says_nothing_to_machines(world, people):
    client = Client()
    client.force_login(people["member"])
    post = Post.objects.filter(space__visibility="members").get()
    html = client.get(f"/spaces/posts/{post.pk}/").content.decode()

    assert "ld+json" not in html
    assert "og:title" not in html


def test_a_card_is_drawn_once_for_each_title(world, settings, tmp_path):
    settings.HOME = tmp_path
    path = f"/spaces/posts/{world['post'].pk}/card.png"

    first = get(path)
    assert first.content.startswith(b"\x89PNG")
    assert get(path).content == first.content
    (kept,) = (tmp_path / "cards").iterdir()
    Post.objects.filter(pk=world["post"].pk).update(title="别的")
    assert get(path).content != first.content
    (anew,) = (tmp_path / "cards").iterdir()
    assert anew != kept
