"""Every write to webhooks."""

from juluo.domains.webhooks.services.calling import call_again, call_due, forget_old_calls, queue
from juluo.domains.webhooks.services.keeping import (
    NotAnAddress,
    NothingChosen,
    NotThere,
    add_endpoint,
    change_endpoint,
    end_endpoint,
    renew_secret,
    start_again,
    try_out,
)

__all__ = [
    "NotAnAddress",
    "NotThere",
    "NothingChosen",
    "add_endpoint",
    "call_again",
    "call_due",
    "change_endpoint",
    "end_endpoint",
    "forget_old_calls",
    "queue",
    "renew_secret",
    "start_again",
    "try_out",
]
