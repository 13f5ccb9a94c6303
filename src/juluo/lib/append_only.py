"""Triggers that keep a table append-only, on SQLite and on PostgreSQL."""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def install_statements(vendor: str, table: str, *, frozen: Sequence[str]) -> list[str]:
    """Return the statements that refuse deletes, and updates of the ``frozen`` columns."""
    columns = ", ".join(f'"{name}"' for name in frozen)
    refusal = f"{table} is append-only"
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        return [
            f'CREATE TRIGGER "{table}_keep_rows" BEFORE DELETE ON "{table}" {body}',
            f'CREATE TRIGGER "{table}_keep_values" BEFORE UPDATE OF {columns} ON "{table}" {body}',
        ]
    function = f'"{table}_refuse"'
    body = f"RAISE EXCEPTION '{refusal}';"
    run = f"EXECUTE FUNCTION {function}()"
    when = {
        "rows": ("DELETE", "ROW"),
        "values": (f"UPDATE OF {columns}", "ROW"),
        "table": ("TRUNCATE", "STATEMENT"),
    }
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        *(
            f'CREATE TRIGGER "{table}_keep_{what}" BEFORE {act} ON "{table}" FOR EACH {each} {run}'
            for what, (act, each) in when.items()
        ),
    ]


def remove_statements(vendor: str, table: str) -> list[str]:
    """Return the statements that lift the protection (for migrations backwards and tests)."""
    if vendor == "sqlite":
        return [
            f'DROP TRIGGER IF EXISTS "{table}_keep_rows"',
            f'DROP TRIGGER IF EXISTS "{table}_keep_values"',
        ]
    return [f'DROP FUNCTION IF EXISTS "{table}_refuse"() CASCADE']


def keep_append_only(table: str, *, frozen: Sequence[str]) -> migrations.RunPython:
    """Return the migration operation that makes a table append-only."""

    def install(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in install_statements(editor.connection.vendor, table, frozen=frozen):
            editor.execute(statement)

    def remove(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in remove_statements(editor.connection.vendor, table):
            editor.execute(statement)

    return migrations.RunPython(install, remove)
