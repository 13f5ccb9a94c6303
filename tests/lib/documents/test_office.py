"""LibreOffice opens what we write: no repair, no lost words, no missing letters."""

import re
import subprocess

import pytest
from tests.lib.documents.conftest import full_document

from juluo.lib.documents import slides, word


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Both Office faces in both languages as PDF; one run of LibreOffice for each kind."""
    folder = tmp_path_factory.mktemp("office")
    for kind, face in (("docx", word), ("pptx", slides)):
        names = []
        for language in ("zh", "en"):
            names.append(f"{kind}-{language}.{kind}")
            (folder / names[-1]).write_bytes(face.render(full_document(language)))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", *names]
        subprocess.run(convert, cwd=folder, check=True, capture_output=True, timeout=180)
    return folder


def text_of(path) -> list[str]:
    command = ["pdftotext", "-layout", str(path), "-"]
    told = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return [re.sub(r"\s", "", page) for page in told.split("\f")[:-1]]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "fewest", "most"), [("docx", 5, 9), ("pptx", 12, 18)])
def test_office_shows_every_part(converted, kind, language, fewest, most):
    pages = text_of(converted / f"{kind}-{language}.pdf")
    document = full_document(language)

    whole = "".join(pages)
    assert fewest <= len(pages) <= most
    said = [document.title, document.subtitle, *(title for _level, title in document.headings())]
    said += ["1,234", "▲+12.3%", "林晓梅", "820.00", "恢复夜班", "等待的中位数"]
    for words in said:
        if kind == "pptx" and words in {"趋势", "Trend", "预算", "Budget"}:
            continue  # a kicker over the slide's own title
        assert re.sub(r"\s", "", words) in whole, words
    assert "\ufffd" not in whole


def test_the_table_of_contents_stands_there_without_being_updated(converted):
    pages = text_of(converted / "docx-zh.pdf")

    assert pages[0].index("目录") < pages[0].index("概况") < pages[0].index("附录")
    assert "第2页，共" in pages[1]
