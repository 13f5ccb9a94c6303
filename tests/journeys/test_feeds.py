"""What members find first, in a browser: on a desk and on a phone, and by keyboard."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from tests.journeys.looks import in_each_look
from tests.journeys.test_talk import shoot

from juluo.domains.discussions import services


@pytest.fixture
def place(community):
    """A public space that the member joined, with more talk than fits a page."""
    now = timezone.now() - timedelta(hours=30)
    owner, member, moderator = (
        community.people[each].pk for each in ("owner", "member", "moderator")
    )
    space = services.open_space(
        actor_id=owner, at=now - timedelta(hours=1), name="产品问答", visibility="public"
    )
    services.join_space(space_id=space.pk, member_id=member, at=now - timedelta(hours=1))
    for number in range(24):
        services.publish_post(
            space_id=space.pk,
            author_id=moderator,
            title=f"第 {number} 周更新：修了不少问题",
            body="这一周修了不少问题，感谢大家的反馈。",
            tags=("更新", "a-rather-long-tag-of-forty-characters-ok"),
            at=now + timedelta(minutes=number),
        )
    question = services.ask_question(
        space_id=space.pk,
        author_id=member,
        title="怎么导出数据？",
        body="想要 CSV 格式。",
        tags=("导出",),
        at=now,
    )
    again = services.ask_question(
        space_id=space.pk, author_id=moderator, title="导出数据的方法", body="?", at=now
    )
    services.mark_duplicate(
        post_id=again.pk, original_id=question.pk, actor_id=owner, at=now + timedelta(hours=1)
    )
    services.follow(kind="member", what=str(owner), member_id=member, at=now)
    services.follow(kind="tag", what="更新", member_id=member, at=now)
    services.follow(kind="thread", what=str(question.pk), member_id=moderator, at=now)
    return SimpleNamespace(space=space, question=question, again=again)


@in_each_look
def test_the_pages_of_feeds_keep_nobody_out(signed_in_page, place, look):
    watched = signed_in_page("member", **look)
    paths = {
        "feed": "/feed/",
        "following": "/feed/?show=following",
        "unanswered": "/feed/?show=unanswered",
        "follows": "/feed/following/",
        "waiting": "/feed/waiting/",
        "tags": "/tags/",
        "tag": "/tags/更新/",
        "spaces": "/spaces/",
        "again": f"/spaces/posts/{place.again.pk}/",
        "duplicate": f"/spaces/posts/{place.question.pk}/duplicate/",
    }
    found = []
    for name, path in paths.items():
        found += watched.walk([path])
        shoot(watched, f"{look['width']}-{name}")

    assert found == []


@in_each_look
def test_strangers_find_what_is_public_at_the_entrance(open_page, place, look):
    watched = open_page(**look)

    assert watched.walk(["/", "/?show=top", "/feed/", "/tags/"]) == []
    watched.open("/")
    shoot(watched, f"{look['width']}-entrance")
    assert watched.page.locator(".j-row-title").count() == 20


@in_each_look
def test_what_is_new_shows_and_is_reached_by_keyboard(signed_in_page, place, look):
    reader, writer = signed_in_page("member", **look), signed_in_page("moderator", **look)
    thread = f"/spaces/posts/{place.question.pk}/"
    reader.open(thread)
    writer.open(thread)
    for words in ("第一条", "第二条"):
        writer.page.fill("#comment_body", words)
        writer.page.click("form[action$='/reply/'] .btn-primary")
        writer.page.wait_for_selector(f"text={words}")

    page = reader.open("/feed/")
    first = page.locator(".j-list > li").first
    assert "怎么导出数据？" in first.inner_text()
    assert "2" in first.locator(".j-news").inner_text()
    shoot(reader, f"{look['width']}-news")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('j-news')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".j-new-reply")
    comment = page.url.rsplit("#", 1)[1]
    assert "第一条" in page.locator(f"#{comment}").inner_text()
    shoot(reader, f"{look['width']}-new-replies")
    assert reader.barriers() == []

    reader.open("/feed/")
    assert page.locator(".j-news").count() == 0
    assert (reader.complaints, writer.complaints) == ([], [])


@in_each_look
def test_more_is_loaded_in_place_and_a_question_finds_those_before(signed_in_page, place, look):
    watched = signed_in_page("owner", **look)
    page = watched.open("/feed/?show=latest")
    before = page.locator(".j-row-title").count()
    page.click(".j-more a")
    page.wait_for_function(
        "count => document.querySelectorAll('.j-row-title').length > count", arg=before
    )
    assert before == 20

    watched.open(f"/spaces/{place.space.pk}/write/?kind=question")
    page.type("#id_title", "导出数据到表格")
    page.wait_for_selector(".j-similar a")
    shoot(watched, f"{look['width']}-similar")
    assert watched.barriers() == []
    assert watched.complaints == []
