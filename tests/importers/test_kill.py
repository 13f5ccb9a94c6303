"""An import killed at any moment and run again gives what an undisturbed one gives."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

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


def juluo(home: Path, *words: object) -> "subprocess.Popen[bytes]":
    root = Path(__file__).parents[2]
    environment = os.environ | {
        "JULUO_HOME": str(home),
        "PYTHONPATH": str(root / "src"),
        "DJANGO_SETTINGS_MODULE": "juluo.project.settings",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "juluo", *map(str, words)]
    return subprocess.Popen(command, env=environment, cwd=home, stdout=subprocess.DEVNULL)


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


def written(home: Path) -> int:
    with sqlite3.connect(home / "juluo.sqlite3") as database:
        return database.execute("SELECT count(*) FROM messaging_message").fetchone()[0]


def test_killed_ten_times_it_ends_as_if_undisturbed(tmp_path):
    export = make_slack_export(tmp_path / "export", messages=MESSAGES)
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    calm.mkdir()
    assert juluo(calm, "manage", "migrate", "-v0").wait() == 0
    shutil.copytree(calm, rough)
    assert juluo(calm, "import", "slack", export, "--json").wait() == 0

    dice = random.Random(3)
    kills = 0
    for part in range(KILLS):
        until = MESSAGES * part // 12 + dice.randrange(MESSAGES // 12)
        running = juluo(rough, "import", "slack", export, "--json")
        while running.poll() is None and written(rough) <= until:
            time.sleep(0.002)
        time.sleep(dice.random() * 0.05)
        running.send_signal(signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL
    assert kills == KILLS
    assert 0 < written(rough) < MESSAGES

    assert juluo(rough, "import", "slack", export, "--json").wait() == 0
    assert written(rough) == MESSAGES
    left, right = stored(calm), stored(rough)
    for table in TABLES:
        assert left[table] == right[table], table
