"""Starting is cheap: what takes long to load is loaded by what needs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {"ibis", "pyarrow", "duckdb", "numpy", "pandas", "docx", "matplotlib"}
START = """
import json, sys
import django; django.setup()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_django_starts_without_the_libraries_that_take_long_to_load(tmp_path):
    environment = os.environ | {"JULUO_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment["DJANGO_SETTINGS_MODULE"] = "juluo.project.settings"
    command = [sys.executable, "-c", START]
    said = subprocess.check_output(command, env=environment, cwd=tmp_path)

    assert HEAVY.isdisjoint(json.loads(said))
