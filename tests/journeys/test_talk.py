"""Members write: in a browser, on a desk and on a phone."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from tests.journeys.looks import in_each_look

from juluo.domains.discussions import services

LONG = "先看**日志**里有没有报错。\n\n```\njuluo check\n```\n\n> 没有报错就重启一次。\n\n- 一\n- 二"


@pytest.fixture
def talk(community):
    """A space with a bit of everything that members do."""
    now = timezone.now() - timedelta(hours=3)
    owner, member, moderator = (
        community.people[each].pk for each in ("owner", "member", "moderator")
    )
    space = services.open_space(
        actor_id=owner,
        at=now,
        name="产品问答",
        about="使用中遇到的问题都可以在这里问。",
        rules="1. 先搜索\n2. 好好说话",
        icon="help-circle",
        visibility="public",
    )
    services.open_space(
        actor_id=owner, at=now, name="内测小组", visibility="private", parent_id=space.pk
    )
    services.join_space(space_id=space.pk, member_id=member, at=now)
    question = services.ask_question(
        space_id=space.pk,
        author_id=member,
        title="更新之后页面打不开怎么办？",
        body="升级到新版本以后，**首页**一直转圈。\n\n试过清缓存，没有用。",
        tags=("升级", "页面"),
        at=now,
    )
    answer = services.give_answer(question_id=question.pk, author_id=moderator, body=LONG, at=now)
    services.give_answer(question_id=question.pk, author_id=owner, body="等一会儿再试。", at=now)
    services.accept_answer(answer_id=answer.pk, actor_id=member, at=now)
    subject = f"answer:{answer.pk}"
    services.react(subject=subject, emoji="+1", member_id=member, at=now)
    services.react(subject=subject, emoji="tada", member_id=owner, at=now)
    parent = services.write_comment(
        post_id=question.pk, answer_id=answer.pk, author_id=member, body="好了，谢谢！", at=now
    )
    for body in ("不客气", "我也是这样好的", "加一"):
        parent = services.write_comment(
            post_id=question.pk, parent_id=parent.pk, author_id=moderator, body=body, at=now
        )
    gone = services.write_comment(post_id=question.pk, author_id=owner, body="说错了", at=now)
    services.delete(subject=f"comment:{gone.pk}", actor_id=owner, at=now)
    services.edit(
        subject=f"post:{question.pk}",
        editor_id=member,
        title="更新之后首页打不开怎么办？",
        body="升级到 2.0 以后，**首页**一直转圈。\n\n试过清缓存，没有用。\n\n用的是手机。",
        reason="补充版本",
        at=now + timedelta(minutes=5),
    )
    for number in range(3):
        services.publish_post(
            space_id=space.pk,
            author_id=moderator,
            title=f"本周更新（{number}）",
            body="这一周修了不少问题，感谢大家的反馈。",
            at=now + timedelta(minutes=number),
        )
    services.mark_thread(post_id=question.pk + 1, act="pin", actor_id=owner, at=now)
    return SimpleNamespace(space=space, question=question, answer=answer)


def shoot(watched, name):
    """Keep a picture where someone wants to look at the pages."""
    folder = os.environ.get("JULUO_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        watched.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@in_each_look
def test_the_pages_of_talk_keep_nobody_out(signed_in_page, talk, look):
    watched = signed_in_page("owner", **look)
    space, question = talk.space.pk, talk.question.pk
    paths = {
        "spaces": "/spaces/",
        "space": f"/spaces/{space}/",
        "top": f"/spaces/{space}/?show=top",
        "write": f"/spaces/{space}/write/",
        "ask": f"/spaces/{space}/write/?kind=question",
        "post": f"/spaces/posts/{question}/",
        "reply": f"/spaces/talk/answer-{talk.answer.pk}/reply/",
        "edit": f"/spaces/talk/post-{question}/edit/",
        "history": f"/spaces/talk/post-{question}/history/",
        "delete": f"/spaces/talk/post-{question}/delete/",
        "move": f"/spaces/posts/{question}/move/",
        "bookmarks": "/spaces/bookmarks/",
        "members": f"/spaces/{space}/members/?q=o",
        "new_space": "/spaces/new/",
        "change_space": f"/spaces/{space}/change/",
    }
    found = []
    for name, path in paths.items():
        found += watched.walk([path])
        shoot(watched, f"{look['width']}-{name}")

    assert found == []


@in_each_look
def test_strangers_read_what_is_public(open_page, talk, look):
    watched = open_page(**look)
    paths = ("/spaces/", f"/spaces/{talk.space.pk}/", f"/spaces/posts/{talk.question.pk}/")

    assert watched.walk(paths) == []
    shoot(watched, f"{look['width']}-stranger")


@in_each_look
def test_one_asks_and_another_answers_and_is_accepted(signed_in_page, talk, look):
    asker = signed_in_page("member", **look)
    page = asker.open(f"/spaces/{talk.space.pk}/write/?kind=question")
    page.fill("#id_title", "怎么导出数据？")
    page.fill("#id_body", "想要 **CSV** 格式。")
    page.wait_for_selector(".j-preview strong")
    page.reload()
    assert page.input_value("#id_body") == "想要 **CSV** 格式。"
    page.click(".j-composer .btn-primary")
    question = page.url
    assert "/spaces/posts/" in question

    answerer = signed_in_page("moderator", **look)
    answerer.open(question.removeprefix(answerer.address))
    answerer.page.fill("#answer_body", "在设置里导出。")
    answerer.page.click("form[action$='/answer/'] .btn-primary")
    assert answerer.page.locator("article[id^=answer-]").count() == 1
    assert answerer.page.input_value("#answer_body") == ""

    page.goto(question)
    page.click("article[id^=answer-] .j-mark-menu > summary")
    page.click("article[id^=answer-] .j-mark-choice >> nth=0")
    page.wait_for_selector("article[id^=answer-] .j-mark-button[aria-pressed=true]")
    page.click("button[formaction$='/accept/']")
    assert page.locator(".j-accepted").count() == 1
    page.click("article[id^=answer-] a[href$='/reply/']")
    page.wait_for_selector(".j-reply-here textarea")
    page.fill(".j-reply-here textarea", "找到了，谢谢！")
    shoot(asker, f"{look['width']}-replying")
    page.click(".j-reply-here .btn-primary")
    assert page.locator("li[id^=comment-]").count() == 1
    assert (asker.complaints, answerer.complaints) == ([], [])
