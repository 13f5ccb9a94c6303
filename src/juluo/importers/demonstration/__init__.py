"""A small invented community to look at: a city cycling club that speaks two languages."""

import random
from datetime import datetime

from juluo.domains.community import services as community
from juluo.importers.demonstration.steering import steer
from juluo.importers.demonstration.story import told
from juluo.importers.reading import Counts, take
from juluo.importers.services import scratch_folder
from juluo.importers.spool import Spool
from juluo.importers.writing import write_spool

__all__ = ["SEED", "SOURCE", "fill", "steer"]

SOURCE = "demonstration"
SEED = 20260321


def fill(*, now: datetime) -> int:
    """Bring the invented community in, its last day being yesterday; return its messages.

    Everything goes the way of a real import, so that every figure about it is computed, not
    made up. Its source is called ``demonstration`` wherever a source is shown.
    """
    spool = Spool(scratch_folder())
    counts = Counts()
    try:
        for item in told(random.Random(SEED), until=now):  # noqa: S311 - a story, no secret
            take(item, spool, counts)
        spool.arrange()
        added = write_spool(spool=spool, source=SOURCE, last=now, tell=lambda *_: None)
    finally:
        spool.close()
    community.change(
        at=now,
        name="城市骑行社 City Riders",
        timezone="Asia/Shanghai",
        language="zh-hans",
        is_demonstration=True,
    )
    return added
