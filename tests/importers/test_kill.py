"""An import killed at any moment and run again gives what an undisturbed one gives."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.homes import Home, kill_after
from tests.importers.synthetic import make_slack_export

MESSAGES, KILLS = 12_000, 10
TABLES = {
    "members_member": "id, display_name, kind, joined_at",
    "members_identity": "id, member_id, source, outside_id, first_seen_at",
    "discussions_space": "id, name, outside_id, opened_at",
    "messaging_message": (
        "id, group_id, author_id, parent_id, body, sent_at, outside_id, reaction_counts"
    ),
    "discussions_reaction": "id, subject, member_id, emoji, at",
    "eventlog_eventrecord": (
        "key, name, occurred_at, actor_id, space_id, subject_id, thread_id, parent_id, "
        "recipient_id, value, payload"
    ),
}


def stored(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(home / "juluo.sqlite3") as database:
        return {
            table: database.execute(
                f"SELECT {columns} FROM {table}"
                + (
                    " WHERE source = 'slack' ORDER BY key"
                    if table.startswith("event")
                    else " ORDER BY id"
                )
            ).fetchall()
            for table, columns in TABLES.items()
        }


def written(home: Home) -> int:
    with sqlite3.connect(home.folder / "juluo.sqlite3") as database:
        return database.execute("SELECT count(*) FROM messaging_message").fetchone()[0]


@pytest.fixture
def homes(tmp_path, new_home):
    """Two new homes: calm and rough."""
    opened = []
    for name in ("calm", "rough"):
        shutil.copytree(new_home, tmp_path / name)
        opened.append(Home(tmp_path / name))
    yield tuple(opened)
    for home in opened:
        home.close()


def test_killed_ten_times_it_ends_as_if_undisturbed(homes, tmp_path):
    export = make_slack_export(tmp_path / "export", messages=MESSAGES)
    calm, rough = homes
    words = ("import", "slack", export, "--json")
    calm.juluo(*words)

    dice = random.Random(3)
    kills = 0
    for part in range(KILLS):
        until = MESSAGES * part // 12 + dice.randrange(MESSAGES // 12)
        kills += kill_after(rough, written, until + 1, dice.random() * 0.05, *words)
    assert kills == KILLS
    assert 0 < written(rough) < MESSAGES

    rough.juluo(*words)
    assert written(rough) == MESSAGES
    left, right = stored(calm.folder), stored(rough.folder)
    for table in TABLES:
        assert left[table] == right[table], table
