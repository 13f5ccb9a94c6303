"""A roll killed at any moment and run again gives what an undisturbed one gives."""

import json
import random
import shutil
import sys
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.homes import Home, kill_after, python
from tests.importers.synthetic import make_slack_export

EVENTS, BATCH, KILLS, SEED = 3000, 100, 10, 5

# Half a year of talk by forty people in three spaces.
FILL = f"""
import django; django.setup()
from datetime import UTC, datetime, timedelta
from django.db import transaction
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished
first = datetime(2025, 9, 1, tzinfo=UTC)
with transaction.atomic():
    record_many(
        Happening(
            event=PostPublished(subject_id=f"post:{{n}}", thread_id=f"post:{{n}}", space_id=n % 3),
            at=first + timedelta(minutes=n * 7919 % (180 * 1440)),
            actor_id=n * n % 40,
            key=f"post-{{n}}",
        )
        for n in range({EVENTS})
    )
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory, new_home):
    """A home that holds the events, none of them rolled."""
    folder = tmp_path_factory.mktemp("homes") / "filled"
    shutil.copytree(new_home, folder)
    filling = python(folder, FILL)
    filling.communicate()
    assert filling.returncode == 0
    return folder


@pytest.fixture
def homes(tmp_path, filled):
    """Two homes that hold the same events: calm and rough."""
    opened = []
    for name in ("calm", "rough"):
        shutil.copytree(filled, tmp_path / name)
        opened.append(Home(tmp_path / name))
    yield tuple(opened)
    for home in opened:
        home.close()


def steps(home: Home) -> int:
    """How many steps of a whole roll are behind it: batches claimed and done, months summed up."""
    (row,) = home.asked(
        "SELECT (SELECT count(*) + count(done_at) FROM eventlog_lakebatch)"
        " + (SELECT count(*) FROM eventlog_rollupmonth)"
        " + (SELECT count(*) FROM eventlog_lakefile WHERE name LIKE '%compact%')",
    )
    return int(row[0])


def lake_rows(home: Home) -> list[dict[str, Any]]:
    """Every line that a reader of the manifest sees, in the order of keys."""
    names = home.asked("SELECT name FROM eventlog_lakefile WHERE replaced_at IS NULL")
    parts = [pq.read_table(home.folder / "lake" / name, partitioning=None) for (name,) in names]
    return pa.concat_tables(parts).sort_by("key").to_pylist()


def rollups(home: Home) -> dict[str, list[dict[str, Any]]]:
    months = home.asked("SELECT month, name FROM eventlog_rollupmonth ORDER BY month")
    return {
        month: sorted(
            pq.read_table(home.folder / "lake" / name, partitioning=None).to_pylist(), key=repr
        )
        for month, name in months
    }


def digests(home: Home) -> list[tuple[Any, ...]]:
    return home.asked("SELECT id, rows, digest FROM eventlog_lakebatch ORDER BY id")


def figures(home: Home) -> list[Any]:
    window = ("--from", "2025-09-01", "--to", "2026-03-01")
    told = []
    for key, by in (("content.contributions", "space"), ("members.active", "space")):
        said = home.juluo("metric", key, *window, "--grain", "month", "--by", by, "--json")
        answer = json.loads(said)
        told.append((answer["data_version"].split("+")[1], answer["points"]))
    return told


def test_killed_ten_times_the_lake_ends_as_if_undisturbed(homes):
    calm, rough = homes
    assert calm.juluo("roll", "--batch", BATCH) == f"{EVENTS} events moved into the lake\n"
    whole = steps(calm)

    sys.stderr.write(f"seed {SEED}, {whole} steps\n")
    dice = random.Random(SEED)
    kills = 0
    for part in range(KILLS + 3):
        until = min(whole * part // KILLS + dice.randrange(whole // KILLS), whole - 1)
        kills += kill_after(rough, steps, until, dice.random() * 0.02, "roll", "--batch", BATCH)
    assert kills >= KILLS

    rough.juluo("roll", "--batch", BATCH)
    rows = lake_rows(rough)
    assert len(rows) == len({row["key"] for row in rows}) == EVENTS
    assert rows == lake_rows(calm)
    assert digests(rough) == digests(calm)
    assert rollups(rough) == rollups(calm)
    assert figures(rough) == figures(calm)
    # The doctor walks the chain of digests and reads every file.
    rough.juluo("doctor")


def test_an_import_killed_while_it_rolls_is_finished_by_the_next(homes, tmp_path):
    export = make_slack_export(tmp_path / "export", messages=300)
    calm, rough = homes
    calm.juluo("import", "slack", export, "--json")

    kills = sum(
        kill_after(rough, steps, until, pause, "import", "slack", export, "--json")
        for until, pause in ((1, 0.0), (2, 0.0), (4, 0.003))
    )
    assert kills >= 2

    again = json.loads(rough.juluo("import", "slack", export, "--json"))
    assert (again["messages"], again["added"]) == (300, 0)
    rows = lake_rows(rough)
    assert len(rows) == len({row["key"] for row in rows})
    # Each import tells of its own beginning and end; the talk itself is there once.
    talk = [row["key"] for row in rows if row["source"] == "slack"]
    assert talk == [row["key"] for row in lake_rows(calm) if row["source"] == "slack"]
    rough.juluo("doctor")
