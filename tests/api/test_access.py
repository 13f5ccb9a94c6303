"""Who gets into the API, and what everybody else is told."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.api.conftest import Caller

from juluo.api.authentication import PER_MEMBER
from juluo.api.routes import api
from juluo.domains.members import services
from juluo.domains.members.models import ApiToken, AuditEntry

DESCRIBED = api.get_openapi_schema()["paths"]
OPERATIONS = sorted((method, path) for path, each in DESCRIBED.items() for method in each)


# The parts that members' own keys open, by the first word of the address; the rest is staff's.
SCOPE_OF = {
    "spaces": "talk",
    "posts": "talk",
    "talk": "talk",
    "chats": "chats",
    "private": "private",
    "me": "profile",
    "members": "profile",
    "notifications": "profile",
}


def open_to(operation):
    """Whether plain members' keys open an operation, as far as it is theirs."""
    return operation[1].split("/")[3] in SCOPE_OF


def filled(path):
    """Return an operation's address with something in every place."""
    known = {
        "key": "members.active",
        "section": "background",
        "step": "finish",
        "reference": "post:999999",
        "act": "pin",
        "emoji": "heart",
    }
    places = re.compile("{(?:int:|str:)?(.*?)}")
    return places.sub(lambda place: known.get(place[1], "999999"), path.removeprefix("/api/v1"))


@pytest.mark.django_db
def test_no_operation_opens_without_a_key(subtests):
    for method, path in OPERATIONS:
        for caller in (Caller(), Caller("juluo_" + "x" * 43), Caller("\x00")):
            with subtests.test(method=method, path=path):
                status, body = caller.send(method, filled(path))
                assert (status, body["error"]["code"]) == (401, "unauthenticated")


def test_no_operation_of_the_console_opens_for_a_plain_member(key_of, subtests):
    caller = key_of("member")
    for method, path in OPERATIONS:
        if open_to((method, path)):
            continue
        with subtests.test(method=method, path=path):
            status, body = caller.send(method, filled(path))
            assert (status, body["error"]["code"]) == (403, "forbidden")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_key_opens_only_the_parts_it_was_made_for(key_of, method, path):
    mine = SCOPE_OF.get(path.split("/")[3], "console")
    others = [each for each in ApiToken.Scope.values if each != mine]
    closed = f"This key does not open the part '{mine}'."

    status, body = key_of("owner", scopes=others).send(method, filled(path))
    assert (status, body["error"]["message"]) == (403, closed)
    status, body = key_of("owner", scopes=[mine]).send(method, filled(path))
    assert body is None or "error" not in body or body["error"]["message"] != closed


def test_a_key_that_only_reads_changes_nothing(key_of, subtests):
    caller = key_of("owner", may_write=False)
    for method, path in OPERATIONS:
        if method == "get":
            continue
        with subtests.test(method=method, path=path):
            status, body = caller.send(method, filled(path))
            assert (status, body["error"]["message"]) == (403, "This key only reads.")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_operation_breaks_on_odd_input(key_of, method, path):
    caller = key_of("owner")
    for body in ({}, {"x": "\x00"}, {"title": ["a"], "from": "0000-00-00", "value": 1e400}):
        status, _body = caller.send(method, filled(path), None if method == "get" else body)
        assert status < 500


def test_a_session_is_not_a_key(people):
    caller = Caller()
    caller.force_login(people["owner"])

    assert caller.send("get", "/metrics/")[0] == 401


def test_a_key_ends_with_its_time_its_revocation_and_its_member(key_of, people):
    now = timezone.now()
    old = key_of("owner", at=now - timedelta(days=31))
    ended, suspended = key_of("owner"), key_of("operator")
    assert ended.send("get", "/metrics/")[0] == suspended.send("get", "/metrics/")[0] == 200

    token = ApiToken.objects.filter(member=people["owner"]).latest("pk")
    services.revoke_token(member_id=people["owner"].pk, token_id=token.pk, at=now)
    services.suspend(actor_id=people["owner"].pk, member_id=people["operator"].pk, at=now)

    assert [each.send("get", "/metrics/")[0] for each in (old, ended, suspended)] == [401] * 3


def test_nobody_ends_anothers_key(key_of, people):
    caller = key_of("owner")
    token = ApiToken.objects.get()

    assert not services.revoke_token(
        member_id=people["operator"].pk, token_id=token.pk, at=timezone.now()
    )
    assert caller.send("get", "/metrics/")[0] == 200


def test_the_secret_is_kept_nowhere(people):
    _token, secret = services.make_token(
        member_id=people["owner"].pk, name="n", may_write=True, days=30, at=timezone.now()
    )

    kept = str(ApiToken.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert secret not in kept
    assert secret[20:] not in kept


def test_who_asks_too_often_waits(key_of):
    caller = key_of("owner")

    with time_machine.travel(timezone.now(), tick=False):
        statuses = [caller.send("get", "/metrics/nobody/")[0] for _ in range(PER_MEMBER.burst + 5)]

    assert 429 in statuses[PER_MEMBER.burst :]
