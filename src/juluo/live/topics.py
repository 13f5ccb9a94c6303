"""What pages may listen to: each app registers the beginning of its topics and who may hear."""

import re
from collections.abc import Callable, Iterable
from typing import Any

# "group:12": what it is, and its id.
TOPIC = re.compile(r"([a-z_]{1,30}):([0-9]{1,18})", re.ASCII)
MayListen = Callable[[Any, int], bool]

_LISTENERS: dict[str, MayListen] = {}


def register_topic(prefix: str, may_listen: MayListen) -> None:
    """Let pages listen to ``prefix:<id>`` where ``may_listen(member, id)`` holds."""
    _LISTENERS[prefix] = may_listen


def allowed(member: Any, topics: Iterable[str]) -> frozenset[str]:
    """Return those of the topics that exist and that the member may hear of now."""
    return frozenset(topic for topic in topics if _may_listen(member, topic))


def _may_listen(member: Any, topic: str) -> bool:
    found = TOPIC.fullmatch(topic)
    listener = _LISTENERS.get(found[1]) if found else None
    return bool(found and listener and listener(member, int(found[2])))
