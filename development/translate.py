"""``./juluo translate``: gather the interface's words, and show which lack their Chinese."""

import os
import re
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "juluo"


def compile_all() -> None:
    """Write the binary catalogues that Django reads."""
    for path in SOURCE.rglob("locale/*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def gather() -> None:
    """Bring every catalogue up to date with the code and the templates."""
    settings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "juluo.project.settings",
        # Not a home in each app's folder, where the command runs.
        "JULUO_HOME": os.environ.get("JULUO_HOME") or str(ROOT / "var"),
    }
    # One walk from the top: every file's words go to the nearest locale folder above it.
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", "zh_Hans", "--no-wrap"]
    subprocess.run(
        [*command, "--no-location", "--no-obsolete", "-v", "0"],
        cwd=SOURCE,
        env={**settings, "PYTHONPATH": str(SOURCE.parent)},
        check=True,
    )
    for path in SOURCE.rglob("locale/zh_Hans/LC_MESSAGES/*.po"):
        text = path.read_text(encoding="utf-8")
        stamp = r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team): .*\n'
        text = re.sub(stamp, "", text, flags=re.MULTILINE)
        # gettext marks the head it makes for a new catalogue as not looked at yet.
        head = r'^#, fuzzy\n(?=msgid ""\nmsgstr ""\n"[\w-]+:)'
        path.write_text(re.sub(head, "", text, flags=re.MULTILINE), encoding="utf-8")


def incomplete() -> list[str]:
    """Return what lacks its Chinese, one line each: file and English words."""
    found = []
    for path in sorted(SOURCE.rglob("locale/zh_Hans/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(path))
        left = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
        found += [f"{path.relative_to(ROOT)}: {entry.msgid!r}" for entry in left]
        if catalogue.metadata_is_fuzzy:
            found.append(f"{path.relative_to(ROOT)}: its head is marked fuzzy")
    return found


def main() -> None:
    """Gather, list what is missing, compile."""
    gather()
    left = incomplete()
    print("\n".join(left) or "Every word has its Chinese.")
    compile_all()
    sys.exit(bool(left))


if __name__ == "__main__":
    main()
