"""Names of people in documents: told when a document is opened, never kept in it."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from juluo.domains.members import queries as members
from juluo.lib.documents.model import Document, Text

_MEMBER = "member:"


def member_name(member_id: int, names: Mapping[int, str]) -> Text:
    """Return a member's name as a run that a kept document can tell anew."""
    words = names.get(member_id) or _("a former member")
    return Text(words, names=f"{_MEMBER}{member_id}")


def with_names(document: Document) -> Document:
    """Return a document that was kept without names with those that people have today.

    Who has gone is "a former member". Words are in the language that is active.
    """
    ids = sorted({int(each.names.removeprefix(_MEMBER)) for each in _runs(document)})
    if not ids:
        return document
    names = members.names(ids)
    named: Document = _replaced(document, names)
    return named


def _runs(part: Any) -> Iterable[Text]:
    """Yield the runs of a part that name a member."""
    if isinstance(part, Text):
        if part.names.startswith(_MEMBER):
            yield part
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _runs(each)
    elif dataclasses.is_dataclass(part):
        for each in dataclasses.fields(part):
            yield from _runs(getattr(part, each.name))


def _replaced(part: Any, names: Mapping[int, str]) -> Any:
    if isinstance(part, Text):
        if not part.names.startswith(_MEMBER):
            return part
        member_id = int(part.names.removeprefix(_MEMBER))
        return dataclasses.replace(part, words=member_name(member_id, names).words)
    if isinstance(part, list | tuple):
        return [_replaced(each, names) for each in part]
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        kept = {each.name: getattr(part, each.name) for each in dataclasses.fields(part)}
        return dataclasses.replace(part, **{k: _replaced(v, names) for k, v in kept.items()})
    return part
