"""Other programs are told of what happens: signed, once, tried again; never what is private."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from juluo.domains.discussions import services as talk
from juluo.domains.discussions.models import Space
from juluo.domains.members import services as members
from juluo.domains.members.models import AuditEntry
from juluo.domains.messaging.services import conversations
from juluo.domains.notifications import queries as inbox
from juluo.domains.webhooks import queries, rules, services
from juluo.domains.webhooks.models import Call, Endpoint
from juluo.eventlog.models import Delivery
from juluo.eventlog.subscriptions import deliver
from juluo.lib.outgoing import Answer, Caller, CallFailed

DAY = timedelta(days=1)


@pytest.fixture
def operator(db):
    return person("op", role="operator")


def person(name, **values):
    at = timezone.now() - 60 * DAY
    return members.create_member(email=f"{name}@example.org", display_name=name, at=at, **values)


@pytest.fixture(autouse=True)
def _nothing_known():
    queries.forget_wanted()
    yield
    queries.forget_wanted()


@pytest.fixture
def sent(monkeypatch):
    """What would be called; ``answers`` are given in turn, then 200."""
    calls = []
    calls_answers = []

    def call(_self, method, url, *, body=b"", headers=None):
        calls.append((method, url, body, headers))
        answer = calls_answers.pop(0) if calls_answers else 200
        if answer is None:
            raise CallFailed("ConnectError")
        return Answer(status=answer, headers={}, body=b"")

    monkeypatch.setattr(Caller, "call", call)
    return type("Sent", (), {"calls": calls, "answers": calls_answers})


def add(operator, events=("*",)):
    made = services.add_endpoint(
        name="bot",
        url="https://hooks.example.org/in",
        events=list(events),
        actor_id=operator.pk,
        at=timezone.now(),
    )
    queries.forget_wanted()
    return made


def publish(author, space=None):
    space = space or Space.objects.create(name="s", opened_at=timezone.now())
    return talk.publish_post(
        space_id=space.pk,
        author_id=author.pk,
        title="canary-title",
        body="canary-body",
        at=timezone.now(),
    )


def test_an_event_is_told_once_signed_and_without_words(operator, sent):
    hook = add(operator)
    post = publish(operator)
    deliver()
    deliver()
    now = timezone.now()
    assert services.call_due(now=now) == 1
    assert services.call_due(now=now) == 0

    ((method, url, body, headers),) = sent.calls
    told = json.loads(body)
    moment, _, signed = headers["Juluo-Signature"].partition(",v1=")
    raw = moment.removeprefix("t=").encode() + b"." + body
    assert (method, url) == ("POST", "https://hooks.example.org/in")
    assert signed == hmac.new(hook.secret.encode(), raw, hashlib.sha256).hexdigest()
    assert abs(int(moment.removeprefix("t=")) - now.timestamp()) < 5
    assert (told["type"], told["subject"]) == ("discussions.post_published", f"post:{post.pk}")
    assert told["id"] == headers["Juluo-Delivery"]
    assert b"canary" not in body
    assert Call.objects.get().status == "done"


def test_what_was_not_asked_for_costs_nothing(operator, sent):
    add(operator, ["discussions.question_asked"])
    publish(operator)

    named = Delivery.objects.values_list("subscriber", flat=True)
    assert not [name for name in named if "webhooks" in name]


def test_private_messages_are_told_to_nobody(operator, sent):
    add(operator)
    conversations.begin(
        member_ids=[person("bo").pk], body="psst", actor=operator, at=timezone.now()
    )
    deliver()
    services.call_due(now=timezone.now())

    assert "messaging.private_message_sent" not in queries.choosable()
    assert b"private" not in b"".join(call[2] for call in sent.calls)


def test_a_call_that_fails_is_tried_again_later_and_given_up_in_the_end(operator, sent):
    add(operator)
    publish(operator)
    deliver()
    sent.answers += [500, None] + [503] * 20
    now = timezone.now()
    waits = []
    while Call.objects.filter(status="waiting").exists():
        assert services.call_due(now=now) == 1
        assert services.call_due(now=now) == 0
        row = Call.objects.get()
        waits.append(row.not_before - now)
        now = row.not_before

    assert waits[:-1] == list(rules.PAUSES)
    assert (row.status, row.attempts, row.answer) == ("failed", len(rules.PAUSES) + 1, 503)
    assert len({call[3]["Juluo-Delivery"] for call in sent.calls}) == 1
    sent.answers.clear()
    assert services.call_again(call_id=row.pk, endpoint_id=row.endpoint_id, at=now)
    assert services.call_due(now=now) == 1
    assert Call.objects.get().status == "done"


def test_an_address_that_keeps_failing_is_stopped_and_its_keeper_told(operator, sent):
    hook = add(operator)
    Endpoint.objects.filter(pk=hook.pk).update(failures=rules.MOST_FAILURES - 1)
    publish(operator)
    deliver()
    sent.answers.append(500)
    services.call_due(now=timezone.now())

    assert queries.endpoint(hook.pk).is_stopped
    assert [line.words for line in inbox.inbox(member_id=operator.pk)] == [
        "The webhook bot failed so often that it is called no more"
    ]
    assert services.call_due(now=timezone.now() + DAY) == 0
    services.start_again(endpoint_id=hook.pk, actor_id=operator.pk, at=timezone.now())
    assert services.call_due(now=timezone.now() + DAY) == 1


def test_a_sender_that_died_leaves_its_call_to_the_next(operator, sent):
    add(operator)
    publish(operator)
    deliver()
    now = timezone.now()
    Call.objects.update(claimed_until=now + timedelta(minutes=1))

    assert services.call_due(now=now) == 0
    assert services.call_due(now=now + timedelta(minutes=2)) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example/", "https://a@b.example/", "http://x:22/", ""]
)
def test_what_is_no_address_is_refused(operator, url):
    with pytest.raises(services.NotAnAddress):
        services.add_endpoint(
            name="x", url=url, events=["*"], actor_id=operator.pk, at=timezone.now()
        )


def test_an_address_in_our_own_network_is_never_called(operator):
    hook = add(operator)
    Endpoint.objects.filter(pk=hook.pk).update(url="http://127.0.0.1:8080/")
    services.try_out(endpoint_id=hook.pk, actor_id=operator.pk, at=timezone.now())
    services.call_due(now=timezone.now())

    assert Call.objects.get().trouble == "refused: private"


def test_the_page_adds_shows_changes_and_ends(operator, client, sent):
    client.force_login(operator)
    bad = client.post("/console/webhooks/", {"name": "x", "url": "nope", "events": ["*"]})
    made = client.post(
        "/console/webhooks/",
        {"name": "<b>bot</b>", "url": "https://hooks.example.org/", "events": ["*"]},
    )
    hook = Endpoint.objects.get()
    client.post(f"/console/webhooks/{hook.pk}/act/", {"act": "try"})
    services.call_due(now=timezone.now())
    page = client.get(f"/console/webhooks/{hook.pk}/").content.decode()
    ended = client.post(f"/console/webhooks/{hook.pk}/end/")

    assert (bad.status_code, made.status_code, ended.status_code) == (422, 302, 302)
    assert "&lt;b&gt;bot&lt;/b&gt;" in page
    assert "webhooks.tried_out" in page
    assert hook.secret in page
    assert not queries.endpoints()
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["webhooks.added", "webhooks.tried_out", "webhooks.ended"]
