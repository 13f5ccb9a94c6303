"""How many open pages one server keeps told: every stream gets every signal, and how soon.

    PYTHONPATH=src:. python benchmarks/streams.py [--streams 500] [--signals 60] [--postgres]

A server of its own (uvicorn, as ``juluo run`` starts it) over a database of its own; the streams
are real connections of as many members as there are streams, divided over groups.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SOURCE = Path(__file__).resolve().parents[1]
OPENING_AT_ONCE = 20


def main() -> None:
    """Run the benchmark in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--signals", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="juluo-streams-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        os.environ["JULUO_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "juluo.project.settings"
        os.environ["PYTHONPATH"] = f"{SOURCE / 'src'}{os.pathsep}{SOURCE}"
        if options.postgres:
            from development.postgres import throwaway_postgres

            os.environ["DATABASE_URL"] = stack.enter_context(throwaway_postgres())
        cookies, topic = prepare(options.streams)
        server, address = stack.enter_context(Serving())
        found = asyncio.run(measure(address, cookies, topic, options.signals, server.pid))
    print(json.dumps({"database": "postgresql" if options.postgres else "sqlite", **found}))


def prepare(count: int) -> tuple[list[str], str]:
    """Make as many members as streams, signed in, in one group; return cookies and topic."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from juluo.domains.members.models import Member
    from juluo.domains.messaging.models import ChatGroup

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", display_name=f"m{n}", joined_at=now, password="!")
        for n in range(count)
    )
    group = ChatGroup.objects.create(name="all", opened_at=now)
    cookies = []
    for member in Member.objects.order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.save()
        cookies.append(session.session_key or "")
    return cookies, f"group:{group.pk}"


class Serving:
    """A server as ``juluo run`` starts it, stopped as Ctrl+C stops it."""

    def __enter__(self) -> tuple[subprocess.Popen[bytes], str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = ["uvicorn", "juluo.project.asgi:application", "--port", str(port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command, "--log-level", "error", "--no-proxy-headers"]
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urlopen(f"{address}/accounts/login/", timeout=5)
                break
            except (URLError, OSError):
                time.sleep(0.1)
        return self.process, address

    def __exit__(self, *_: object) -> None:
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        print(f"stopped in {time.monotonic() - began:.1f} s", file=sys.stderr)


async def measure(
    address: str, cookies: list[str], topic: str, signals: int, pid: int
) -> dict[str, object]:
    """Open the streams, give the signals, and see what came to each."""
    host, _, port = address.removeprefix("http://").partition(":")
    heard: list[list[tuple[int, float]]] = [[] for _ in cookies]
    gate = asyncio.Semaphore(OPENING_AT_ONCE)
    began = time.monotonic()
    before = _used(pid)
    readers, writers = [], []

    async def listen(number: int) -> None:
        async with gate:
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(
                f"GET /live/?topics={topic} HTTP/1.1\r\nHost: {host}:{port}\r\n"
                f"Cookie: sessionid={cookies[number]}\r\n\r\n".encode()
            )
            while b"welcome" not in await reader.readline():
                pass
        writers.append(writer)  # one that is forgotten closes its connection
        readers.append(asyncio.create_task(_read(reader, heard[number])))

    await asyncio.gather(*(listen(number) for number in range(len(cookies))))
    opened = time.monotonic() - began
    idle, sent = _used(pid), await asyncio.to_thread(_give, topic, signals)
    for _ in range(200):
        if all(len(each) >= signals for each in heard):
            break
        await asyncio.sleep(0.1)
    after = _used(pid)
    places = set(sent)
    delays = sorted(at - sent[place] for each in heard for place, at in each if place in sent)
    for task in readers:
        task.cancel()
    return {
        "streams": len(cookies),
        "signals": signals,
        "streams_that_got_every_signal": sum({p for p, _ in each} == places for each in heard),
        "told_twice": sum(len(each) - len({p for p, _ in each}) for each in heard),
        "opened_in_s": round(opened, 1),
        "delay_ms_median": round(delays[len(delays) // 2] * 1000) if delays else None,
        "delay_ms_p99": round(delays[int(len(delays) * 0.99)] * 1000) if delays else None,
        "delay_ms_most": round(delays[-1] * 1000) if delays else None,
        "cpu_ms_a_signal": round((after[0] - idle[0]) * 1000 / signals, 1),
        "memory_mib_before": before[1],
        "memory_mib_with_streams": idle[1],
    }


async def _read(reader: asyncio.StreamReader, heard: list[tuple[int, float]]) -> None:
    place = 0
    while line := await reader.readline():
        if line.startswith(b"id: "):
            place = int(line[4:])
        elif line.startswith(b"data: "):
            heard.append((place, time.time()))


def _give(topic: str, signals: int) -> dict[int, float]:
    """Give the signals, ten a second; return when each was committed, by its place."""
    from django.db import connection, transaction

    from juluo.live.signals import place, signal

    given = {}
    for _ in range(signals):
        with transaction.atomic():
            signal(topic)
        at = time.time()
        given[place()] = at
        time.sleep(0.1)
    connection.close()
    return given


def _used(pid: int) -> tuple[float, int]:
    """Return a process's CPU seconds and its resident memory in MiB."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") // 2**20


if __name__ == "__main__":
    main()
