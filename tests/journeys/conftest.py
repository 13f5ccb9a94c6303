"""A browser, and pages as one kind of reader sees them."""

import os
from collections.abc import Callable, Iterable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web.conftest import community, people  # noqa: F401 - fixtures for the journeys

# Playwright's synchronous interface runs a loop in this thread; Django must not mind.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("JULUO_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PASSWORD = "correct horse 42"
SERIOUS = {"serious", "critical"}
# WCAG 2.2, 1.4.10: no scrolling sideways at this width.
NARROWEST = 320


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A page, and what went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"} and "404" not in message.text:
            self.complaints.append(f"console: {message.text} at {self.page.url}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:")):
            self.complaints.append(f"outside request: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def barriers(self) -> list[str]:
        """Return what keeps people out of the page as it stands: axe's serious findings."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{self.page.url}: {each['id']} {[node['target'] for node in each['nodes']][:3]}"
            for each in found
            if each["impact"] in SERIOUS
        ]

    def spill(self) -> int:
        """Return how many pixels the page is wider than its window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def walk(self, paths: Iterable[str]) -> list[str]:
        """Open pages; return their barriers, what spills on a screen this wide or on the
        narrowest of phones, and what the browser complained of.
        """
        found = []
        for path in paths:
            self.open(path)
            found += self.barriers()
            wide = self.page.viewport_size or {}
            for width in sorted({wide["width"], NARROWEST}, reverse=True):
                self.page.set_viewport_size({**wide, "width": width})
                found += [f"{path} spills at {width}"] if self.spill() > 0 else []
            self.page.set_viewport_size(wide)
        return found + self.complaints


@pytest.fixture
def open_page(browser, live_server, transactional_db) -> Iterator[Callable[..., Watched]]:
    """Return a function that opens a page for a stranger."""
    cache.clear()
    contexts = []

    def make(*, language: str = "en", scheme: str = "light", width: int = 1280) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.add_cookies(
            [{"name": "django_language", "value": language, "url": live_server.url}]
        )
        contexts.append(context)
        return Watched(context.new_page(), live_server.url)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in_page(open_page, community) -> Callable[..., Watched]:  # noqa: F811
    """Return a function that opens a page for a member with a role, signed in."""

    def make(role: str = "owner", **look) -> Watched:
        from django.test import Client

        watched = open_page(**look)
        client = Client()
        client.force_login(community.people[role])
        watched.page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": watched.address,
                }
            ]
        )
        return watched

    return make
