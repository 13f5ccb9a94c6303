from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_text USING fts5(
    title_words, words, pairs,
    content='search_searchentry', content_rowid='id', tokenize='unicode61'
);
CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN
    INSERT INTO search_text(rowid, title_words, words, pairs)
    VALUES (new.id, new.title_words, new.words, new.pairs);
END;
CREATE TRIGGER search_entry_gone AFTER DELETE ON search_searchentry BEGIN
    INSERT INTO search_text(search_text, rowid, title_words, words, pairs)
    VALUES ('delete', old.id, old.title_words, old.words, old.pairs);
END;
CREATE TRIGGER search_entry_changed
AFTER UPDATE OF title_words, words, pairs ON search_searchentry BEGIN
    INSERT INTO search_text(search_text, rowid, title_words, words, pairs)
    VALUES ('delete', old.id, old.title_words, old.words, old.pairs);
    INSERT INTO search_text(rowid, title_words, words, pairs)
    VALUES (new.id, new.title_words, new.words, new.pairs);
END;
"""
SQLITE_BACK = """
DROP TRIGGER search_entry_added;
DROP TRIGGER search_entry_gone;
DROP TRIGGER search_entry_changed;
DROP TABLE search_text;
"""
POSTGRESQL = """
ALTER TABLE search_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, title_words), 'A')
    || setweight(to_tsvector('simple'::regconfig, words), 'B')
    || setweight(to_tsvector('simple'::regconfig, pairs), 'C')
) STORED;
CREATE INDEX search_entry_vector ON search_searchentry USING gin (vector);
"""
POSTGRESQL_BACK = "ALTER TABLE search_searchentry DROP COLUMN vector;"


def install(_apps, editor):
    _run(editor, SQLITE, POSTGRESQL)


def remove(_apps, editor):
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(editor, sqlite, postgresql):
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql)
        return
    # A trigger's own statements end with a semicolon, too; it ends with END.
    statement = ""
    for line in sqlite.strip().splitlines():
        statement += line + "\n"
        is_trigger = statement.startswith("CREATE TRIGGER")
        if line == "END;" or (not is_trigger and line.endswith(";")):
            editor.execute(statement)
            statement = ""


class Migration(migrations.Migration):
    """The full-text index: a virtual table with triggers on SQLite, a column on PostgreSQL.

    A later migration that changes ``search_searchentry`` on SQLite makes that table anew, and its
    triggers go with the old one: make them again there.
    """

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
