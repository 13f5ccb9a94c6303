"""A document as plain values that can be kept as JSON, and back again.

What names a person is kept without the name: see ``Text.names``.
"""

import base64
import dataclasses
import hashlib
import json
from enum import Enum
from typing import Any, cast

from juluo.lib.documents import model
from juluo.lib.documents.model import Document, Text, Tone

_KINDS: dict[str, Any] = {
    each.__name__: each
    for each in (
        model.Action,
        model.Actions,
        model.Brand,
        model.Bullets,
        model.Chart,
        model.Column,
        model.Document,
        model.Evidence,
        model.Finding,
        model.KeyFigure,
        model.KeyFigures,
        model.Note,
        model.Paragraph,
        model.Section,
        model.Table,
        model.Text,
    )
}
# Which class a plain value was, and what a picture was packed as.
_CLASS, _BYTES = "is", "base64"


def to_plain(document: Document, *, with_names: bool = False) -> dict[str, Any]:
    """Return a document as dictionaries, lists, numbers and words.

    :param with_names: whether it is to be read now, by who may read names, and kept nowhere.
    """
    return cast("dict[str, Any]", _plain(document, with_names=with_names))


def from_plain(plain: dict[str, Any]) -> Document:
    """Return the document that was made plain.

    :raises KeyError: if it holds a kind of block that is not known here.
    """
    return cast("Document", _revived(plain))


def digest(plain: Any) -> str:
    """Return the SHA-256 of plain values, whatever the order of their names."""
    words = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(value: Any, *, with_names: bool) -> Any:
    if isinstance(value, Text) and value.names and not with_names:
        value = dataclasses.replace(value, words="")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {
            each.name: _plain(given, with_names=with_names)
            for each in dataclasses.fields(value)
            if not _is_usual(each, given := getattr(value, each.name))
        }
        return {_CLASS: type(value).__name__, **told}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode()}
    if isinstance(value, list | tuple):
        return [_plain(each, with_names=with_names) for each in value]
    return value


def _is_usual(field: dataclasses.Field[Any], value: Any) -> bool:
    return field.default is not dataclasses.MISSING and bool(value == field.default)


def _revived(value: Any) -> Any:
    if isinstance(value, list):
        return [_revived(each) for each in value]
    if not isinstance(value, dict):
        return value
    if _BYTES in value:
        return base64.b64decode(value[_BYTES])
    if _CLASS not in value:
        # An option of a chart: plain by itself.
        return value
    given = {name: _revived(each) for name, each in value.items() if name != _CLASS}
    if "tone" in given:
        given["tone"] = Tone(given["tone"])
    for name in {"facts", "rows"} & given.keys():
        given[name] = [tuple(each) if isinstance(each, list) else each for each in given[name]]
    return _KINDS[value[_CLASS]](**given)
