"""How many open pages one server keeps told: every stream gets every signal, and how soon.

    PYTHONPATH=src:. python benchmarks/streams.py [--streams 500] [--signals 60] [--postgres]

A server of its own (uvicorn, as ``juluo run`` starts it) over a database of its own; the streams
are real connections of as many members as there are streams, divided over groups.
"""

import argparse
import asyncio
import json
import os
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.worlds import serving

OPENING_AT_ONCE = 20


def main() -> None:
    """Run the benchmark in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--signals", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        serving.begin(stack, postgres=options.postgres)
        signed_in, topic = prepare(options.streams)
        server, address = stack.enter_context(serving.Serving())
        found = asyncio.run(measure(address, signed_in, topic, options.signals, server.pid))
    print(json.dumps({"database": "postgresql" if options.postgres else "sqlite", **found}))


def prepare(count: int) -> tuple[list[str], str]:
    """Make as many members as streams, signed in, in one group; return cookies and topic."""
    from django.utils import timezone

    from juluo.domains.messaging.models import ChatGroup

    group = ChatGroup.objects.create(name="all", opened_at=timezone.now())
    return serving.cookies(serving.members(count)), f"group:{group.pk}"


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
