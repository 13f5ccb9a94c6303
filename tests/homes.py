"""Homes of their own for commands that run in processes of their own, always on SQLite."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

# Loads everything once, then runs each command in a process of its own: a fork is a fresh
# process without the seconds that loading takes.
SERVE = """
import json, os, sys
import django; django.setup()
import duckdb, ibis, pyarrow.parquet, juluo.analytics.engine
from juluo.project.cli import main
for line in sys.stdin:
    asked = json.loads(line)
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
        try:
            main(asked["words"])
        except SystemExit as left:
            sys.stdout.flush()
            os._exit(left.code or 0)
        os._exit(70)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Home:
    """One community's folder, and a process that runs ``juluo`` commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = python(folder, SERVE)

    def begin(self, *words: object) -> int:
        """Start a command; return its process."""
        asked = {"words": [str(word) for word in words], "out": str(self.folder / "said")}
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        return int(self._answer())

    def ended(self) -> int:
        """Wait for the command; return its exit code, or minus the signal that ended it."""
        return int(self._answer())

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline()

    def juluo(self, *words: object) -> str:
        self.begin(*words)
        assert self.ended() == 0, words
        return (self.folder / "said").read_text()

    def asked(self, sql: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.folder / "juluo.sqlite3", timeout=10) as database:
            return database.execute(sql).fetchall()

    def close(self) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(timeout=30)


def python(home: Path, program: str) -> "subprocess.Popen[str]":
    """Start a program of Python in a home, to be spoken with."""
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment(home), cwd=home, stdin=pipe, stdout=pipe, text=True
    )


def environment(home: Path) -> dict[str, str]:
    """What a command sees that works on this home and knows nothing of the tests."""
    ours = {
        "JULUO_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "juluo.project.settings",
    }
    left_out = {"DATABASE_URL", "JULUO_TESTING"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | ours


def make_once(shared: Path) -> Path:
    """Return the home that all tests of a run copy: migrated and empty, made by the first."""
    made = shared / "new-home"
    with (shared / "new-home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = shared / "new-home-draft"
            draft.mkdir()
            command = [sys.executable, "-m", "juluo", "manage", "migrate", "-v0"]
            subprocess.run(command, env=environment(draft), cwd=draft, check=True)
            draft.rename(made)
    return made


def alive(process: int) -> bool:
    """Tell whether a process still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def kill_after(
    home: Home, progress: Callable[[Home], int], until: int, pause: float, *words: object
) -> bool:
    """Run the command and kill it a moment after that much progress; tell whether it was."""
    process = home.begin(*words)
    while alive(process) and progress(home) < until:
        time.sleep(0.001)
    time.sleep(pause)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return home.ended() == -signal.SIGKILL
