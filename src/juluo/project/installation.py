"""Make an installation ready for whoever runs a command: tables, words, static checks."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from juluo.lib.home import data_home

PACKAGE = Path(__file__).resolve().parents[1]


def make_ready() -> None:
    """Bring the database up to date; quick when it already is.

    Several processes may call this at once: the first migrates, the others wait.
    """
    if not _needs_migration():
        return
    with _only_one("migrate.lock"):
        if _needs_migration():
            call_command("migrate", verbosity=0, interactive=False)
            _look_over_the_search_index()


def _look_over_the_search_index() -> None:
    """Let what stood here before this version be found, in the background."""
    from juluo.domains.search import tasks

    tasks.sweep.enqueue()


def _needs_migration() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _only_one(name: str) -> Iterator[None]:
    """Hold a lock file; the kernel frees it should the process be killed."""
    with (data_home() / name).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def compile_words() -> None:
    """Write the binary catalogues of translated words where they are missing or old."""
    for source in PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"):
        binary = source.with_suffix(".mo")
        if binary.exists() and binary.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib

        polib.pofile(str(source)).save_as_mofile(str(binary))


def collect_static_files() -> None:
    """Put the static files, compressed, where they are served from, if they changed."""
    wanted = _fingerprint_of_static_files()
    mark = Path(settings.STATIC_ROOT) / "collected.sha256"
    if not mark.exists() or mark.read_text() != wanted:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(wanted)


def _fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("static/**/*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
