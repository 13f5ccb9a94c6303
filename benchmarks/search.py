"""How fast search answers and its index grows, against reading the same rows without an index.

    PYTHONPATH=src:. python benchmarks/search.py [--entries 100000] [--postgres]

The baseline of the same run is what search was before: ``icontains`` over the bodies.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1]
SEED = 7
ROUNDS = 7
AT = datetime(2025, 1, 1, tzinfo=UTC)
_SUBJECTS = "社群 运营 活跃度 成员 版块 话题 直播 内容 新人 留存 增长 问卷 报名 线下 活动"
_VERBS = "提高 讨论 分享 组织 整理 推荐 介绍 复盘 记录 回答 安排 设计 测试 发布 收集 邀请"
_THINGS = "方案 经验 手册 数据 海报 礼物 计划 目标 周报 清单 流程 案例 工具 素材 名单 视频 笔记"
_ENGLISH = "community event member report growth question answer space topic weekly release"
SUBJECTS, VERBS = _SUBJECTS.split(), _VERBS.split()
THINGS, ENGLISH = _THINGS.split(), _ENGLISH.split()
QUERIES = {
    "a common word": "运营",
    "a rare word": "独角兽",
    "three words": "社群 活跃度 手册",
    "English": "community",
    "traditional": "社群運營",
    "part of words": "群运",
    "pinyin": "yunying",
    "nothing": "完全没有的词语啊",
}


def main() -> None:
    """Run the benchmark in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="juluo-search-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        os.environ["JULUO_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "juluo.project.settings"
        if options.postgres:
            from development.postgres import throwaway_postgres

            os.environ["DATABASE_URL"] = stack.enter_context(throwaway_postgres())
        import django

        django.setup()
        found = measure(options.entries)
    name = "postgresql" if options.postgres else "sqlite"
    print(json.dumps({"database": name, **found}, ensure_ascii=False, indent=1))


def measure(entries: int) -> dict[str, Any]:
    """Write a community of so many things, index it, and search as staff and as a member."""
    from django.core.management import call_command
    from django.db import connection

    from juluo.domains.search import services

    call_command("migrate", verbosity=0)
    member, owner = write(entries)
    began = time.monotonic()
    swept = services.sweep(batch=2000)
    seconds = time.monotonic() - began
    began = time.monotonic()
    services.sweep(batch=2000)
    again = time.monotonic() - began
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "entries": swept.made,
        "entries_a_second": round(swept.made / seconds),
        "second_walk_s": round(again, 1),
        "one_change_ms": round(timed(lambda: services.refresh("post:1")) * 1000, 1),
        "ms": {
            name: {
                "member": round(asked(member, text), 1),
                "owner": round(asked(owner, text), 1),
                "icontains": round(plainly(text), 1),
            }
            for name, text in QUERIES.items()
        },
        "suggest_ms": {text: round(suggested(member, text), 1) for text in ("运", "运营", "com")},
    }


def write(entries: int) -> tuple[Any, Any]:
    """Write posts, comments and messages, half of them where the member may not read."""
    from juluo.domains.discussions.models import Comment, Post, Space
    from juluo.domains.members import services as members
    from juluo.domains.messaging.models import ChatGroup, Message

    draw = random.Random(SEED)
    owner = members.create_member(email="o@example.org", display_name="o", role="owner", at=AT)
    member = members.create_member(email="m@example.org", display_name="m", role="member", at=AT)
    seen = ["members", "hidden"] * 10
    spaces = [
        Space.objects.create(name=f"s{n}", visibility=v, opened_at=AT) for n, v in enumerate(seen)
    ]
    groups = [ChatGroup.objects.create(name=f"g{s.pk}", space=s, opened_at=AT) for s in spaces]
    by = {"author_id": owner.pk}
    posts = Post.objects.bulk_create(
        (
            Post(
                space=draw.choice(spaces),
                title=words(draw, 4),
                body=words(draw, 40),
                published_at=AT + timedelta(minutes=n),
                **by,
            )
            for n in range(entries * 2 // 10)
        ),
        batch_size=2000,
    )
    Post.objects.filter(pk=posts[0].pk).update(title="独角兽")
    Comment.objects.bulk_create(
        (
            Comment(post=draw.choice(posts), body=words(draw, 15), published_at=AT, **by)
            for _ in range(entries * 3 // 10)
        ),
        batch_size=2000,
    )
    Message.objects.bulk_create(
        (
            Message(group=draw.choice(groups), body=words(draw, 10), sent_at=AT, **by)
            for _ in range(entries * 5 // 10)
        ),
        batch_size=2000,
    )
    return member, owner


def words(draw: random.Random, count: int) -> str:
    """Return made-up talk of about so many words."""
    said = []
    for _ in range(count // 3 + 1):
        said.append(draw.choice(VERBS) + draw.choice(SUBJECTS) + "的" + draw.choice(THINGS))
        if draw.random() < 0.2:
            said.append(draw.choice(ENGLISH))
    return "，".join(said)


def asked(viewer: Any, text: str) -> float:
    """Return the median milliseconds of a first page."""
    from juluo.domains.search.queries import find
    from juluo.domains.search.types import Narrowed

    return timed(lambda: find(viewer, text, Narrowed())) * 1000


def suggested(viewer: Any, text: str) -> float:
    """Return the median milliseconds of what is suggested while one types."""
    from juluo.domains.search.queries import suggestions

    return timed(lambda: suggestions(viewer, text)) * 1000


def plainly(text: str) -> float:
    """Return the median milliseconds of the baseline."""
    from juluo.domains.discussions.models import Comment, Post
    from juluo.domains.messaging.models import Message

    def scan() -> None:
        for model in (Post, Comment, Message):
            list(model.objects.filter(body__icontains=text).order_by("-pk")[:20])

    return timed(scan) * 1000


def timed(act: Callable[[], object]) -> float:
    """Return the median seconds of several rounds, after one that warms up."""
    act()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
