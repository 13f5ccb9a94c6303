"""Each member is told in their own way: kinds, mutes, quiet hours, a share of mails, digests."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client

from juluo.domains.members.services import create_member
from juluo.domains.notifications import queries, services
from juluo.domains.notifications.models import Notification, SentMail
from juluo.domains.notifications.types import Kind
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _kinds():
    queries.register_kind(Kind(key="test.calm", words="Read %(title)s"))
    queries.register_kind(Kind(key="test.urgent", words="%(title)s burns", urgent=True))
    queries.register_kind(Kind(key="test.staff", words="%(n)d wait", for_staff=True))
    queries.register_namer("test", lambda _viewer, ids: {pk: f"Thing {pk}" for pk in ids if pk < 9})


def tell(member, *, kind="test.urgent", key="k", at=AT, about=(), title="It"):
    facts = {"title": title}
    return services.tell(
        member_id=member.pk, kind=kind, key=key, facts=facts, url="/spaces/", about=about, at=at
    )


def choose(member, *, ways=None, **times):
    usual = {
        "wants_digest": True,
        "timezone": "",
        "quiet_from": None,
        "quiet_until": None,
        "digest_hour": 8,
        "most_a_day": 10,
    }
    wanted = services.Wanted(**{**usual, **times})
    services.choose(member_id=member.pk, ways=ways or {}, wanted=wanted, at=AT)


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def subjects():
    return [each.subject for each in mail.outbox]


@pytest.mark.parametrize(
    ("way", "inbox", "at_once", "daily"),
    [("off", 0, 0, 0), ("inbox", 1, 0, 0), ("daily", 1, 0, 1), ("at_once", 1, 1, 0)],
)
def test_a_kind_comes_in_the_way_its_member_chose(people, way, inbox, at_once, daily):
    member = people["member"]
    choose(member, ways={"test.calm": way})

    assert tell(member, kind="test.calm") is bool(inbox)
    assert len(queries.inbox(member_id=member.pk)) == inbox
    assert services.send_due_mail(now=AT + HOUR) == at_once
    assert services.send_due_digests(now=AT + DAY) == daily


def test_others_are_told_as_ever(people):
    choose(people["member"], ways={"test.urgent": "off"})

    news = services.tell_all(
        member_ids=[each.pk for each in people.values()],
        kind="test.urgent",
        key="k",
        facts={"title": "It"},
        at=AT,
    )
    assert news == {each.pk for role, each in people.items() if role != "member"}


def test_who_muted_a_thread_or_its_space_is_not_told_of_it(people):
    member = people["member"]
    services.mute(member_id=member.pk, about="test:1", at=AT)
    services.mute(member_id=member.pk, about="test:1", at=AT)

    assert not tell(member, about=["test:1", "test:2"])
    assert tell(member, about=["test:2"])
    services.unmute(member_id=member.pk, about="test:1", at=AT)
    assert tell(member, key="later", about=["test:1"])
    names = EventRecord.objects.filter(name__startswith="notifications.").order_by("id")
    assert list(names.values_list("name", "subject_id")) == [
        ("notifications.subject_muted", "test:1"),
        ("notifications.subject_unmuted", "test:1"),
    ]


def test_what_one_may_not_see_cannot_be_muted_to_learn_its_name(people):
    client = as_(people["member"])

    assert client.post("/inbox/mute/", {"about": "test:99"}).status_code == 404
    assert client.post("/inbox/mute/", {"about": "nothing:1"}).status_code == 404
    assert client.post("/inbox/mute/", {"about": "test:3"}).status_code == 302
    assert "Thing 3" in client.get("/inbox/preferences/").content.decode()


def test_the_inbox_offers_to_mute_what_a_line_is_about(people):
    tell(people["member"], about=["test:3", "test:99"])

    page = as_(people["member"]).get("/inbox/").content.decode()
    assert "Mute “Thing 3”" in page
    assert "test:99" not in page


def test_mail_waits_until_the_members_night_is_over(people):
    member = people["member"]
    choose(member, quiet_from=time(22), quiet_until=time(7), timezone="America/New_York")
    night = datetime(2025, 3, 9, 6, tzinfo=UTC)  # 01:00 in New York, an hour before summer time
    tell(member, at=night)

    morning = datetime(2025, 3, 9, 11, tzinfo=UTC)  # 07:00 by summer time
    assert services.send_due_mail(now=morning - timedelta(minutes=1)) == 0
    assert services.send_due_mail(now=morning) == 1


def test_quiet_hours_chosen_later_hold_what_already_waits(people):
    tell(people["member"], at=AT)
    choose(people["member"], quiet_from=time(8), quiet_until=time(20))

    assert services.send_due_mail(now=AT + HOUR) == 0
    assert services.send_due_mail(now=AT.replace(hour=20)) == 1


def test_those_in_their_night_do_not_keep_others_waiting(people):
    choose(people["member"], quiet_from=time(8), quiet_until=time(20))
    for number in range(5):
        tell(people["member"], key=str(number))
    tell(people["owner"])

    assert services.send_due_mail(now=AT, limit=1) == 1
    assert mail.outbox[0].to == ["owner@example.org"]


def test_what_exceeds_the_share_of_a_day_comes_with_the_daily_mail_and_its_number(people):
    member = people["member"]
    choose(member, most_a_day=2)
    for number in range(5):
        tell(member, key=str(number), title=f"House {number}")

    assert services.send_due_mail(now=AT) == 2
    assert services.send_due_mail(now=AT + HOUR) == 0
    assert services.send_due_digests(now=AT + timedelta(hours=22)) == 0  # 07:00
    assert services.send_due_digests(now=AT + timedelta(hours=23)) == 1

    digest = mail.outbox[-1]
    assert digest.subject == "Juluo: 3 things for you"
    assert "3 of these were held back" in digest.body
    for number in (2, 3, 4):
        assert f"House {number} burns" in digest.body
    assert "House 1" not in digest.body


def test_a_daily_mail_comes_once_a_day_with_what_was_not_read(people):
    member = people["member"]
    choose(member, ways={"test.calm": "daily"})
    tell(member, kind="test.calm", key="a", title="one")
    tell(member, kind="test.calm", key="b", title="two")
    read = Notification.objects.get(key="b").pk
    services.mark_read(member_id=member.pk, notification_ids=[read], at=AT)

    assert services.send_due_digests(now=AT) == 0  # told after this morning's
    assert services.send_due_digests(now=AT + timedelta(hours=23)) == 1
    assert services.send_due_digests(now=AT + timedelta(hours=24)) == 0
    assert subjects() == ["Juluo: 1 thing for you"]
    assert mail.outbox[0].alternatives[0].mimetype == "text/html"
    assert "Read one" in mail.outbox[0].alternatives[0].content
    assert "Read two" not in mail.outbox[0].body


def test_a_daily_mail_of_nothing_is_not_sent(people):
    member = people["member"]
    choose(member, ways={"test.calm": "daily"}, wants_digest=False)
    tell(member, kind="test.calm")

    assert services.send_due_digests(now=AT + DAY) == 0
    assert not Notification.objects.filter(digest_due=True).exists()
    assert not SentMail.objects.exists()


def test_a_sender_that_died_sends_once_more_under_the_same_id_and_a_live_one_not_twice(people):
    tell(people["member"])
    row = Notification.objects.get()
    SentMail.objects.create(
        key=f"notification:{row.pk}", member=people["member"], what="one", claimed_at=AT
    )

    assert services.send_due_mail(now=AT + timedelta(minutes=5)) == 0
    assert services.send_due_mail(now=AT + timedelta(minutes=20)) == 1
    assert services.send_due_mail(now=AT + timedelta(minutes=40)) == 0
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<notification-{row.pk}@juluo>"


def test_marks_of_old_mails_are_forgotten(people):
    tell(people["member"])
    services.send_due_mail(now=AT)

    assert services.forget_old_marks(now=AT + 59 * DAY) == 0
    assert services.forget_old_marks(now=AT + 61 * DAY) == 1


def test_a_mail_speaks_the_readers_language_in_each_of_its_parts(people):
    member = people["member"]
    member.language = "zh-hans"
    member.save()
    choose(member, ways={"test.calm": "daily"})
    tell(member, kind="test.calm")
    services.send_due_digests(now=AT + DAY)

    (sent,) = mail.outbox
    assert sent.subject == "Juluo：1 件与你有关的事"
    assert "不再接收此类邮件" in sent.body
    assert '<html lang="zh-Hans">' in sent.alternatives[0].content
    assert "Change what" not in sent.alternatives[0].content


@pytest.mark.parametrize(
    "title",
    [
        "x\r\nBcc: all@evil.example",
        "x\nList-Unsubscribe: <https://evil.example>",
        "x\u2028Subject: y",
        "x\x00\x0b\x85y",
        "=?utf-8?q?=0ABcc:_x?=",
    ],
)
def test_no_header_can_be_slipped_in(people, title):
    tell(people["member"], title=title)
    assert services.send_due_mail(now=AT) == 1

    sent = mail.outbox[0].message()
    assert sent["Bcc"] is None
    assert len(sent.get_all("List-Unsubscribe")) == 1
    assert len(sent.get_all("Subject")) == 1
    assert "\n" not in mail.outbox[0].subject


def test_words_of_others_are_neither_markup_nor_links_in_a_mail(people):
    tell(people["member"], title='<a href="https://evil.example">win</a> evil.com')
    services.send_due_mail(now=AT)

    (sent,) = mail.outbox
    assert "evil.com" not in sent.body
    assert "https://evil" not in sent.body
    assert '<a href="https://evil' not in sent.alternatives[0].content
    assert "&lt;a href=" in sent.alternatives[0].content


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_a_mail_never_leads_away_from_us(people, url):
    services.tell(
        member_id=people["member"].pk,
        kind="test.urgent",
        key="k",
        facts={"title": "It"},
        url=url,
        at=AT,
    )
    services.send_due_mail(now=AT)

    assert "evil" not in mail.outbox[0].body
    assert "javascript" not in mail.outbox[0].alternatives[0].content


def test_the_page_of_preferences_shows_each_kind_to_those_it_can_reach(people):
    member = as_(people["member"]).get("/inbox/preferences/").content.decode()
    staff = as_(people["moderator"]).get("/inbox/preferences/").content.decode()

    assert "Read …" in member
    assert "… wait" not in member
    assert "… wait" in staff


def form(client, **changed):
    page = client.get("/inbox/preferences/")
    shown = {bound.html_name: bound.value() for bound in page.context["form"]}
    given = {name: value for name, value in shown.items() if value not in (None, False)}
    return client.post("/inbox/preferences/", {**given, **changed})


def test_the_form_keeps_what_was_chosen(people):
    client = as_(people["member"])
    answer = form(
        client, quiet_from="22:00", quiet_until="07:00", timezone="Asia/Shanghai", most_a_day="3"
    )

    rhythm = queries.rhythm_of(people["member"].pk)
    assert answer.status_code == 302
    assert (rhythm.quiet_from, rhythm.quiet_until) == (time(22), time(7))
    assert (rhythm.timezone, rhythm.most_a_day, rhythm.digest_hour) == ("Asia/Shanghai", 3, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_from": "22:00"},
        {"quiet_from": "08:00", "quiet_until": "08:00"},
        {"timezone": "Mars/Olympus"},
        {"digest_hour": "24"},
        {"most_a_day": "0"},
        {"kind_0": "by pigeon"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(people, wrong):
    before = queries.rhythm_of(people["member"].pk)

    assert form(as_(people["member"]), **wrong).status_code == 422
    assert queries.rhythm_of(people["member"].pk) == before


def test_telling_many_costs_the_same(people, django_assert_max_num_queries):
    crowd = [
        create_member(email=f"m{n}@example.org", display_name=f"m{n}", at=AT) for n in range(40)
    ]
    with django_assert_max_num_queries(8):
        news = services.tell_all(
            member_ids=[each.pk for each in crowd],
            kind="test.urgent",
            key="k",
            facts={"title": "It"},
            about=["test:1"],
            at=AT,
        )
    assert len(news) == 40


def test_kept_mail_is_shown_to_the_owner_alone(people, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    tell(people["member"], title="春天")
    services.send_due_mail(now=AT)

    page = as_(people["owner"]).get("/console/outbox/").content.decode()
    assert "春天 burns" in page
    assert "member@example.org" in page
    for role in ("operator", "moderator", "member"):
        assert as_(people[role]).get("/console/outbox/").status_code == 404
