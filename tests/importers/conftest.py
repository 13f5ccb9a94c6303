"""Small made-up exports, and a way to import them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from juluo.importers.services import ImportRequest, ask_for_import, run_import

Import = Callable[..., dict[str, Any]]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def bring_in(db: None) -> Import:
    def run(format_name: str, path: Path, zone: str = "UTC", name: str = "") -> dict[str, Any]:
        request = ImportRequest(format=format_name, path=path, zone=ZoneInfo(zone), name=name)
        run = ask_for_import(request=request, label=path.name, at=NOW)
        return run_import(run_id=run.pk, request=request)

    return run


@pytest.fixture
def fixtures() -> Path:
    folder = Path(__file__).parents[2].parent / "shared" / "fixtures"
    if not folder.is_dir():
        pytest.skip("the shared exports are not here")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write files given as name=content under a folder, and return the folder."""

    def put(files: dict[str, Any]) -> Path:
        for name, content in files.items():
            path = tmp_path / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif isinstance(content, str):
                path.write_text(content, encoding="utf-8")
            else:
                path.write_text(json.dumps(content), encoding="utf-8")
        return tmp_path / "export"

    return put
