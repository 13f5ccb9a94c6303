"""Open spaces, change them, archive them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.discussions import permissions, rules
from juluo.domains.discussions.models import Space, SpaceMember
from juluo.domains.discussions.services.entering import (
    NotAllowed,
    NotThere,
    Unwritable,
    someone,
    text_of,
)
from juluo.domains.members.services import record_audited
from juluo.events.base import reference
from juluo.events.discussions import SpaceArchived, SpaceBroughtBack, SpaceChanged, SpaceOpened
from juluo.lib.typed_text import tidy, tidy_line
from juluo.live.signals import everyones_rights_changed

NAME = 150
WORDS = 10_000
LONGEST_WAIT = 720
FIELDS = ("name", "about", "rules", "icon", "visibility", "posting", "reply_hours", "parent_id")


class SpaceCircle(ValueError):
    """A space cannot stand under itself, nor deeper than the tree goes."""


@transaction.atomic
def open_space(*, actor_id: int, at: datetime, name: str, **values: Any) -> Space:
    """Open a space: ``about``, ``rules``, ``icon``, ``visibility``, ``posting``, ``parent_id``.

    Whoever opens it joins it.

    :raises NotAllowed: if opening spaces is not theirs to do.
    :raises Unwritable: if a value cannot be kept.
    :raises SpaceCircle: if the tree would become too deep.
    """
    _keeper(actor_id)
    kept = _values({"name": name, **values})
    _check_parent(None, kept.get("parent_id"))
    space = Space.objects.create(**kept, opened_at=at)
    SpaceMember.objects.create(
        space=space, member_id=actor_id, role=SpaceMember.Role.MODERATOR, joined_at=at
    )
    event = SpaceOpened(space_id=space.pk)
    record_audited(event, subject=reference("space", space.pk), actor_id=actor_id, at=at)
    return space


@transaction.atomic
def change_space(*, space_id: int, actor_id: int, at: datetime, **values: Any) -> tuple[str, ...]:
    """Change a space; return the names of the fields that differ now.

    :raises NotThere: if there is no such space. Refuses otherwise as :func:`open_space` does.
    """
    _keeper(actor_id)
    kept = _values(values)
    if "parent_id" in kept:
        _tree()
    space = _locked(space_id)
    changed = tuple(name for name in FIELDS if name in kept and getattr(space, name) != kept[name])
    if not changed:
        return ()
    if "parent_id" in changed:
        _check_parent(space_id, kept["parent_id"])
    Space.objects.filter(pk=space_id).update(**{name: kept[name] for name in changed})
    event = SpaceChanged(space_id=space_id, fields=",".join(changed))
    details = {
        name: [getattr(space, name), kept[name]]
        for name in changed
        if name in {"icon", "visibility", "posting", "reply_hours", "parent_id"}
    }
    record_audited(
        event,
        subject=reference("space", space_id),
        actor_id=actor_id,
        at=at,
        details={"fields": event.fields, **details},
    )
    if "visibility" in changed:
        everyones_rights_changed()
    return changed


@transaction.atomic
def archive_space(*, space_id: int, actor_id: int, at: datetime) -> bool:
    """Let nothing be written in a space any more; return whether something could be.

    :raises NotThere: if there is no such space.
    :raises NotAllowed: if archiving is not theirs to do.
    """
    _keeper(actor_id)
    _locked(space_id)
    if not Space.objects.filter(pk=space_id, archived_at=None).update(archived_at=at):
        return False
    event = SpaceArchived(space_id=space_id)
    record_audited(event, subject=reference("space", space_id), actor_id=actor_id, at=at)
    return True


@transaction.atomic
def bring_space_back(*, space_id: int, actor_id: int, at: datetime) -> bool:
    """Let an archived space be written in again; refuses as :func:`archive_space` does."""
    _keeper(actor_id)
    _locked(space_id)
    archived = Space.objects.filter(pk=space_id).exclude(archived_at=None)
    if not archived.update(archived_at=None):
        return False
    event = SpaceBroughtBack(space_id=space_id)
    record_audited(event, subject=reference("space", space_id), actor_id=actor_id, at=at)
    return True


def _keeper(actor_id: int) -> None:
    if not permissions.can_keep_spaces(someone(actor_id)):
        raise NotAllowed


def _locked(space_id: int) -> Space:
    space = Space.objects.select_for_update(no_key=True).filter(pk=space_id).first()
    if space is None:
        raise NotThere
    return space


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: given[name] for name in FIELDS if name in given}
    if "name" in kept:
        kept["name"] = tidy_line(text_of("name", kept["name"], longest=NAME))
    for name in ("about", "rules"):
        if name in kept:
            kept[name] = tidy(kept[name])
            if len(kept[name]) > WORDS:
                raise Unwritable(name, "too_long")
    choices = {
        "icon": Space.ICONS,
        "visibility": Space.Visibility.values,
        "posting": Space.Posting.values,
    }
    for name, allowed in choices.items():
        if name in kept and kept[name] not in allowed:
            raise Unwritable(name, "unknown")
    if not 1 <= kept.get("reply_hours", 24) <= LONGEST_WAIT:
        raise Unwritable("reply_hours", "unknown")
    return kept


def _tree() -> dict[int, int | None]:
    """Return every space's parent, locked in id order: two moves at once could close a circle."""
    tree = Space.objects.select_for_update(no_key=True).order_by("pk")
    return dict(tree.values_list("pk", "parent_id"))


def _check_parent(space_id: int | None, parent_id: int | None) -> None:
    if parent_id is None:
        return
    parents = _tree()
    if parent_id not in parents:
        raise Unwritable("parent", "unknown")
    if not rules.fits_under(parent_id, space_id, parents):
        raise SpaceCircle
