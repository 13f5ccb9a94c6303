"""``juluo run`` starts, says where it is, keeps nothing open, and stops when told."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.homes import environment


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def running(tmp_path: Path, new_home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A community of its own, started as a person would; gives its process and its words."""
    home = tmp_path / "home"
    shutil.copytree(new_home, home)
    settings = environment(home)
    # Whoever starts it has never heard of Django.
    del settings["DJANGO_SETTINGS_MODULE"]
    words = ["run", "--port", str(free_port()), "--no-demonstration"]
    process = subprocess.Popen(
        [sys.executable, "-m", "juluo", *words],
        env=settings,
        cwd=home,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    yield process, said
    process.kill()
    process.wait()


def web_server_of(process: subprocess.Popen[str]) -> Path:
    """The folder in /proc of the process that serves the pages."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    servers = [
        each for each in children if b"uvicorn" in Path(f"/proc/{each}/cmdline").read_bytes()
    ]
    return Path("/proc", servers[0])


def open_files(server: Path) -> int:
    return len(list((server / "fd").iterdir()))


def test_starts_says_where_keeps_nothing_open_and_stops(running):
    process, said = running
    address = re.search(r"runs at (http://\S+)", said)
    assert address is not None
    assert re.search(r"Sign in as owner@juluo.example with the password \S{12,}", said)

    server = web_server_of(process)
    page = f"{address[1]}/accounts/login/"
    urlopen(page).read()
    before = open_files(server)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: urlopen(page).status, range(64)))
    until = time.monotonic() + 5
    while open_files(server) > before and time.monotonic() < until:
        time.sleep(0.1)

    assert set(statuses) == {200}
    assert open_files(server) <= before

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
