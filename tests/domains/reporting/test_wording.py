"""A language model may choose words of a whole report, whatever it answers never a number."""

import time

import pytest
from tests.language_model_stub import listening

from juluo.domains.reporting import queries
from juluo.domains.reporting.queries import composition
from juluo.domains.reporting.queries.sections import method, people, talk
from juluo.domains.reporting.types import Kind
from juluo.lib.documents.keeping import to_plain
from juluo.lib.documents.model import Paragraph

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]
MOODS = ["lies", "instructions", "junk", "odd", "empty", "error", "silence", "endless", "drip"]


@pytest.fixture
def stub(settings):
    with listening() as server:
        settings.LANGUAGE_MODEL_ADDRESS = f"http://127.0.0.1:{server.server_port}/v1"
        settings.LANGUAGE_MODEL_NAME = "small"
        settings.LANGUAGE_MODEL_SECONDS = 0.4
        yield server


@pytest.fixture
def wordy(desk, monkeypatch):
    """Reports with running text and tables."""
    sections = (people.growth, talk.answering, talk.contributors, method.method)
    monkeypatch.setattr(composition, "SECTIONS", dict.fromkeys(Kind, sections))
    return desk


@pytest.mark.parametrize("mood", MOODS)
def test_a_hostile_model_changes_nothing_and_the_report_still_comes(wordy, stub, settings, mood):
    address, settings.LANGUAGE_MODEL_ADDRESS = settings.LANGUAGE_MODEL_ADDRESS, ""
    plain = wordy.begun()
    settings.LANGUAGE_MODEL_ADDRESS, stub.mood = address, mood
    began = time.monotonic()
    worded = wordy.begun(kind=Kind.WINDOW)

    assert worded.status == "draft"
    assert stub.heard
    assert time.monotonic() - began < 60
    for language in ("en", "zh"):
        before, after = (queries.written_document(each.pk, language) for each in (plain, worded))
        assert [to_plain(each) for each in after.sections] == [
            to_plain(each) for each in before.sections
        ]


def test_a_kind_model_is_taken_at_its_words_and_named(wordy, stub):
    stub.mood = "rewords"
    report = wordy.begun()

    document = queries.written_document(report.pk, "en")
    texts = [
        run.words
        for each in document.sections
        for block in each.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
    ]
    assert any(words.startswith("Just openings") for words in texts)
    assert queries.newest_revision(report.pk).worded_by == "small"
