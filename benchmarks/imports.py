"""Measure imports: messages a second and memory, as ratios to a bare reader in the same run.

Baseline: ``json.load`` of every day file and one ``executemany`` of (channel, ts, user, text) into
SQLite with ``synchronous=FULL``: the least that could be called an import, without people, marks,
replies, events or a way to resume.

Run with ``python benchmarks/imports.py [SIZE …]`` from the root; prints a Markdown table.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.importers.synthetic import make_slack_export  # noqa: E402

SIZES = (10_000, 100_000)


def bare_reader(export: Path, database: Path) -> None:
    """Read every message and insert it, nothing more."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE m (channel TEXT, ts TEXT, user TEXT, body TEXT)")
        for day in sorted(export.glob("*/*.json")):
            rows = [
                (day.parent.name, m["ts"], m["user"], m["text"])
                for m in json.loads(day.read_text())
            ]
            connection.executemany("INSERT INTO m VALUES (?,?,?,?)", rows)


def measured(command: list[str], home: Path) -> tuple[float, float]:
    """Return the seconds and the peak MiB of a command."""
    environment = os.environ | {
        "JULUO_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "juluo.project.settings",
    }
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command} failed")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Measure every size and print the table."""
    if sys.argv[1:2] == ["--bare"]:
        bare_reader(Path(sys.argv[2]), Path(sys.argv[3]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print("| messages | what | seconds | messages/s | times the baseline | peak MiB |")
    print("|---:|---|---:|---:|---:|---:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure_size(size, Path(folder))


def measure_size(size: int, folder: Path) -> None:
    """Measure the baseline, an import, and the same import again."""
    export = make_slack_export(folder / "export", messages=size)
    juluo = [sys.executable, "-m", "juluo"]
    measured([*juluo, "manage", "migrate", "-v0"], folder)
    nothing = measured([*juluo, "manage", "version"], folder)
    bare = measured(
        [sys.executable, __file__, "--bare", str(export), str(folder / "bare.db")], folder
    )
    brought = measured([*juluo, "import", "slack", str(export), "--json"], folder)
    again = measured([*juluo, "import", "slack", str(export), "--json"], folder)
    for what, (seconds, memory) in (
        ("starting juluo", nothing),
        ("bare reader (baseline)", bare),
        ("juluo import", brought),
        ("juluo import, again", again),
    ):
        rate = f"{size / seconds:,.0f} | {seconds / bare[0]:.1f}"
        print(f"| {size:,} | {what} | {seconds:.1f} | {rate} | {memory:.0f} |")


if __name__ == "__main__":
    main()
