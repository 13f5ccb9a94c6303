"""``./juluo bench``: speed and memory, each against a named baseline in the same run.

``./juluo bench engine`` or ``imports`` runs one; further words go to it (``--events 10000000``).
Nothing is written: the results worth keeping go to docs/reference/benchmarks.md by hand.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the benchmarks named, or all; each in a process and a home of its own."""
    known = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("*.py"))}
    words = sys.argv[1:]
    names = [word for word in words if word in known] or list(known)
    options = [word for word in words if word not in known]
    failed = 0
    for name in names:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="juluo-bench-") as home:
            settings = {**os.environ, "JULUO_HOME": home}
            command = [sys.executable, str(known[name]), *options]
            failed |= subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
