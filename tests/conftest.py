"""What every test can ask for."""

import fcntl
import math
import os
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from juluo.lib.append_only import install_statements, remove_statements
from tests.homes import make_once

# Machines are slow at times: what a test draws, and how long it takes, is not what it is about.
settings.register_profile(
    "juluo", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("juluo")

# The fixtures through which a test meets the database of its run.
DATABASE = {"db", "transactional_db", "live_server", "shared_database"}
SOURCE = Path(__file__).resolve().parents[1] / "src"
APPEND_ONLY = (
    "eventlog_eventrecord",
    "members_auditentry",
    "members_consent",
    "members_guidelines",
    "members_acceptance",
    "insights_keptanswer",
    "planning_phaseacceptance",
    "planning_planversion",
    "planning_signoff",
    "planning_targetrevision",
    "finance_approvalrule",
    "finance_budgetversion",
    "finance_versionline",
    "finance_linechange",
    "finance_limitlift",
    "finance_approval",
    "finance_sourcechange",
    "finance_posting",
    "finance_leg",
    "reporting_actionoutcome",
    "reporting_revision",
    "risks_review",
    "risks_riskoutcome",
    "risks_riskscore",
)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that are older than their words: pages are read in Chinese, too."""
    if hasattr(config, "workerinput"):
        return
    for words in SOURCE.rglob("locale/*/LC_MESSAGES/*.po"):
        compiled = words.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            polib.pofile(str(words)).save_as_mofile(str(compiled))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run on the second database leave out what knows nothing of databases."""
    words = "only the tests that use the run's database: the others have run already, on another"
    parser.addoption("--with-database", action="store_true", help=words)


# What people do in a browser is walked once, over the database that runs first.
JOURNEYS = Path(__file__).parent / "journeys"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that were asked for; what takes long begins first, so that nobody waits."""
    items.sort(key=lambda item: not _takes_long(item))
    if not config.getoption("--with-database"):
        return
    left_out = [item for item in items if not _depends_on_database(item)]
    items[:] = [item for item in items if _depends_on_database(item)]
    config.hook.pytest_deselected(items=left_out)


def _takes_long(item: pytest.Item) -> bool:
    return JOURNEYS in item.path.parents or item.get_closest_marker("over_the_lake") is not None


def _depends_on_database(item: pytest.Item) -> bool:
    """Tell whether another database could make the test fail: pages look the same over any."""
    if JOURNEYS in item.path.parents or item.get_closest_marker("over_the_lake"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & fixtures)


def _bring_default_lists_back() -> None:
    """Give the next test what the migrations put into the tables."""
    from juluo.domains.finance.models import Category, Stream
    from juluo.domains.finance.models.books import CATEGORIES, STREAMS

    for model, keys in ((Category, CATEGORIES), (Stream, STREAMS)):
        model.objects.bulk_create(model(key=key, position=n) for n, key in enumerate(keys))


def _lift_and_flush(self: TransactionTestCase) -> None:
    """Empty the tables between transactional tests, which append-only tables would refuse."""
    frozen = {}
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            model = next(m for m in apps.get_models() if m._meta.db_table == table)
            frozen[table] = [f.column for f in model._meta.concrete_fields if f.name != "batch"]
            for statement in remove_statements(connection.vendor, table):
                cursor.execute(statement)
    call_command("flush", verbosity=0, interactive=False, allow_cascade=True)
    _bring_default_lists_back()
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for statement in install_statements(connection.vendor, table, frozen=frozen[table]):
                cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def _flush_append_only_tables() -> Iterator[None]:
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = _lift_and_flush
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(autouse=True, scope="session")
def _webhooks_are_known() -> None:
    """No test looks for webhooks when the clock says so; theirs forget what is known."""
    from juluo.domains.webhooks import queries

    queries.KNOWN_SECONDS = math.inf


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Make the tables once for all processes of a run, and a copy for each.

    Migrations take longer than many a test. The copies go with the run's temporary folder, or with
    the cluster that was started for it.
    """
    own = tmp_path_factory.getbasetemp()
    process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    folder = own if process == "alone" else own.parent
    with django_db_blocker.unblock(), (folder / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made, creation = folder / "tables.name", connection.creation
        if made.exists():
            connection.settings_dict["NAME"] = made.read_text()
        else:
            if connection.vendor == "sqlite":
                connection.settings_dict["TEST"]["NAME"] = str(folder / "tables.sqlite3")
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
            made.write_text(str(connection.settings_dict["NAME"]))
        creation.clone_test_db(process, verbosity=0, autoclobber=True)
        connection.close()
        connection.settings_dict.update(creation.get_test_db_clone_settings(process))


@pytest.fixture(scope="module")
def shared_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that fixtures of a module fill once, for tests that each undo what they do.

    It is left as it was found; tests of such a module never commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nobodys_language() -> None:
    """Forget the language that another test's last page left behind in this thread."""
    translation.deactivate()


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community's folder as it is first made; copy it, and leave it as it is."""
    own = tmp_path_factory.getbasetemp()
    return make_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
