"""Our engine against hand-written DuckDB SQL on the raw events, in the same run.

``python benchmarks/engine.py --events 1000000`` makes a synthetic log (monthly Parquet and
rollups), asks both for the same figures, checks that they agree, and prints a table of CPU
seconds and ratios.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from juluo.analytics.engine import answer
from juluo.analytics.log import EventLog, MonthFiles
from juluo.analytics.question import Grain, Question
from juluo.analytics.rollup import build_month
from juluo.analytics.schemas import EVENT_SCHEMA, PEOPLE_SCHEMA

ZONE = "Asia/Shanghai"
YEAR = 2024
START, END = date(YEAR, 1, 1), date(YEAR + 1, 1, 1)
AS_OF = datetime(YEAR + 1, 3, 1, tzinfo=UTC)
LOCAL = "(occurred_at AT TIME ZONE 'Asia/Shanghai')"
WRITTEN = (
    "('discussions.post_published','discussions.question_asked','discussions.answer_given',"
    "'discussions.comment_written','messaging.message_sent')"
)
PEOPLE = "actor_id NOT IN (SELECT member_id FROM people WHERE kind <> 'person')"

# People come in sittings of eight events or so, within two hours, mostly in their home space;
# members follow a power law (a few write most), more of them as the year goes on. One in five
# events is a reaction; threads are answered mostly soon.
SITTINGS = """
CREATE TABLE sittings AS
WITH drawn AS (SELECT s, random() AS a, random() AS b FROM range({sittings}) t(s))
SELECT s, 1 + floor(pow(b, 3) * {members} * (0.3 + 0.7 * a))::BIGINT AS actor,
  TIMESTAMPTZ '2024-01-01 00:00:00+08' + to_microseconds((pow(a, 0.8) * 365.9 * 86400e6)::BIGINT)
    AS begun
FROM drawn
"""
EVENTS = """
CREATE TABLE made AS
WITH drawn AS (
  SELECT i, random() AS c, random() AS d, random() AS e, random() AS f FROM range({count}) t(i)
)
SELECT i, begun + to_microseconds((f * 7200e6)::BIGINT) AS moment, actor, c, e,
  CASE WHEN d < 0.85 THEN 1 + actor * 7919 % 40 ELSE 1 + floor(f * 40)::BIGINT END AS space,
  CASE WHEN c < 0.08 THEN 'discussions.post_published'
       WHEN c < 0.12 THEN 'discussions.question_asked'
       WHEN c < 0.20 THEN 'discussions.answer_given'
       WHEN c < 0.45 THEN 'discussions.comment_written'
       WHEN c < 0.80 THEN 'messaging.message_sent'
       ELSE 'discussions.reacted' END AS name
FROM drawn JOIN sittings ON s = i // 8
"""
WITH_THREADS = """
CREATE TABLE threaded AS
WITH openings AS (
  SELECT i, moment, actor, space, row_number() OVER (ORDER BY moment) AS n FROM made WHERE c < 0.12
), others AS (
  -- The opening that is answered lies a skewed number of openings back.
  SELECT *, CASE WHEN c >= 0.12 THEN
    sum((c < 0.12)::INT) OVER (ORDER BY moment, i ROWS UNBOUNDED PRECEDING)::BIGINT
    - floor(pow(e, 4) * 400)::BIGINT END AS n
  FROM made
)
SELECT o.i, o.moment, o.actor, o.space, o.name, o.c,
  CASE WHEN o.c < 0.12 THEN 'post:' || o.i WHEN p.i IS NULL OR o.name LIKE 'messaging%'
       THEN 'message:' || o.i ELSE 'post:' || p.i END AS thread,
  CASE WHEN o.c >= 0.12 AND NOT o.name LIKE 'messaging%' THEN p.i END AS parent,
  CASE WHEN o.c >= 0.12 AND NOT o.name LIKE 'messaging%' THEN p.actor END AS recipient
