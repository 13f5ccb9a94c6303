"""``./juluo pages``: write the reference pages that are made from the code.

With ``--check`` nothing is written; exits 1 naming the pages that are not current.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
WIDTH = "100"
INTRODUCTION = (
    "Made from `juluo --help` (`development/pages.py`); do not edit by hand. A command ends with 0 "
    "when it is done, 1 when what was asked for is refused (the reason is on standard error), 2 "
    "when the command line itself is wrong."
)


def pages() -> dict[Path, str]:
    """Return what each generated page should hold."""
    from juluo.analytics.catalog.reference import reference_markdown

    return {
        REFERENCE / "metrics.md": reference_markdown("en"),
        REFERENCE / "metrics.zh.md": reference_markdown("zh-hans"),
        REFERENCE / "commands.md": commands_markdown(),
    }


def commands_markdown() -> str:
    """Return the help of ``juluo`` and of each of its sub-commands as Markdown."""
    import django

    # The pages say the same wherever they are made.
    os.environ["COLUMNS"] = WIDTH
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juluo.project.settings")
    django.setup()
    from juluo.project.cli import parser

    lines = ["# Commands", "", INTRODUCTION, ""]
    for name, each in _parsers(parser()):
        lines += [f"## `{name}`", "", "```text", each.format_help().rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _parsers(
    parser: argparse.ArgumentParser,
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield parser.prog, parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its parts
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for each in action.choices.values():
                yield from _parsers(each)


def main() -> None:
    """Write the pages, or say which are not current."""
    wanted = pages()
    stale = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    names = [str(path.relative_to(ROOT)) for path in stale]
    if "--check" in sys.argv[1:]:
        for name in names:
            print(f"{name}: not what the code says; run ./juluo pages and commit it")
        sys.exit(bool(names))
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    print("\n".join(names) or "Every page is current.")


if __name__ == "__main__":
    main()
