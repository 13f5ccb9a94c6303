"""Two people in two browsers chat, live; one is blocked; all of it without script, too."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Watched
from tests.live.serving import cookie_of, served

from juluo.domains.messaging.models import Message, PrivateMessage


@pytest.fixture
def live_address(transactional_db):
    with served() as address:
        yield address


@pytest.fixture
def browse(browser, live_address, community):
    """Open a page for someone of the community, under a server that holds streams."""
    contexts = []

    def make(role, *, language="en", scheme="light", width=1280, script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        member = community.people[role]
        for name, value in (("django_language", language), ("sessionid", cookie_of(member))):
            context.add_cookies([{"name": name, "value": value, "url": live_address}])
        contexts.append(context)
        return Watched(context.new_page(), live_address)

    yield make
    for context in contexts:
        context.close()


def write(page, words):
    page.fill("#composer-body", words)
    page.press("#composer-body", "Enter")


@pytest.mark.parametrize("width", [1280, 390])
def test_two_people_chat_live(browse, community, width):
    address = f"/spaces/groups/{community.group.pk}/"
    ann, bo = browse("member", width=width), browse("owner", width=width)
    one, other = ann.open(address), bo.open(address)
    for page in (one, other):
        expect(page.locator("html")).to_have_attribute("data-live", "on")

    write(one, "有人在吗？ **hello**")
    expect(other.locator(".j-said", has_text="有人在吗")).to_be_visible()
    expect(one.locator(".j-own", has_text="有人在吗")).to_be_visible()
    expect(one.locator("#composer-body")).to_have_value("")

    said = other.locator(".j-said", has_text="有人在吗")
    said.locator("summary").click()
    said.get_by_role("button", name="React with 🎉").click()
    expect(one.locator(".j-own .j-mark", has_text="🎉")).to_be_visible()

    # The line is drawn anew with its mark, its menu closed.
    expect(said.locator(".j-mark", has_text="🎉")).to_be_visible()
    said.locator("summary").click()
    said.get_by_role("link", name="Reply").click()
    write(other, "在的")
    expect(one.locator(".j-said", has_text="在的").locator(".j-quote")).to_contain_text("hello")

    assert one.locator(".j-said", has_text="在的").count() == 1
    assert ann.barriers() + bo.barriers() == []
    assert ann.spill() <= 0
    assert ann.complaints + bo.complaints == []


def test_private_messages_live_and_a_block(browse, community):
    ann, bo = browse("member", width=390), browse("moderator", width=390)
    address = f"/chats/with/{community.private.conversation_id}/"
    one, other = ann.open(address), bo.open(address)
    expect(other.locator("html")).to_have_attribute("data-live", "on")
    write(one, "悄悄话")
    expect(other.locator(".j-said", has_text="悄悄话")).to_be_visible()

    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_label("More about this conversation").click()
    other.get_by_role("button", name=re.compile("Block")).click()
    expect(other.get_by_text("You blocked")).to_be_visible()
    write(one, "别走")
    expect(one.locator("#composer-problem")).to_contain_text("Nothing was sent")

    expect(one.locator("#composer-body")).to_have_value("别走")
    assert not PrivateMessage.objects.filter(body="别走").exists()


def test_chatting_needs_no_script(browse, community):
    page = browse("member", script=False).open(f"/spaces/groups/{community.group.pk}/")
    page.fill("#composer-body", "no script")
    page.get_by_role("button", name="Send").click()

    expect(page.locator(".j-own", has_text="no script")).to_be_visible()
    assert Message.objects.filter(body="no script").exists()


PAGES = (
    "/chats/",
    "/chats/new/",
    "/chats/write/?q=o",
    "/chats/write/?to={target}",
    "/chats/privacy/",
    "/spaces/groups/{group}/",
    "/spaces/groups/{group}/members/?q=林",
    "/spaces/groups/{group}/settings/",
    "/chats/with/{talk}/",
    "/spaces/messages/{message}/edit/",
)


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("zh-hans", "dark", 390)]
)
def test_every_page_of_chats_lets_everyone_in(signed_in_page, community, language, scheme, width):
    filled = [
        path.format(
            group=community.group.pk,
            talk=community.private.conversation_id,
            message=community.message.pk,
            target=community.people["operator"].pk,
        )
        for path in PAGES
    ]
    watched = signed_in_page("member", language=language, scheme=scheme, width=width)

    assert watched.walk([path for path in filled if "settings" not in path]) == []
    owner = signed_in_page("owner", language=language, scheme=scheme, width=width)
    assert owner.walk([path for path in filled if "settings" in path or "members" in path]) == []
