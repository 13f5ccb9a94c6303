"""``./juluo lock``: make requirements/*.txt anew from pyproject.toml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "-q", "pyproject.toml", "--extra", "postgres"),
    *("--extra", "pdf"),
]


def main() -> None:
    """Write the locked requirements, versions and hashes."""
    run, dev = "requirements/run.txt", "requirements/dev.txt"
    subprocess.run([*COMPILE, "-o", run], cwd=ROOT, check=True)
    subprocess.run([*COMPILE, "--group", "dev", "-c", run, "-o", dev], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
