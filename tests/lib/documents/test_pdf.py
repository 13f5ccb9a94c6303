"""The PDF face: tagged, numbered, nothing fetched; kind words where it cannot be made."""

import subprocess
import sys

import pytest
from tests.lib.documents.conftest import full_document

from juluo.lib.documents import html, pdf


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "full.pdf"
    path.write_bytes(pdf.render(full_document("zh")))
    return path


def told_by(program: str, path, *options: str) -> str:
    command = [program, *options, str(path)]
    return subprocess.run(
        [*command, "-"] if program == "pdftotext" else command, check=True, capture_output=True
    ).stdout.decode()


def test_is_tagged_and_says_its_title(file):
    told = told_by("pdfinfo", file)

    assert "Tagged:          yes" in told
    assert "Title:           青禾社群运营报告" in told
    assert "Author:          青禾" in told


def test_every_page_is_numbered_and_says_its_issue(file):
    pages = told_by("pdftotext", file, "-layout").split("\f")[:-1]

    assert 4 <= len(pages) <= 8
    for number, page in enumerate(pages, start=1):
        assert '第 3 期 "<b>' in page
        assert number == 1 or f"第 {number} 页，共 {len(pages)} 页" in page
    assert "合计" in "".join(pages)
    assert "SELECT 1" not in "".join(pages)
    assert "\ufffd" not in "".join(pages)


def test_every_glyph_has_a_font(file):
    fonts = told_by("pdffonts", file).splitlines()[2:]

    assert fonts
    assert all(" yes yes yes " in line for line in fonts)  # embedded, subset, readable


def test_nothing_is_fetched(monkeypatch):
    page = html.render(full_document("en")).replace(
        "<main",
        '<img src="file:///etc/hostname" alt=""><img src="http://127.0.0.1:1/x" alt=""><main',
    )
    asked = []
    monkeypatch.setattr("socket.socket.connect", lambda *_args: asked.append(1))
    monkeypatch.setattr(html, "render", lambda *_args, **_options: page)

    assert pdf.render(full_document("en")).startswith(b"%PDF-1.7")
    assert not asked


def test_a_missing_library_is_said_kindly(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    assert not pdf.is_available()
    with pytest.raises(pdf.PdfUnavailable, match="install juluo with the extra pdf"):
        pdf.render(full_document("en"))
