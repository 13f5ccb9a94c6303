"""A made-up community whose figures are asked."""

import pytest
import time_machine
from django.core.cache import cache
from tests.made_up import NOW, make_community


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield tmp_path


@pytest.fixture
def made_up(db):
    return make_community()
