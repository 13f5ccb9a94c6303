"""One click ends a sort of mail: without signing in, and only for whom the link was made."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail, signing
from django.test import Client

from juluo.domains.notifications import queries, services
from juluo.domains.notifications.models import KindPreference, MailPreference
from juluo.domains.notifications.types import Kind
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds():
    queries.register_kind(Kind(key="test.urgent", words="%(title)s burns", urgent=True))


def path_of(member, scope="test.urgent"):
    return urlsplit(services.stop_link(member_id=member.pk, scope=scope)).path


def tell(member, key="k", at=AT):
    services.tell(member_id=member.pk, kind="test.urgent", key=key, facts={"title": "It"}, at=at)


def stopped():
    return EventRecord.objects.filter(name="notifications.mail_stopped").count()


def test_the_mail_carries_what_mail_programs_need_for_one_click(people):
    tell(people["member"])
    services.send_due_mail(now=AT)
    headers = mail.outbox[0].extra_headers

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    assert link in mail.outbox[0].body
    answer = Client(enforce_csrf_checks=True).post(
        urlsplit(link).path, {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    tell(people["member"], key="later")
    assert services.send_due_mail(now=AT) == 0
    assert queries.unread_count(member_id=people["member"].pk) == 2


def test_looking_at_the_page_ends_nothing(people):
    client = Client()

    assert client.get(path_of(people["member"])).status_code == 200
    assert client.head(path_of(people["member"])).status_code == 200
    assert not KindPreference.objects.exists()


def test_asked_again_it_changes_nothing_more(people):
    for _ in range(3):
        assert Client().post(path_of(people["member"])).status_code == 200

    assert KindPreference.objects.get().way == "inbox"
    assert stopped() == 1


def test_a_kind_switched_off_is_not_switched_on_again_by_an_old_link(people):
    services.choose(member_id=people["member"].pk, ways={"test.urgent": "off"}, at=AT)

    Client().post(path_of(people["member"]))

    assert KindPreference.objects.get().way == "off"


@pytest.mark.parametrize(
    ("scope", "field"), [("digest", "wants_digest"), ("everything", "wants_mail")]
)
def test_the_digest_and_everything_can_be_ended(people, scope, field):
    Client().post(path_of(people["member"], scope))

    row = MailPreference.objects.get(member=people["member"])
    assert getattr(row, field) is False


def test_everything_can_be_ended_from_any_link(people):
    Client().post(path_of(people["member"]), {"everything": "1"})

    assert not queries.wants_mail(member_id=people["member"].pk)


def test_a_link_ends_only_the_mail_of_whom_it_was_made_for(people):
    Client().post(path_of(people["member"]))

    assert list(KindPreference.objects.values_list("member_id", flat=True)) == [people["member"].pk]


def forged(member):
    right = path_of(member).split("/")[-2]
    value, stamp, seal = right.split(":")
    other = signing.b64_encode(b'[%d,"everything"]' % member.pk).decode()
    return [
        "",
        "x",
        "a:b:c",
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        right + "x",
        f"{other}:{stamp}:{seal}",
        f"{value}:{stamp}:",
        signing.dumps([member.pk, "everything"], key="guessed", salt="notifications.stop-mail"),
        signing.dumps([member.pk, "everything"], salt="another purpose"),
        signing.dumps("x", salt="notifications.stop-mail"),
        signing.dumps([999_999, "everything"], salt="notifications.stop-mail"),
        "%00",
        "字" * 200,
    ]


def test_a_forged_link_is_like_one_that_is_not_there(people):
    for token in forged(people["member"]):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/inbox/stop/{token}/")
            assert answer.status_code == 404, token

    assert not KindPreference.objects.exists()
    assert not MailPreference.objects.exists()


def test_a_link_tells_nothing_of_its_member(people):
    page = Client().get(path_of(people["member"])).content.decode()

    assert "member@example.org" not in page
    assert people["member"].display_name not in page


def test_a_kind_that_is_gone_does_no_harm(people):
    assert Client().post(path_of(people["member"], "test.gone")).status_code == 200
    assert not KindPreference.objects.exists()


def test_an_old_link_still_works(people):
    tell(people["member"])
    services.send_due_mail(now=AT)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    services.forget_old_marks(now=AT + timedelta(days=400))
    assert Client().post(urlsplit(link).path).status_code == 200
    assert stopped() == 1
