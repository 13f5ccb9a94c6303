"""What pages and posts cost, and how many a server gives, with 100,000 posts stored.

    PYTHONPATH=src:. python benchmarks/pages.py [--posts 100000] [--seconds 10] [--postgres]

First in this process: queries and CPU of each page, and of a post, without a server. The baseline
is the empty page of bookmarks: the frame that every page has. Then a server of two processes and
64 clients at once: pages a second, errors, and the slowest; then 64 who post at once; then the
server is killed (``kill -9``) while they post, and what was acknowledged is looked for.
"""

import argparse
import asyncio
import json
import re
import signal
import statistics
import time
from contextlib import ExitStack
from datetime import timedelta

from benchmarks.worlds import serving

CLIENTS = 64
PAGES = {
    "frame": "/spaces/bookmarks/",
    "for you": "/feed/",
    "latest": "/feed/?show=latest",
    "a space": "/spaces/1/",
    "a thread": "/spaces/posts/20/",
    "spaces": "/spaces/",
}


def main() -> None:
    """Run the benchmark in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        serving.begin(stack, postgres=options.postgres)
        ids = serving.members(CLIENTS)
        fill(options.posts, ids)
        keys = serving.cookies(ids)
        found = {"posts": options.posts, "pages": pages(keys[0]), "post_cpu_ms": post_cost(ids)}
        process, address = stack.enter_context(serving.Serving(workers=2))
        found["feed"] = asyncio.run(throughput(address, "/feed/", keys, options.seconds))
        found["posting"] = asyncio.run(posting(address, keys))
        found["killed"] = asyncio.run(posting(address, keys, kill=process))
    print(json.dumps({"database": "postgresql" if options.postgres else "sqlite", **found}))


def fill(count: int, member_ids: list[int]) -> None:
    """Store so many posts in ten spaces, the newest now."""
    from django.utils import timezone

    from juluo.domains.discussions.models import Post, Space, SpaceMember

    now = timezone.now()
    spaces = [Space.objects.create(name=f"space {n}", opened_at=now) for n in range(10)]
    SpaceMember.objects.bulk_create(
        SpaceMember(space=spaces[n % 10], member_id=pk, joined_at=now - timedelta(days=30))
        for n, pk in enumerate(member_ids)
    )
    rows = (
        Post(
            space=spaces[n % 10],
            author_id=member_ids[n % len(member_ids)],
            title=f"标题 title {n}",
            body="正文 words of a post " * 25,
            body_format="markdown",
            published_at=now - timedelta(minutes=count - n),
        )
        for n in range(count)
    )
    Post.objects.bulk_create(rows, batch_size=2000)


def pages(key: str) -> dict[str, dict[str, float]]:
    """Return what each page costs in this process: CPU in ms, queries, bytes."""
    from django.conf import settings
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    costs = {}
    for name, address in PAGES.items():
        for _ in range(5):
            answer = client.get(address)
        connection.force_debug_cursor = True
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
            queries = len(connection.queries_log)
        reset_queries()
        connection.force_debug_cursor = False
        began = time.process_time()
        for _ in range(50):
            client.get(address)
        spent = (time.process_time() - began) * 20
        costs[name] = {
            "cpu_ms": round(spent, 1),
            "queries": max(len(asked), queries),
            "bytes": len(answer.content),
        }
    frame = costs["frame"]["cpu_ms"]
    return {
        name: {**cost, "of_frame": round(cost["cpu_ms"] / frame, 2)} for name, cost in costs.items()
    }


def post_cost(member_ids: list[int]) -> float:
    """Return the CPU of a post by the service, in ms; each member writes a few."""
    from django.utils import timezone

    from juluo.domains.discussions.services import publish_post

    now = timezone.now()
    spent = []
    for n in range(400):
        began = time.process_time()
        publish_post(
            space_id=1,
            author_id=member_ids[n % len(member_ids)],
            title=f"post {n}",
            body="words " * 40,
            at=now + timedelta(seconds=n),
        )
        spent.append((time.process_time() - began) * 1000)
    return round(statistics.median(spent[100:]), 2)


async def throughput(
    address: str, page: str, keys: list[str], seconds: float
) -> dict[str, float | int]:
    """Let every client ask for a page again and again; return pages a second and the slowest."""
    import httpx

    took: list[float] = []
    errors = 0
    end = time.monotonic() + seconds

    async def ask(key: str) -> None:
        nonlocal errors
        async with httpx.AsyncClient(
            base_url=address, cookies={"sessionid": key}, timeout=30, trust_env=False
        ) as client:
            while time.monotonic() < end:
                began = time.monotonic()
                answer = await client.get(page)
                took.append(time.monotonic() - began)
                errors += answer.status_code != 200

    began = time.monotonic()
    await asyncio.gather(*(ask(key) for key in keys))
    took.sort()
    return {
        "clients": len(keys),
        "pages_a_second": round(len(took) / (time.monotonic() - began), 1),
        "errors": errors,
        "ms_median": round(took[len(took) // 2] * 1000),
        "ms_p99": round(took[int(len(took) * 0.99)] * 1000),
    }


async def posting(address: str, keys: list[str], *, kill: object = None) -> dict[str, int]:
    """Let every client post; return what was acknowledged, and what of it is not there."""
    import httpx

    acknowledged: list[int] = []
    failed = 0

    async def write(number: int, key: str) -> None:
        nonlocal failed
        async with httpx.AsyncClient(
            base_url=address, cookies={"sessionid": key}, timeout=30, trust_env=False
        ) as client:
            try:
                form = await client.get("/spaces/1/write/")
                token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
                for turn in range(5):
                    given = {
                        "csrfmiddlewaretoken": token[1] if token else "",
                        "title": f"at once {number}",
                        "body": "words " * 20,
                        "tags": "",
                        "once": f"{number}-{turn}-{kill is not None}",
                    }
                    answer = await client.post("/spaces/1/write/", data=given)
                    place = re.search(r"/posts/(\d+)/", answer.headers.get("Location", ""))
                    if answer.status_code == 302 and place:
                        acknowledged.append(int(place[1]))
                    else:
                        failed += 1
            except httpx.HTTPError:
                failed += 1

    async def stop_it() -> None:
        if kill is not None:
            await asyncio.sleep(1.5)
            kill.send_signal(signal.SIGKILL)  # type: ignore[attr-defined]

    await asyncio.gather(stop_it(), *(write(n, key) for n, key in enumerate(keys)))
    there = await asyncio.to_thread(_there, acknowledged)
    return {
        "acknowledged": len(acknowledged),
        "not_there": len(acknowledged) - there,
        "failed": failed,
    }


def _there(post_ids: list[int]) -> int:
    from django.db import connection

    from juluo.domains.discussions.models import Post

    found = Post.objects.filter(pk__in=post_ids).count()
    connection.close()
    return found


if __name__ == "__main__":
    main()
