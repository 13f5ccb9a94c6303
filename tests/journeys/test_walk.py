"""Every page, as each kind of reader sees it: nothing in the way, nothing spilled, no complaint."""

from tests.journeys.looks import in_each_look


@in_each_look
def test_pages_keep_nobody_out(signed_in_page, community, look):
    watched = signed_in_page("owner", **look)
    paths = [
        "/console/",
        "/console/members/",
        f"/console/members/{community.target.pk}/",
        "/console/members/new/",
        "/console/audit/",
        "/console/components/",
        "/spaces/",
        f"/spaces/{community.space.pk}/",
        f"/spaces/posts/{community.post.pk}/",
        f"/spaces/posts/{community.question.pk}/",
        f"/spaces/groups/{community.group.pk}/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/nothing/",
    ]
    assert watched.walk(paths) == []


@in_each_look
def test_strangers_pages_keep_nobody_out(open_page, db, look):
    watched = open_page(**look)
    paths = ("/", "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/")
    assert watched.walk(paths) == []


def test_dark_and_light_can_be_chosen_and_stay(signed_in_page):
    watched = signed_in_page("owner", scheme="light")
    page = watched.open("/console/")
    page.click("summary[aria-label='Language and appearance']")
    page.click("button[data-theme=dark]")
    page.reload()

    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert watched.complaints == []


def test_the_phone_menu_opens_without_script(browser, signed_in_page, live_server):
    watched = signed_in_page("owner", width=390)
    cookies = watched.page.context.cookies()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + "/console/")
    page.click("summary[aria-label='Menu']")
    page.click(".j-drawer >> text=Members")

    assert page.url.endswith("/console/members/")
    context.close()


def test_a_chart_is_drawn_with_its_table(signed_in_page):
    watched = signed_in_page("owner")
    page = watched.open("/console/components/")
    page.wait_for_selector("[data-chart] svg")

    assert page.locator("[data-chart] svg").count() == 1
    page.click("text=Show as a table")
    assert page.locator(".j-chart-table td").first.is_visible()
    assert watched.complaints == []


def test_a_definition_shows_on_focus(signed_in_page):
    watched = signed_in_page("owner")
    page = watched.open("/console/components/")
    page.focus("[data-tip] >> nth=0")

    assert page.locator("[role=tooltip]").inner_text().startswith("What this figure means")
    page.keyboard.press("Escape")
    assert page.locator("[role=tooltip]").count() == 0
