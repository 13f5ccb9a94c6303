"""Receipts: hostile names and types are refused or made harmless; only some may take them away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.domains.finance.conftest import NOON

from juluo.domains.finance import services
from juluo.domains.finance.models import Expense, Receipt
from juluo.domains.finance.services import receipts
from juluo.domains.members.models import AuditEntry

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 hello"
GOOD = {
    "application/pdf": PDF,
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/jpeg": b"\xff\xd8\xff\xe0....",
    "image/webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
}
BAD = [
    b"",
    b"<html><script>alert(1)</script>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"GIF89a",
    b"PK\x03\x04",
    b"MZ\x90",
    b"  %PDF-1.7",
    b"RIFF\x00\x00\x00\x00WAVE",
    b"\x89PNG",
]


@pytest.mark.parametrize(("content_type", "content"), GOOD.items())
def test_its_bytes_tell_what_it_is(content_type, content):
    assert services.content_type_of(content) == content_type


@pytest.mark.parametrize("content", BAD)
def test_what_is_no_receipt_is_refused_whatever_it_is_called(books, content, home):
    file = services.ReceiptFile(name="invoice.pdf", content=content)

    with pytest.raises(services.BadReceipt):
        books.claim(files=[file])

    assert not Expense.objects.exists()
    assert not list(home.rglob("receipts/*"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("发票.pdf", "发票.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ("invoice.html", "invoice.html.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("\x00.pdf", "receipt.pdf"),
        ("", "receipt.pdf"),
        (".pdf", "receipt.pdf"),
        ("X.PDF", "X.PDF"),
        ('"><img src=x onerror=alert(1)>.pdf', "img src=x onerror=alert(1).pdf"),
        ("字" * 300 + ".pdf", "字" * 100 + ".pdf"),
    ],
)
def test_a_hostile_name_is_made_harmless(name, kept):
    assert receipts.safe_name(name, "application/pdf") == kept


def test_it_lies_under_a_name_that_nobody_can_guess(books, home):
    expense = books.claim(files=[services.ReceiptFile(name="../../x.pdf", content=PDF)])

    receipt = expense.receipts.get()
    (path,) = (home / "receipts").iterdir()
    assert path.name == receipt.stored_as
    assert len(receipt.stored_as) == 32
    assert path.read_bytes() == PDF
    assert (receipt.size, receipt.name) == (len(PDF), "x.pdf")


def test_one_too_large_is_refused(books, monkeypatch):
    monkeypatch.setattr(receipts, "LARGEST_BYTES", 10)

    with pytest.raises(services.BadReceipt):
        books.claim(files=[services.ReceiptFile(name="a.pdf", content=PDF)])


def test_a_refused_claim_leaves_no_file(books, home):
    line = books.line(books.budget())

    with pytest.raises(services.WrongState):
        books.claim(line_id=line.pk, files=[services.ReceiptFile(name="a.pdf", content=PDF)])

    assert not list((home / "receipts").iterdir())
    assert not Receipt.objects.exists()


def test_further_ones_are_taken_until_it_is_settled(books, people):
    expense = books.claim(line_id=books.approved_line(1000).pk)
    more = {
        "expense_id": expense.pk,
        "files": [services.ReceiptFile(name="b.pdf", content=PDF)],
        "actor_id": people["moderator"].pk,
        "at": NOON,
    }
    services.add_receipts(**more)
    books.decide(expense)
    services.add_receipts(**more)
    books.pay(expense)

    with pytest.raises(services.WrongState):
        services.add_receipts(**more)
    assert expense.receipts.count() == 2
    many = [services.ReceiptFile(name="b.pdf", content=PDF)] * 11
    with pytest.raises(services.BadReceipt):
        services.add_receipts(
            expense_id=books.claim().pk, files=many, actor_id=people["moderator"].pk, at=NOON
        )


def browser(member):
    client = Client(headers={"accept-language": "en"})
    client.force_login(member)
    return client


def test_only_its_submitter_and_those_who_see_money_take_it_away(books, people):
    from juluo.domains.members import services as members

    other = members.create_member(
        email="m2@example.org",
        password="correct horse 42",
        role="moderator",
        display_name="M",
        at=NOON,
    )
    expense = books.claim(files=[services.ReceiptFile(name="发票.pdf", content=PDF)])
    address = f"/console/expenses/receipts/{expense.receipts.get().pk}/"

    for member in (people["moderator"], people["operator"], people["owner"]):
        answer = browser(member).get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "private, no-store"
    for member in (other, people["member"]):
        assert browser(member).get(address).status_code == 404
    assert AuditEntry.objects.filter(action="finance.receipt_read").count() == 3


def test_the_form_refuses_by_name_and_keeps_what_was_written(books, people):
    form = {
        "title": "打印费",
        "category": books.category().pk,
        "amount": "12.5",
        "payee": "图文店",
        "spent_on": "2026-03-01",
        "form_key": "k",
        "receipts": SimpleUploadedFile("x.pdf", b"<html>", content_type="application/pdf"),
    }
    answer = browser(people["moderator"]).post("/console/expenses/new/", form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“x.pdf” is no PDF, PNG, JPEG or WebP file." in page
    assert 'value="打印费"' in page
    assert 'value="12.5"' in page
    assert not Expense.objects.exists()
