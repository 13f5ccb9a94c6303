"""Someone looks for something, by keyboard, on a wide screen and on a phone."""

import os

import pytest
from tests.domains.search.corpus import TALK
from tests.web.conftest import AT

from juluo.domains.discussions.models import Post
from juluo.domains.search import services

SHOTS = os.environ.get("JULUO_SHOTS", "")


@pytest.fixture
def talk(community):
    for title, body in TALK.values():
        Post.objects.create(
            space=community.space, author=community.target, title=title, body=body, published_at=AT
        )
    services._KNOWN_WORDS.clear()
    services.sweep()


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("zh-hans", "light", 1280), ("en", "dark", 390)]
)
def test_the_pages_of_search_have_no_barriers(signed_in_page, talk, language, scheme, width):
    watched = signed_in_page("member", language=language, scheme=scheme, width=width)
    pages = {
        "empty": "/search/",
        "found": "/search/?q=社群",
        "narrowed": "/search/?q=积分&kind=post&order=newest",
        "guess": "/search/?q=yunying",
        "nothing": "/search/?q=<b>区块链</b>",
        "people": "/search/?q=lxm",
    }

    found = watched.walk(pages.values())
    for name, path in pages.items():
        if SHOTS:
            watched.open(path).screenshot(path=f"{SHOTS}/{name}-{language}-{width}.png")
    assert found == []


def test_a_title_is_reached_from_any_page_by_keyboard_alone(signed_in_page, talk):
    watched = signed_in_page("member")
    page = watched.open("/spaces/")
    page.keyboard.press("/")
    page.keyboard.type("社群运")
    page.wait_for_selector("#site-suggestions a")
    assert watched.barriers() == []
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/suggestions.png")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/spaces/posts/*/")

    assert "社群运营手册" in page.title()
    assert watched.complaints == []
