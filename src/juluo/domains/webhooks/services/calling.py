"""Queue calls, make them, and try again."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from juluo.domains.members import queries as members
from juluo.domains.notifications.services import tell
from juluo.domains.webhooks import rules
from juluo.domains.webhooks.models import Call, Endpoint
from juluo.lib.outgoing import AddressRefused, Answer, Caller, CallFailed

# A sender that died while calling: its call is made again, under the same key.
CLAIM = timedelta(minutes=2)
KEEP = timedelta(days=30)
SECONDS = 10.0
MOST_BYTES = 64_000


@transaction.atomic
def queue(*, key: str, name: str, told: dict[str, Any], at: datetime) -> int:
    """Queue an event for everyone who is to be told of it; return how many that are."""
    listening = Endpoint.objects.filter(ended_at=None, stopped_at=None)
    wanted = [each for each in listening if rules.wants(each.events, name)]
    body = json.dumps({"id": key, "type": name, **told}, ensure_ascii=False)
    made = [
        Call(endpoint=each, key=key, event=name, body=body, made_at=at, not_before=at)
        for each in wanted
    ]
    Call.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def call_due(*, now: datetime, limit: int = 50) -> int:
    """Make the calls that are due; return how many were tried."""
    due = Call.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        status=Call.Status.WAITING,
        not_before__lte=now,
        endpoint__stopped_at=None,
        endpoint__ended_at=None,
    )
    ids = list(due.order_by("not_before", "id").values_list("pk", flat=True)[:limit])
    return sum(_call_one(pk, now) for pk in ids)


@transaction.atomic
def call_again(*, call_id: int, endpoint_id: int, at: datetime) -> bool:
    """Give a call that was given up a fresh set of tries; return whether there was one."""
    given_up = Call.objects.filter(pk=call_id, endpoint_id=endpoint_id, status=Call.Status.FAILED)
    return bool(given_up.update(status=Call.Status.WAITING, attempts=0, not_before=at))


def forget_old_calls(*, now: datetime) -> int:
    """Forget calls that were made long ago; return how many."""
    old = Call.objects.exclude(status=Call.Status.WAITING).filter(made_at__lt=now - KEEP)
    return old.delete()[0]


def _call_one(pk: int, now: datetime) -> bool:
    """Claim a call, make it while nobody waits for the database, and keep what came of it."""
    free = Call.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), pk=pk, status=Call.Status.WAITING
    )
    if not free.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
        return False
    row = Call.objects.select_related("endpoint").get(pk=pk)
    answer, trouble = _send(row, now)
    if answer is not None and 200 <= answer.status < 300:
        _took(row, answer, now)
    else:
        _put_back(row, answer, trouble, now)
    return True


def _send(row: Call, now: datetime) -> tuple[Answer | None, str]:
    body = row.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Juluo-Webhooks/1",
        "Juluo-Event": row.event,
        "Juluo-Delivery": row.key,
        "Juluo-Signature": rules.signature(row.endpoint.secret, at=int(now.timestamp()), body=body),
    }
    caller = Caller(seconds=SECONDS, most_bytes=MOST_BYTES, trusted=settings.OUTGOING_TRUSTED_HOSTS)
    try:
        return caller.call("POST", row.endpoint.url, body=body, headers=headers), ""
    except AddressRefused as error:
        return None, f"refused: {error.why}"
    except CallFailed as error:
        return None, str(error)[:80]


@transaction.atomic
def _took(row: Call, answer: Answer, now: datetime) -> None:
    Call.objects.filter(pk=row.pk).update(
        status=Call.Status.DONE, answer=answer.status, trouble="", claimed_until=None, done_at=now
    )
    Endpoint.objects.filter(pk=row.endpoint_id).update(failures=0, worked_at=now)


@transaction.atomic
def _put_back(row: Call, answer: Answer | None, trouble: str, now: datetime) -> None:
    pause = rules.pause_after(row.attempts)
    Call.objects.filter(pk=row.pk).update(
        status=Call.Status.WAITING if pause else Call.Status.FAILED,
        not_before=now + pause if pause else now,
        answer=answer.status if answer else None,
        trouble=trouble,
        claimed_until=None,
    )
    Endpoint.objects.filter(pk=row.endpoint_id).update(failures=F("failures") + 1)
    failing = Endpoint.objects.filter(
        pk=row.endpoint_id, failures__gte=rules.MOST_FAILURES, stopped_at=None
    )
    if failing.update(stopped_at=now):
        _tell_of_stop(row.endpoint, now)


def _tell_of_stop(endpoint: Endpoint, now: datetime) -> None:
    keeper = members.active_member(endpoint.made_by_id)
    if keeper is None:
        return
    tell(
        member_id=keeper.pk,
        kind="webhooks.stopped",
        key=f"webhooks.stopped:{endpoint.pk}:{now.timestamp()}",
        facts={"name": endpoint.name},
        url=reverse("webhooks:webhook", args=[endpoint.pk]),
        at=now,
    )
