"""A throwaway PostgreSQL cluster for tests: its own folder, a socket only, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from development.debian import postgres_programs

# Tests need no durability, and 64 at once on one line of money; the rest stays as shipped.
FAST = "-c fsync=off -c full_page_writes=off -c max_connections=120"


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a cluster, yield its ``DATABASE_URL``, and remove it."""
    programs = postgres_programs()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="juluo-postgres-"))
    become = _as_other_user(folder)
    try:
        data = folder / "data"
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "juluo", "-A", "trust"]
        _quietly([*become, *initdb, "-E", "UTF8", "--no-sync"])
        options = f"-k {folder} -c listen_addresses='' {FAST}"
        control = [*become, str(programs / "pg_ctl"), "-D", str(data), "-l", str(folder / "log")]
        _quietly([*control, "-w", "-o", options, "start"])
        try:
            yield f"postgresql://juluo@/postgres?host={folder}"
        finally:
            _quietly([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _as_other_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: use the account that its package made."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, user="postgres")
    folder.chmod(0o755)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "env", "-C", "/"]
