"""The guards bite: a breach of each kind, planted in a copy of the source, is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

BREACHES = {
    "a lower package imports a higher one": (
        "src/juluo/lib/breach.py",
        '"""Breach."""\n\nfrom juluo.eventlog import recording\n\nrecording.record\n',
        "Packages look down only BROKEN",
    ),
    "a package that no layer names": (
        "src/juluo/drawer/__init__.py",
        '"""Breach."""\n',
        "drawer",
    ),
    "a lower domain imports a higher one": (
        "src/juluo/domains/members/rules.py",
        '"""Breach."""\n\nfrom juluo.domains.insights import apps\n\napps\n',
        "Domains look down only BROKEN",
    ),
    "a room looks up": (
        "src/juluo/domains/community/rules.py",
        '"""Breach."""\n\nfrom juluo.domains.community import queries\n\nqueries\n',
        "Rooms of a domain look down only BROKEN",
    ),
    "analytics imports Django": (
        "src/juluo/analytics/breach.py",
        '"""Breach."""\n\nfrom django.db import models\n\nmodels\n',
        "Events, analytics and rules are plain Python BROKEN",
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source that may be spoilt."""
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    command = [str(BIN / "lint-imports"), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_of_the_layers_is_caught(copy, breach):
    path, text, words = BREACHES[breach]
    (copy / path).parent.mkdir(exist_ok=True)
    (copy / path).write_text(text)

    done = lint_imports(copy)

    assert done.returncode == 1
    assert words in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.apps import apps\n\napps.get_model",
    ],
)
def test_signals_and_get_model_are_banned(copy, line):
    breach = copy / "src/juluo/lib/breach.py"
    breach.write_text(f'"""Breach."""\n\n{line}\n')

    command = [str(BIN / "ruff"), "check", "--select", "TID251", str(breach)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "TID251" in done.stdout


def test_the_boundary_tests_see_a_private_room_entered_and_a_key_that_points_up(monkeypatch):
    from tests.architecture import test_boundaries as boundaries

    class Graph:
        modules = {"juluo.domains.insights.views"}

        def find_modules_directly_imported_by(self, _: str) -> set[str]:
            return {"juluo.domains.members.models"}

    monkeypatch.setattr(boundaries.grimp, "build_graph", lambda _: Graph())
    with pytest.raises(AssertionError):
        boundaries.test_a_domain_is_entered_by_its_public_rooms_only()

    from juluo.domains.messaging.models import ChatGroup

    monkeypatch.setattr(boundaries, "depth", lambda domain: {"messaging": 9}.get(domain, 1))
    with pytest.raises(AssertionError, match="points up"):
        boundaries.test_foreign_keys_point_down_and_cannot_be_seen_from_there(ChatGroup)
