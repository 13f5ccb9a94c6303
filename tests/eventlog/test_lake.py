"""Each event reaches the lake exactly once, late ones and crashed rolls included."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction

from juluo.analytics.log import EventLog
from juluo.analytics.schemas import EVENT_SCHEMA, PEOPLE_SCHEMA
from juluo.eventlog import lake, manifest
from juluo.eventlog.models import LakeBatch, LakeFile, RollupMonth
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished
from tests.threads import run_in_thread

MARCH = datetime(2026, 3, 31, 12, tzinfo=UTC)
NOBODY = PEOPLE_SCHEMA.empty_table()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    return tmp_path


def publish(*numbers: int, at: datetime = MARCH) -> None:
    with transaction.atomic():
        record_many(
            Happening(
                event=PostPublished(subject_id=f"post:{n}", thread_id=f"post:{n}", space_id=1),
                at=at + timedelta(minutes=n),
                actor_id=n % 3,
                key=f"post-{n}",
            )
            for n in numbers
        )


def open_log() -> EventLog:
    return manifest.open_log(people=NOBODY, timezone="Asia/Shanghai")


def keys(log: EventLog) -> list[str]:
    """Every key that a reader of this log would see, lake and tail."""
    paths = [path for month in log.months for path in month.files]
    tables = [pq.read_table(path, schema=EVENT_SCHEMA) for path in paths]
    return sorted(pa.concat_tables([*tables, log.tail])["key"].to_pylist())


def roll(**options: int) -> lake.Rolled:
    return lake.roll(timezone="Asia/Shanghai", **options)


@pytest.mark.django_db(transaction=True)
def test_rolled_events_leave_the_tail_and_stay_readable():
    publish(1, 2, 3)
    assert keys(open_log()) == ["post-1", "post-2", "post-3"]

    assert roll(batch_events=2).events == 3

    log = open_log()
    assert log.tail.num_rows == 0
    assert keys(log) == ["post-1", "post-2", "post-3"]
    assert lake.damage() == []


@pytest.mark.django_db(transaction=True)
def test_months_are_cut_in_the_communitys_time_and_late_events_find_their_own():
    publish(1, at=datetime(2026, 3, 31, 15, 58, tzinfo=UTC))  # 23:59 in Shanghai
    publish(2, at=datetime(2026, 3, 31, 15, 58, tzinfo=UTC))  # 00:00 on the first of April
    roll()
    publish(3, at=datetime(2026, 3, 1, tzinfo=UTC))
    roll()

    months = {month.month: len(month.files) for month in open_log().months}
    assert months == {"2026-03": 2, "2026-04": 1}


@pytest.mark.django_db(transaction=True)
def test_a_claimed_batch_counts_from_the_tail_until_it_is_done():
    publish(1, 2)
    batch = lake.claim(limit=10, at=MARCH)
    assert batch is not None

    assert keys(open_log()) == ["post-1", "post-2"]
    assert roll().events == 2
    assert keys(open_log()) == ["post-1", "post-2"]


class Crash(BaseException):
    """Stands for kill -9: nothing may catch it."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["write_parquet", "replace_durably", "_mark_done", "chain"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_any_step_leaves_each_event_once(monkeypatch, step, when):
    publish(*range(10))
    original = getattr(lake, step)

    def crash(*arguments, **options):
        if when == "after":
            original(*arguments, **options)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(lake, step, crash)
        with pytest.raises(Crash):
            roll(batch_events=4)
    expected = sorted(f"post-{n}" for n in range(10))
    assert keys(open_log()) == expected

    roll(batch_events=4)

    log = open_log()
    assert (keys(log), log.tail.num_rows) == (expected, 0)
    assert lake.damage() == []
    named = {file.name for file in LakeFile.objects.all()}
    written = lake.lake_folder().rglob("*.parquet")
    assert {str(path.relative_to(lake.lake_folder())) for path in written} == named


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_rolled_later():
    if connection.vendor != "postgresql":
        publish(1)
        roll()
        publish(2)
        roll()
        assert keys(open_log()) == ["post-1", "post-2"]
        return
    with transaction.atomic():
        publish(1)
        run_in_thread(publish, 2)
        assert run_in_thread(roll).events == 1
    assert roll().events == 1
    assert keys(open_log()) == ["post-1", "post-2"]


@pytest.mark.django_db(transaction=True)
def test_a_second_roller_waits_for_nobody_and_does_nothing():
    publish(1)
    with lake.only_roller() as mine:
        assert mine
        assert roll() == lake.Rolled(events=0, batches=0)
    assert roll().events == 1


@pytest.mark.django_db(transaction=True)
def test_compaction_keeps_every_event_and_the_chain(monkeypatch):
    for n in range(9):
        publish(n)
        roll()
    before = keys(open_log())

    assert manifest.compact(at=MARCH, from_files=8) == 1

    log = open_log()
    assert keys(log) == before
    assert [len(month.files) for month in log.months] == [1]
    assert lake.damage() == []
    assert len(list(lake.lake_folder().rglob("*.parquet"))) == 10
    manifest.remove_leftovers(at=datetime.now(UTC) + timedelta(days=1))
    assert len(list(lake.lake_folder().rglob("*.parquet"))) == 1
    assert keys(open_log()) == before


@pytest.mark.django_db(transaction=True)
def test_a_changed_file_is_noticed():
    publish(1)
    roll()
    (path,) = lake.lake_folder().rglob("*.parquet")
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)

    (found,) = lake.damage()
    assert "changed since it was written" in found


@pytest.mark.django_db(transaction=True)
def test_a_rollup_is_used_only_while_it_is_made_from_the_months_files():
    publish(1)
    roll()
    assert manifest.refresh_rollups(timezone="Asia/Shanghai") == 1
    assert manifest.refresh_rollups(timezone="Asia/Shanghai") == 0
    (month,) = open_log().months
    assert isinstance(month.rollup, Path)
    assert month.rollup.exists()

    publish(2)
    roll()
    (month,) = open_log().months
    assert month.rollup is None
    assert manifest.refresh_rollups(timezone="Asia/Shanghai") == 1
    assert RollupMonth.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_rollups_made_anew_from_the_log_are_the_same():
    publish(*range(30))
    roll()
    manifest.refresh_rollups(timezone="Asia/Shanghai")
    (before,) = [pq.read_table(month.rollup) for month in open_log().months[:1]]

    manifest.forget_rollups()
    assert all(month.rollup is None for month in open_log().months)
    manifest.refresh_rollups(timezone="Asia/Shanghai")

    (after,) = [pq.read_table(month.rollup) for month in open_log().months[:1]]
    assert after.equals(before)


@pytest.mark.django_db(transaction=True)
def test_batches_form_a_chain():
    publish(1)
    roll()
    publish(2)
    roll()
    first, second = LakeBatch.objects.order_by("id")
    (file,) = second.files.all()
    assert second.digest == lake.chain(first.digest, [file.digest])
