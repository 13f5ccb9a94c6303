"""``./juluo test``: the whole suite, on SQLite and then on a real PostgreSQL.

``./juluo test PATH …`` passes the words on to pytest; ``--sqlite`` or ``--postgres`` runs on
one database only. What uses no database, or one of its own, and what people do in a browser are
run once where both are asked for.
"""

import os
import subprocess
import sys
from pathlib import Path

from development.debian import install_missing
from development.postgres import throwaway_postgres
from development.translate import compile_all

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the tests and leave with pytest's exit code."""
    words = sys.argv[1:]
    only = {word for word in words if word in {"--sqlite", "--postgres"}}
    words = [word for word in words if word not in only]
    install_missing()
    compile_all()
    failed = 0
    if only != {"--postgres"}:
        print("== SQLite", flush=True)
        failed |= run_pytest(words, {})
    if only != {"--sqlite"}:
        with throwaway_postgres() as url:
            print("== PostgreSQL", flush=True)
            failed |= run_pytest([*_second(only), *words], {"DATABASE_URL": url})
    sys.exit(failed)


def _second(only: set[str]) -> list[str]:
    """Return what leaves out, where SQLite had its run, the tests that another cannot fail."""
    return [] if only else ["--with-database"]


def run_pytest(words: list[str], settings: dict[str, str]) -> int:
    """Run pytest on four processes with these settings added to the environment.

    Browsers, databases and other processes are waited for: fewer would leave two cores idle.
    """
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-n", "4", "--dist", "loadfile"]
    # The order is tests/conftest.py's own: the longest first.
    command += ["--no-loadscope-reorder", *words]
    return subprocess.run(command, cwd=ROOT, env={**given, **settings}, check=False).returncode


if __name__ == "__main__":
    main()
