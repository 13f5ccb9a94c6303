"""The command line, called as people call it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from tests.made_up import NOW, MadeUp, make_community

from juluo.project.cli import main


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield tmp_path


@pytest.fixture
def made_up(db: None) -> MadeUp:
    return make_community()


@pytest.fixture
def juluo(capsys: pytest.CaptureFixture[str], db: None) -> Callable[..., Said]:
    def run(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code=int(left.value.code or 0), out=said.out, err=said.err)

    return run
