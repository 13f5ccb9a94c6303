"""Who may do what with a case, through HTTP; and nothing tells the author who flagged."""

import json

import pytest
from django.core import mail
from django.urls import reverse
from tests.domains.moderation.conftest import AT, flagged

from juluo.domains.discussions.models import Post
from juluo.domains.members.models import Member
from juluo.domains.moderation import services
from juluo.domains.moderation.models import Case
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

WHO = (
    "anon", "stranger", "author", "flagger", "keeper", "other_keeper", "moderator", "operator",
    "owner",
)  # fmt: skip
STAFF = {"moderator", "operator", "owner"}
IN_ITS_SPACE = STAFF | {"keeper"}
# What is asked, with which method and data, and who gets in.
ACTS = {
    "flag": ("get", {}, set(WHO) - {"anon", "author"}),
    "queue": ("get", {}, IN_ITS_SPACE | {"other_keeper"}),
    "case": ("get", {}, IN_ITS_SPACE),
    "take": ("post", {}, IN_ITS_SPACE),
    "dismiss": ("post", {"acts": "dismiss"}, IN_ITS_SPACE),
    "hide": ("post", {"acts": "hide", "reason": "spam"}, IN_ITS_SPACE),
    "warn": ("post", {"acts": "warn", "reason": "spam"}, IN_ITS_SPACE),
    "suspend": (
        "post",
        {"acts": "suspend", "reason": "spam", "suspend_for": "3"},
        {"operator", "owner"},
    ),
    "withdraw": ("post", {}, IN_ITS_SPACE),
    "objection": ("post", {"outcome": "upheld"}, IN_ITS_SPACE),
    "decision": ("get", {}, set()),
    "first_aid": ("get", {}, {"operator", "owner"}),
    "claims": ("get", {}, {"operator", "owner"}),
}


def address(act, world, case):
    if act == "flag":
        return reverse("moderation:flag", args=[f"post-{world.post.pk}"])
    if act in {"queue", "first_aid", "claims"}:
        return reverse(f"moderation:{act}")
    name = "decide" if act in {"dismiss", "hide", "warn", "suspend"} else act
    return reverse(f"moderation:{name}", args=[case.pk])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(world, client, who, act):
    case = flagged(world)
    if who != "anon":
        client.force_login(getattr(world, who))
    method, data, allowed = ACTS[act]

    answer = getattr(client, method)(address(act, world, case), data)

    if who == "anon":
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.url
    elif who in allowed:
        assert answer.status_code in {200, 302}
    else:
        # A form that offers less answers with the form; nothing happened either way.
        assert answer.status_code in {404, 422}
    expected = {"dismiss", "hide", "warn", "suspend"}
    is_decided = Case.objects.get(pk=case.pk).status == "decided"
    assert is_decided == (act in expected and who in allowed)
    is_suspended = not Member.objects.get(pk=world.author.pk).is_active
    assert is_suspended == (act == "suspend" and who in allowed)


@pytest.mark.parametrize("who", ["moderator", "operator", "owner", "keeper", "stranger"])
def test_of_a_private_message_staff_see_what_was_flagged_and_no_more(world, client, who):
    case = flagged(world, f"private:{world.private.pk}", consents=True)
    client.force_login(getattr(world, who))
    answer = client.get(reverse("moderation:case", args=[case.pk]))
    if who in STAFF:
        text = answer.content.decode()
        assert "private 6" in text
        assert "private 1" in text
        assert "private 0" not in text
    else:
        assert answer.status_code == 404
    talk = reverse("messaging:conversation", args=[world.private.conversation_id])
    assert client.get(talk).status_code == 404


CANARY = "Zqxflagger"


