"""Whoever comes first makes the installation ready; everyone else waits, then goes on."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import polib
import pytest
from tests.project.test_commands import outside

from juluo.domains.members import queries as members
from juluo.eventlog.lake import waiting_events
from juluo.project import first_run, installation


def test_a_ready_database_is_left_alone(db, monkeypatch):
    monkeypatch.setattr(installation, "call_command", lambda *_args, **_options: 1 / 0)

    installation.make_ready()


def test_several_commands_may_open_a_new_home_at_once(tmp_path):
    with ThreadPoolExecutor(3) as together:
        done = list(together.map(lambda _: outside(tmp_path, "doctor", "--json"), range(3)))

    assert [each.returncode for each in done] == [0, 0, 0]
    assert all(finding["ok"] for each in done for finding in json.loads(each.stdout))


def test_words_are_compiled_where_missing_or_old_and_else_left(tmp_path, monkeypatch):
    source = tmp_path / "app/locale/zh_Hans/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    words = polib.POFile()
    words.append(polib.POEntry(msgid="Member", msgstr="成员"))
    words.save(str(source))
    binary = source.with_suffix(".mo")
    monkeypatch.setattr(installation, "PACKAGE", tmp_path)

    installation.compile_words()
    assert polib.mofile(str(binary))[0].msgstr == "成员"

    binary.write_bytes(b"newer")
    installation.compile_words()
    assert binary.read_bytes() == b"newer"

    os.utime(binary, (0, 0))
    installation.compile_words()
    assert polib.mofile(str(binary))[0].msgstr == "成员"


@pytest.mark.django_db(transaction=True)
def test_the_first_start_makes_an_owner_once_and_keeps_the_note_private(home):
    told = []

    first = first_run.prepare(with_demonstration=False, tell=told.append)
    again = first_run.prepare(with_demonstration=False, tell=told.append)

    assert first == again
    assert first.email == "owner@juluo.example"
    assert members.has_owner()
    note = home / "first-sign-in.json"
    assert note.stat().st_mode & 0o777 == 0o600
    note.unlink()
    assert first_run.prepare(with_demonstration=True, tell=told.append) is None
    assert told == []
    assert waiting_events() > 0
