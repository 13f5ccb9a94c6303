"""Make a Slack export of any size, the same every time."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

WORDS = ["we", "made", "a", "chart", "of", "data", "how", "people", "talk", "大家", "数据", "图表"]
START = 1_600_000_000
PEOPLE, CHANNELS = 300, 12


def make_slack_export(folder: Path, *, messages: int, seed: int = 7) -> Path:
    """Write the export; a tenth of the messages are replies, a tenth carry reactions."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    users = [{"id": f"U{n}", "name": f"person{n}"} for n in range(PEOPLE)]
    (folder / "users.json").write_text(json.dumps(users))
    channels = [{"id": f"C{n}", "name": f"channel{n}"} for n in range(CHANNELS)]
    (folder / "channels.json").write_text(json.dumps(channels))
    days: dict[tuple[int, str], list[dict[str, object]]] = {}
    roots: dict[int, list[str]] = {n: [] for n in range(CHANNELS)}
    for number in range(messages):
        ts = f"{START + number * 97}.{number % 1000:06d}"
        channel = dice.randrange(CHANNELS)
        message: dict[str, object] = {
            "type": "message",
            "ts": ts,
            "user": f"U{int(dice.paretovariate(1)) % PEOPLE}",
            "text": " ".join(dice.choices(WORDS, k=dice.randint(3, 30))),
        }
        if roots[channel] and dice.random() < 0.1:
            message["thread_ts"] = dice.choice(roots[channel][-50:])
        else:
            roots[channel].append(ts)
        if dice.random() < 0.1:
            fans = dice.sample(range(PEOPLE), 2)
            message["reactions"] = [{"name": "+1", "users": [f"U{n}" for n in fans], "count": 3}]
        day = f"{datetime.fromtimestamp(START + number * 97, UTC):%Y-%m-%d}"
        days.setdefault((channel, day), []).append(message)
    for (channel, day), records in days.items():
        path = folder / f"channel{channel}" / f"{day}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(records))
    return folder