def test_nothing_tells_the_author_who_flagged(world, client, settings):
    """Walk every page of the author's, their notifications, mail and the log for the flagger."""
    Member.objects.filter(pk=world.flagger.pk).update(display_name=CANARY)
    world.flagger.refresh_from_db()
    for who in ("flagger", "second", "third"):
        case = flagged(world, by=who, words=f"{CANARY} says so")
    services.decide(
        case_id=case.pk, actor=world.operator, acts=["remove", "warn"], reason="insult", at=AT
    )
    services.object_to(case_id=case.pk, member_id=world.author.pk, words="no", at=AT)
    client.force_login(world.author)
    pages = [
        reverse("moderation:decision", args=[case.pk]),
        reverse("discussions:post", args=[world.post.pk]),
        reverse("web:space", args=[world.space.pk]),
        "/notifications/",
        reverse("members:profile", args=[world.author.pk]),
        "/",
    ]
    for page in pages:
        answer = client.get(page, follow=True)
        assert CANARY not in answer.content.decode(), page

    told = Notification.objects.filter(member=world.author)
    assert CANARY not in json.dumps([[row.facts, row.url, row.key] for row in told])
    assert CANARY not in "".join(str(each.message()) for each in mail.outbox)
    rows = EventRecord.objects.filter(name__startswith="moderation.flagged")
    assert {row.actor_id for row in rows} == {None}
    assert str(world.flagger.pk) not in {str(value) for row in rows for value in row.payload}


def test_even_an_author_on_the_staff_does_not_learn_it(world, client):
    Post.objects.filter(pk=world.post.pk).update(author=world.operator)
    Member.objects.filter(pk=world.flagger.pk).update(display_name=CANARY)
    case = flagged(world, words=CANARY)
    client.force_login(world.operator)
    assert client.get(reverse("moderation:case", args=[case.pk])).status_code == 404
    for page in (
        reverse("moderation:queue"),
        reverse("members:audit"),
        f"/console/members/{world.flagger.pk}/",
    ):
        text = client.get(page).content.decode()
        assert f"/console/moderation/cases/{case.pk}/" not in text
        assert "/flag/" not in text


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "{{7*7}}{% load ui %}",
    "<a href='javascript:alert(1)'>x</a>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(world, client, payload):
    case = flagged(world, reason="other", words=payload)
    services.decide(
        case_id=case.pk, actor=world.moderator, acts=["warn"], reason="spam", words=payload, at=AT
    )
    services.object_to(case_id=case.pk, member_id=world.author.pk, words=payload, at=AT)
    for who, page in (
        ("moderator", reverse("moderation:case", args=[case.pk])),
        ("author", reverse("moderation:decision", args=[case.pk])),
    ):
        client.force_login(getattr(world, who))
        text = client.get(page).content.decode()
        for harm in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript', "49"):
            assert harm not in text or harm == "49"


@pytest.mark.parametrize("value", ["1", "yes", "[]", "{}", "x" * 5000, "\x00", "dismiss,hide"])
def test_odd_values_are_refused_kindly(world, client, value):
    case = flagged(world)
    client.force_login(world.moderator)
    page = reverse("moderation:decide", args=[case.pk])
    assert client.post(page, {"acts": value, "reason": value}).status_code == 422
    assert (
        client.get(reverse("moderation:queue"), {"space": value, "after": value}).status_code == 200
    )
    client.force_login(world.second)
    flag = reverse("moderation:flag", args=[f"post-{world.post.pk}"])
    assert client.post(flag, {"reason": value, "words": value}).status_code == 422
    assert Case.objects.get(pk=case.pk).status == "open"


def test_a_thing_is_flagged_through_its_page(world, client):
    client.force_login(world.flagger)
    page = client.get(reverse("discussions:post", args=[world.post.pk])).content.decode()
    link = reverse("moderation:flag", args=[f"post-{world.post.pk}"])
    assert link in page
    assert reverse("moderation:flag", args=[f"comment-{world.comment.pk}"]) in page
    answer = client.post(link, {"reason": "insult", "words": ""})
    assert answer.status_code == 302
    assert Case.objects.get().flags.get().member == world.flagger


def test_chats_and_private_talk_and_profiles_offer_to_flag(world, client):
    client.force_login(world.flagger)
    group = client.get(reverse("messaging:group", args=[world.message.group_id])).content.decode()
    assert reverse("moderation:flag", args=[f"message-{world.message.pk}"]) in group
    talk = reverse("messaging:conversation", args=[world.private.conversation_id])
    assert (
        reverse("moderation:flag", args=[f"private-{world.private.pk}"])
        in client.get(talk).content.decode()
    )
    profile = client.get(reverse("members:profile", args=[world.author.pk])).content.decode()
    assert reverse("moderation:flag", args=[f"member-{world.author.pk}"]) in profile
