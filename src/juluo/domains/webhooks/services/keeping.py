"""Add, change and end webhooks."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from juluo.domains.members.services import audit, record_audited
from juluo.domains.webhooks import queries
from juluo.domains.webhooks.models import Call, Endpoint
from juluo.domains.webhooks.rules import EVERYTHING
from juluo.events.base import reference
from juluo.events.webhooks import WebhookAdded, WebhookChanged, WebhookEnded
from juluo.lib.outgoing import AddressRefused, checked

TRY = "webhooks.tried_out"


class NotThere(LookupError):
    """There is no such webhook."""


class NotAnAddress(ValueError):
    """No address of the web that can be called."""


class NothingChosen(ValueError):
    """A webhook is told of at least one kind of event that there is."""


@transaction.atomic
def add_endpoint(
    *, name: str, url: str, events: Sequence[str], actor_id: int, at: datetime
) -> Endpoint:
    """Let a program be told of events from now on.

    :raises NotAnAddress: if the address cannot be called at all.
    :raises NothingChosen: if no event of these names exists.
    """
    _check(url)
    made = Endpoint.objects.create(
        name=name,
        url=url,
        secret=_new_secret(),
        events=_chosen(events),
        made_by_id=actor_id,
        made_at=at,
    )
    _record(WebhookAdded(webhook_id=made.pk), made, actor_id, at)
    return made


@transaction.atomic
def change_endpoint(
    *, endpoint_id: int, name: str, url: str, events: Sequence[str], actor_id: int, at: datetime
) -> None:
    """Change what a webhook is called, where it is, and what it is told of.

    :raises NotThere: if there is none. Refuses otherwise as :func:`add_endpoint` does.
    """
    _check(url)
    row = _held(endpoint_id)
    row.name, row.url, row.events = name, url, _chosen(events)
    row.save()
    _record(WebhookChanged(webhook_id=row.pk), row, actor_id, at)


@transaction.atomic
def renew_secret(*, endpoint_id: int, actor_id: int, at: datetime) -> str:
    """Sign with another secret from now on; return it.

    :raises NotThere: if there is no such webhook.
    """
    row = _held(endpoint_id)
    row.secret = _new_secret()
    row.save(update_fields=["secret"])
    _record(WebhookChanged(webhook_id=row.pk), row, actor_id, at)
    return row.secret


@transaction.atomic
def start_again(*, endpoint_id: int, actor_id: int, at: datetime) -> None:
    """Call a webhook again that was stopped because it failed.

    :raises NotThere: if there is no such webhook.
    """
    row = _held(endpoint_id)
    row.stopped_at, row.failures = None, 0
    row.save(update_fields=["stopped_at", "failures"])
    _record(WebhookChanged(webhook_id=row.pk), row, actor_id, at)


@transaction.atomic
def end_endpoint(*, endpoint_id: int, actor_id: int, at: datetime) -> None:
    """Tell a program nothing any more; what waited for it is dropped.

    :raises NotThere: if there is no such webhook.
    """
    row = _held(endpoint_id)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    Call.objects.filter(endpoint=row, status=Call.Status.WAITING).delete()
    _record(WebhookEnded(webhook_id=row.pk), row, actor_id, at)


@transaction.atomic
def try_out(*, endpoint_id: int, actor_id: int, at: datetime) -> None:
    """Send a webhook a call that tells of nothing, to see whether it arrives.

    :raises NotThere: if there is no such webhook.
    """
    row = _held(endpoint_id)
    subject = reference("webhook", row.pk)
    audit(actor_id=actor_id, action=TRY, subject=subject, at=at)
    key = f"try:{secrets.token_hex(8)}"
    body = json.dumps({"id": key, "type": TRY, "occurred_at": at.isoformat()})
    Call.objects.create(endpoint=row, key=key, event=TRY, body=body, made_at=at, not_before=at)


def _check(url: str) -> None:
    try:
        checked(url)
    except AddressRefused:
        raise NotAnAddress from None


def _chosen(events: Sequence[str]) -> list[str]:
    if EVERYTHING in events:
        return [EVERYTHING]
    chosen = [each for each in queries.choosable() if each in events]
    if not chosen:
        raise NothingChosen
    return chosen


def _new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _held(endpoint_id: int) -> Endpoint:
    rows = Endpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id, ended_at=None)
    row = rows.first()
    if row is None:
        raise NotThere
    return row


def _record(
    event: WebhookAdded | WebhookChanged | WebhookEnded,
    row: Endpoint,
    actor_id: int,
    at: datetime,
) -> None:
    transaction.on_commit(queries.forget_wanted)
    record_audited(event, subject=reference("webhook", row.pk), actor_id=actor_id, at=at)
