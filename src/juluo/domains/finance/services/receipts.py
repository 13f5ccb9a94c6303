"""Keep receipts: what a file is, its own bytes tell; where it lies, nobody can guess."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from juluo.domains.finance.models import Expense, Receipt
from juluo.domains.finance.services.refusals import BadReceipt, WrongState
from juluo.domains.members.services import record_audited
from juluo.events.base import reference
from juluo.events.finance import ReceiptAdded
from juluo.lib.durable_files import fsync_folder
from juluo.lib.home import data_home

LARGEST_BYTES = 10 * 2**20
MOST_RECEIPTS = 10
LONGEST_NAME = 100
_ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
}


@dataclass(frozen=True, kw_only=True)
class ReceiptFile:
    """A file as it was handed in: the name it came with, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class _Kept:
    stored_as: str
    name: str
    content_type: str
    size: int
    sha256: str


def receipt_folder() -> Path:
    """Return the folder of receipts, made if missing."""
    folder = data_home() / "receipts"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def content_type_of(content: bytes) -> str | None:
    """Return the type that a file's first bytes show; None for all that receipts are not."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def safe_name(name: str, content_type: str) -> str:
    """Return a name without folders, control and direction signs, ending as its type does."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*')
    stem, dot, ending = plain.rpartition(".")
    endings = _ENDINGS[content_type]
    if f"{dot}{ending}".lower() not in endings:
        stem, ending = plain, endings[0].removeprefix(".")
    stem = stem.strip(" .")[:LONGEST_NAME] or "receipt"
    return f"{stem}.{ending}"


@transaction.atomic
def _lay_with(expense_id: int, kept: Sequence[_Kept], actor_id: int, at: datetime) -> None:
    expense = Expense.objects.select_for_update().get(pk=expense_id)
    if expense.status not in {Expense.Status.SUBMITTED, Expense.Status.APPROVED}:
        raise WrongState
    if expense.receipts.count() + len(kept) > MOST_RECEIPTS:
        raise BadReceipt
    lay_with(expense, kept, actor_id, at)


def lay_with(expense: Expense, kept: Sequence[_Kept], actor_id: int, at: datetime) -> None:
    """Tie kept files to an expense; call it in the transaction that makes or locks it."""
    for each in kept:
        receipt = Receipt.objects.create(
            expense=expense,
            stored_as=each.stored_as,
            name=each.name,
            content_type=each.content_type,
            size=each.size,
            sha256=each.sha256,
            added_by_id=actor_id,
            added_at=at,
        )
        event = ReceiptAdded(expense_id=expense.pk, receipt_id=receipt.pk)
        record_audited(event, subject=reference("expense", expense.pk), actor_id=actor_id, at=at)


def add_receipts(
    *, expense_id: int, files: Sequence[ReceiptFile], actor_id: int, at: datetime
) -> None:
    """Lay further receipts with an expense that is not settled yet.

    :raises BadReceipt: if a file is too large, of another type, or one too many.
    :raises WrongState: if the expense is settled.
    """
    with kept_files(files) as kept:
        _lay_with(expense_id, kept, actor_id, at)


@contextmanager
def kept_files(files: Sequence[ReceiptFile]) -> Iterator[list[_Kept]]:
    """Write files to the disk before the transaction; should that fail, they go again.

    :raises BadReceipt: if one is too large, or of none of the types that receipts have.
    """
    types = [_checked(each) for each in files]
    kept: list[_Kept] = []
    try:
        for each, content_type in zip(files, types, strict=True):
            kept.append(_written(each, content_type))
        yield kept
    except BaseException:
        forget(kept)
        raise


def forget(kept: Sequence[_Kept]) -> None:
    """Delete files that nothing refers to."""
    for each in kept:
        (receipt_folder() / each.stored_as).unlink(missing_ok=True)


def _checked(file: ReceiptFile) -> str:
    content_type = content_type_of(file.content)
    if content_type is None or len(file.content) > LARGEST_BYTES:
        raise BadReceipt
    return content_type


def _written(file: ReceiptFile, content_type: str) -> _Kept:
    stored_as = secrets.token_urlsafe(24)
    path = receipt_folder() / stored_as
    with path.open("xb") as handle:
        handle.write(file.content)
        handle.flush()
        os.fsync(handle.fileno())
    fsync_folder(path.parent)
    return _Kept(
        stored_as=stored_as,
        name=safe_name(file.name, content_type),
        content_type=content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
    )
