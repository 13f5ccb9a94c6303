"""What members are told: once, in their language, by mail where it is urgent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from juluo.domains.notifications import queries, services
from juluo.domains.notifications.models import Notification
from juluo.domains.notifications.types import Kind

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kinds():
    queries.register_kind(Kind(key="test.calm", words="Read %(title)s", icon="bell"))
    queries.register_kind(Kind(key="test.urgent", words="%(title)s burns", urgent=True))


def tell(member, *, kind="test.urgent", key="k", title="It", url="/spaces/"):
    return services.tell(
        member_id=member.pk, kind=kind, key=key, facts={"title": title}, url=url, at=AT
    )


def test_told_twice_it_is_one_line(people):
    assert tell(people["member"])
    assert not tell(people["member"], title="Again")

    assert [each.words for each in queries.inbox(member_id=people["member"].pk)] == ["It burns"]


def test_an_unknown_kind_is_refused_and_nothing_is_told(people):
    with pytest.raises(queries.UnknownKind):
        tell(people["member"], kind="test.nobody")

    assert not Notification.objects.exists()


def test_reading_is_each_members_own(people):
    tell(people["member"])
    tell(people["owner"])

    services.mark_read(member_id=people["member"].pk, at=AT)

    assert queries.unread_count(member_id=people["member"].pk) == 0
    assert queries.unread_count(member_id=people["owner"].pk) == 1


def test_only_urgent_things_are_mailed_and_only_once(people):
    tell(people["member"], kind="test.calm", key="a")
    tell(people["member"], key="b")

    assert services.send_due_mail(now=AT + MINUTE) == 1
    assert services.send_due_mail(now=AT + MINUTE) == 0

    (sent,) = mail.outbox
    assert sent.subject == "It burns"
    assert sent.to == ["member@example.org"]
    assert "/spaces/" in sent.body
    assert sent.extra_headers["Message-ID"].startswith("<notification-")


def test_a_subject_has_no_line_of_its_own_making(people):
    tell(people["member"], title="It\r\nBcc: all@example.org")

    services.send_due_mail(now=AT + MINUTE)

    assert mail.outbox[0].subject == "It Bcc: all@example.org burns"


@pytest.mark.parametrize("why", ["read", "refused", "closed", "stale", "no address"])
def test_nobody_is_mailed_in_vain(people, why):
    member = people["member"]
    tell(member)
    now = AT + MINUTE
    if why == "read":
        services.mark_read(member_id=member.pk, at=AT)
    elif why == "refused":
        services.want_mail(member_id=member.pk, wanted=False, at=AT)
    elif why == "closed":
        member.is_active = False
        member.save()
    elif why == "stale":
        now = AT + timedelta(days=2)
    else:
        member.email = None
        member.save()

    assert services.send_due_mail(now=now) == 0
    assert not Notification.objects.filter(mail_due=True).exists()


def test_what_cannot_be_sent_waits(people, settings):
    tell(people["member"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert services.send_due_mail(now=AT + MINUTE) == 0
    assert Notification.objects.filter(mail_due=True).count() == 1


def test_mail_speaks_the_readers_language(people):
    words = gettext_noop("You get this because it concerns you. Change that in your inbox.")
    people["member"].language = "zh-hans"
    people["member"].save()
    tell(people["member"])

    services.send_due_mail(now=AT + MINUTE)

    assert words not in mail.outbox[0].body
    with override("zh-hans"):
        assert "收件箱" in mail.outbox[0].body


def test_opening_a_line_marks_it_and_leads_on(people):
    tell(people["member"])
    row = Notification.objects.get()
    client = Client()
    client.force_login(people["member"])

    page = client.get(reverse("notifications:inbox")).content.decode()
    answer = client.post(reverse("notifications:open", args=[row.pk]))

    assert "It burns" in page
    assert answer.headers["Location"] == "/spaces/"
    assert queries.unread_count(member_id=people["member"].pk) == 0


def test_another_members_line_is_not_there(people):
    tell(people["member"])
    client = Client()
    client.force_login(people["owner"])

    assert client.post(f"/inbox/{Notification.objects.get().pk}/").status_code == 404
    assert queries.unread_count(member_id=people["member"].pk) == 1


@pytest.mark.parametrize(
    "url", ["//evil.example", "https://evil.example/", "javascript:1", "\\\\e", ""]
)
def test_a_line_never_leads_away_from_us(people, url):
    tell(people["member"], url=url)
    client = Client()
    client.force_login(people["member"])

    answer = client.post(f"/inbox/{Notification.objects.get().pk}/")

    assert answer.headers["Location"] == "/inbox/"


def test_a_long_inbox_costs_the_same(people, django_assert_num_queries):
    for n in range(60):
        tell(people["member"], key=str(n))

    with django_assert_num_queries(1):
        assert len(queries.inbox(member_id=people["member"].pk)) == 30
