"""``./juluo check``: the gate. Style, types, boundaries, migrations, words, generated pages."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from development import translate
from development.debian import install_missing

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def command(*words: str) -> Callable[[], list[str]]:
    """Return a check that runs a program and passes when it exits with 0."""

    def run() -> list[str]:
        done = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, check=False, env=_environment()
        )
        return [] if done.returncode == 0 else [done.stdout + done.stderr]

    return run


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "juluo.project.settings",
        "JULUO_HOME": tempfile.gettempdir() + "/juluo-check",
    }


def words_are_complete() -> list[str]:
    """Gather the words anew; every one has its Chinese and the catalogues are committed."""
    before = _catalogues()
    translate.gather()
    after = _catalogues()
    stale = [
        f"{name}: not what the code says; run ./juluo translate and commit it"
        for name in sorted(after)
        if before.get(name) != after[name]
    ]
    return stale + translate.incomplete()


def _catalogues() -> dict[str, set[str]]:
    import polib

    return {
        str(path.relative_to(ROOT)): {entry.msgid for entry in polib.pofile(str(path))}
        for path in (ROOT / "src").rglob("locale/zh_Hans/LC_MESSAGES/*.po")
    }


PYTHON = sys.executable
CHECKS: dict[str, Callable[[], list[str]]] = {
    "style": command(str(BIN / "ruff"), "check"),
    "format": command(str(BIN / "ruff"), "format", "--check"),
    "types": command(str(BIN / "mypy")),
    "boundaries": command(str(BIN / "lint-imports"), "--no-cache"),
    "migrations": command(PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"),
    "deployment": command(PYTHON, "-m", "django", "check", "--fail-level", "WARNING"),
    "words": words_are_complete,
    "generated pages": command(PYTHON, "-m", "development.pages", "--check"),
}


def main() -> None:
    """Run every check, or those named; print each with its time; exit 1 if one fails."""
    install_missing()
    names = sys.argv[1:] or list(CHECKS)
    failed = 0
    for name in names:
        started = time.monotonic()
        problems = CHECKS[name]()
        took = time.monotonic() - started
        print(f"{'ok' if not problems else 'FAILED':7}{name} ({took:.1f} s)", flush=True)
        if problems:
            failed += 1
            print("\n".join(problems), flush=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
