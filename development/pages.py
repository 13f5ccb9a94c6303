"""``./juluo pages``: write the reference pages that are made from the code.

With ``--check`` nothing is written; exits 1 naming the pages that are not current.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
        REFERENCE / "api.md": api_markdown(),
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


API_INTRODUCTION = (
    "Made from the API's own description (`development/pages.py`); do not edit by hand. The same "
    "is served at `/api/v1/openapi.json`. Send `Authorization: Bearer juluo_…` with a key from "
    "*API keys* in the account menu; a key has its member's rights, and only reads unless it was "
    "made to write. Days are local days of the community. Whatever goes wrong answers "
    '`{"error": {"code", "message", "fields"}}` with 401, 403, 404, 422 or 429.'
)


def api_markdown() -> str:
    """Return every operation of the HTTP API as Markdown: address, parameters, body, answer."""
    from juluo.api.routes import api

    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schemas = described["components"]["schemas"]
    lines = ["# HTTP API", "", API_INTRODUCTION, ""]
    for path, operations in described["paths"].items():
        for method, told in operations.items():
            lines += _operation(method, path, told, schemas)
    return "\n".join(lines).rstrip() + "\n"


def _operation(method: str, path: str, told: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    lines = [f"## `{method.upper()} {path}`", "", told.get("description", told["summary"]), ""]
    fields = [
        (each["name"], each["in"], each.get("required", False), each["schema"])
        for each in told.get("parameters", [])
    ]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    named = _named(body.get("schema", {}), schemas)
    needed = named.get("required", [])
    fields += [
        (name, "body", name in needed, each) for name, each in named.get("properties", {}).items()
    ]
    if fields:
        lines += ["| field | in | needed | what |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {where} | {'yes' if needed else ''} | {_kind(schema, schemas)} |"
            for name, where, needed, schema in fields
        ]
        lines.append("")
    return lines


def _named(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schemas.get(name, schema)
    return found


def _kind(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return what a field holds, in a few words."""
    told = _named(schema, schemas)
    choices = told.get("anyOf") or told.get("allOf")
    if choices:
        kinds = [_kind(each, schemas) for each in choices if each.get("type") != "null"]
        words = " or ".join(dict.fromkeys(kinds))
    elif "enum" in told:
        words = ", ".join(f"`{each}`" for each in told["enum"])
    elif told.get("type") == "array":
        words = f"list of {_kind(told.get('items', {}), schemas)}"
    else:
        words = str(told.get("format") or told.get("type") or "anything")
    description = schema.get("description", "")
    return f"{words}. {description}" if description else words


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