FROM others o LEFT JOIN openings p ON p.n = o.n
"""
WRITE_MONTH = """
COPY (
  SELECT 'k' || i AS key, name, 1::SMALLINT AS version, moment AS occurred_at,
    moment AS recorded_at,
    actor AS actor_id, space AS space_id,
    CASE WHEN name = 'discussions.reacted' THEN 'post:' || parent ELSE 'post:' || i END
      AS subject_id,
    thread AS thread_id,
    CASE WHEN name <> 'discussions.reacted' THEN 'post:' || parent END AS parent_id,
    recipient AS recipient_id, NULL::VARCHAR AS channel, 'native' AS source,
    CASE WHEN name = 'discussions.reacted' THEN 1.0::DOUBLE END AS value, '{{}}' AS payload
  FROM threaded WHERE strftime((moment AT TIME ZONE 'Asia/Shanghai'), '%Y-%m') = '{month}'
  ORDER BY moment
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""

ACTIVE_BY_DAY = f"SELECT {LOCAL}::DATE AS day, actor_id FROM events WHERE {PEOPLE} GROUP BY ALL"
# Each gives rows of (value) in the order of the points.
BY_HAND: dict[tuple[str, Grain], str] = {
    ("members.active", Grain.DAY): f"""
        SELECT count(DISTINCT actor_id) FROM events WHERE {PEOPLE}
        GROUP BY {LOCAL}::DATE ORDER BY {LOCAL}::DATE""",
    ("members.active", Grain.MONTH): f"""
        SELECT count(DISTINCT actor_id) FROM events WHERE {PEOPLE}
        GROUP BY date_trunc('month', {LOCAL}) ORDER BY date_trunc('month', {LOCAL})""",
    ("members.active_28d", Grain.DAY): f"""
        WITH d AS ({ACTIVE_BY_DAY}), s AS (
          SELECT *, lag(day) OVER w AS before, lead(day) OVER w AS after FROM d
          WINDOW w AS (PARTITION BY actor_id ORDER BY day)),
        c AS (SELECT day, 1 AS n FROM s WHERE before IS NULL OR day - before >= 28 UNION ALL
              SELECT day + 28, -1 FROM s WHERE after IS NULL OR after - day >= 28),
        t AS (SELECT day, sum(n) AS n FROM c GROUP BY day)
        SELECT sum(coalesce(t.n, 0)) OVER (ORDER BY g.day)
        FROM (SELECT unnest(generate_series(DATE '2024-01-01', DATE '2024-12-31', INTERVAL 1 DAY))
              ::DATE AS day) g LEFT JOIN t USING (day) ORDER BY g.day""",
    ("members.new", Grain.MONTH): f"""
        SELECT count(*) FROM (SELECT min({LOCAL}::DATE) AS f FROM events WHERE {PEOPLE}
          GROUP BY actor_id) GROUP BY date_trunc('month', f) ORDER BY date_trunc('month', f)""",
    ("members.lost", Grain.WEEK): f"""
        WITH w AS (SELECT DISTINCT actor_id, date_trunc('week', {LOCAL})::DATE AS week
                   FROM events WHERE {PEOPLE})
        SELECT count(p.actor_id) FROM
          (SELECT unnest(generate_series(DATE '2024-01-01', DATE '2024-12-30', INTERVAL 7 DAY))
           ::DATE AS week) g
        LEFT JOIN (SELECT a.actor_id, a.week + 7 AS week FROM w a ANTI JOIN w b
          ON a.actor_id = b.actor_id AND a.week + 7 = b.week) p USING (week)
        GROUP BY g.week ORDER BY g.week""",
    ("content.contributions", Grain.DAY): f"""
        SELECT count(*) FROM events WHERE {PEOPLE} AND name IN {WRITTEN}
        GROUP BY {LOCAL}::DATE ORDER BY {LOCAL}::DATE""",
    ("response.answered_1d", Grain.MONTH): f"""
        WITH o AS (SELECT key, thread_id, actor_id, occurred_at FROM events WHERE {PEOPLE}
          AND name IN ('discussions.post_published','discussions.question_asked')),
        r AS (SELECT thread_id, actor_id, occurred_at FROM events
              WHERE {PEOPLE} AND name IN {WRITTEN}),
        f AS (SELECT o.key, min(r.occurred_at) AS first FROM o JOIN r ON r.thread_id = o.thread_id
              AND r.actor_id <> o.actor_id AND r.occurred_at >= o.occurred_at GROUP BY o.key)
        SELECT count(*) FILTER (WHERE first <= occurred_at + INTERVAL 1 DAY) / count(*)
        FROM o LEFT JOIN f USING (key) GROUP BY date_trunc('month', {LOCAL})
        ORDER BY date_trunc('month', {LOCAL})""",
    ("influence.reach", Grain.MONTH): f"""
        SELECT count(DISTINCT recipient_id) FROM events WHERE {PEOPLE} AND recipient_id IS NOT NULL
        AND recipient_id <> actor_id
        AND recipient_id NOT IN (SELECT member_id FROM people WHERE kind <> 'person')
        GROUP BY date_trunc('month', {LOCAL}) ORDER BY date_trunc('month', {LOCAL})""",
}


def make_log(folder: Path, count: int) -> EventLog:
    """Write the months and their rollups, and return the log they make."""
    connection = duckdb.connect(str(folder / "making.duckdb"))
    connection.execute("SET memory_limit = '6GB'")
    connection.execute("SELECT setseed(0.42)")
    members = max(50, count // 50)
    connection.execute(SITTINGS.format(sittings=count // 8 + 1, members=members))
    connection.execute(EVENTS.format(count=count))
    connection.execute(WITH_THREADS)
    months = []
    for number in range(1, 13):
        month = f"{YEAR}-{number:02}"
        path, rollup = folder / f"{month}.parquet", folder / f"rollup-{month}.parquet"
        connection.execute(WRITE_MONTH.format(month=month, path=path))
        months.append(MonthFiles(month=month, files=(path,), rollup=rollup))
    connection.close()
    (folder / "making.duckdb").unlink()
    started = time.process_time()
    rows = [build_month(m.files, ZONE, m.rollup) for m in months if m.rollup]
    spent = time.process_time() - started
    print(f"{count:,} events, {sum(rows):,} member-days; rollups built in {spent:.1f} CPU s\n")
    people = [
        {"member_id": n, "kind": "bot" if n % 500 == 3 else "person", "is_staff": False}
        for n in range(1, members + 1)
    ]
    return EventLog(
        months=tuple(months),
        tail=EVENT_SCHEMA.empty_table(),
        people=pa.Table.from_pylist(people, schema=PEOPLE_SCHEMA),
        timezone=ZONE,
        data_version="benchmark",
        lake_folder=folder,
    )


def by_engine(log: EventLog, key: str, grain: Grain) -> list[float | None]:
    """Ask our engine."""
    question = Question(key=key, start=START, end=END, grain=grain, timezone=ZONE)
    return [point.value for point in answer(question, log=log, as_of=AS_OF).points]


def by_hand(log: EventLog, key: str, grain: Grain) -> list[float | None]:
    """Run the hand-written SQL on the raw events, opened anew as the engine does."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET memory_limit = '512MB'; SET TimeZone = 'UTC'")
        connection.execute("SET preserve_insertion_order = false")
        connection.register("people", log.people)
        listed = ", ".join(f"'{path}'" for month in log.months for path in month.files)
        connection.execute(f"CREATE VIEW events AS SELECT * FROM read_parquet([{listed}])")
        return [float(row[0]) for row in connection.execute(BY_HAND[key, grain]).fetchall()]


def cpu(run: Callable[[], list[float | None]], times: int) -> tuple[float, list[float | None]]:
    """Return the median CPU seconds of some runs, and what the last one gave."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        found = run()
        spent.append(time.process_time() - started)
    return statistics.median(spent), found


def same(ours: list[float | None], theirs: list[float | None]) -> bool:
    """Say whether two lists of figures agree to the ninth digit."""
    pairs = zip(ours, theirs, strict=True)
    return all(abs((a or 0) - (b or 0)) <= 1e-9 * max(1, abs(b or 0)) for a, b in pairs)


def main() -> None:
    """Make the log, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juluo-bench-") as name:
        log = make_log(Path(name), options.events)
        print(f"{os.cpu_count()} cores, median of {options.times} runs, CPU seconds.\n")
        print("| metric | grain | by hand, raw events | our engine | ratio | same answer |")
        print("|---|---|---:|---:|---:|---|")
        for key, grain in BY_HAND:
            by_engine(log, key, grain)
            ours, our = cpu(lambda k=key, g=grain: by_engine(log, k, g), options.times)
            theirs, their = cpu(lambda k=key, g=grain: by_hand(log, k, g), options.times)
            agree = "yes" if same(our, their) else "NO"
            print(f"| `{key}` | {grain.value} | {theirs:.2f} | {ours:.2f} | {ours / theirs:.2f} "
                  f"| {agree} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
