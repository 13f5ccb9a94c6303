"""How fast and how often people are answered."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import DAY_US
from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.telling import shares, waits

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
DIMENSIONS = ("space", "source", "kind", "language", "cohort", "band", "channel")
ACCEPT_DAYS = 14


def openings(scope: "Scope", names: list[str] | None = None) -> "Table":
    """Return the openings by known people in the points, placed and split."""
    from juluo.analytics.relations import OPENINGS

    events = behind.in_point(scope, names=names or list(OPENINGS))
    return events.filter(events.member_id.notnull())


def first_replies(scope: "Scope", opened: "Table", days: int) -> "Table":
    """Return the openings with ``wait`` until another person's first reply, and ``closed``.

    ``wait`` is in microseconds, NULL if nobody replied within ``days``.
    """
    later = scope.events(scope.points[0].start, scope.last + days + 1, everywhere=True)
    later = later.filter(later.name.isin(written_names()), later.member_id.notnull())
    later = later.select("thread_id", replier=later.member_id, replied_us=later.at_us)
    met = opened.select("key", "thread_id", "member_id", "at_us").join(later, "thread_id")
    wait = met.replied_us - met.at_us
    met = met.filter(met.replier != met.member_id, wait >= 0, wait <= days * DAY_US)
    first = met.group_by("key").agg(wait=(met.replied_us - met.at_us).min())
    told = opened.left_join(first, "key").drop("key_right")
    return told.mutate(closed=told.at_us + days * DAY_US <= scope.as_of)


def converted(scope: "Scope", told: "Table") -> Queries:
    """Return part (with a wait), whole (closed) and open of rows with ``wait`` and ``closed``."""
    yes = (told.closed & told.wait.notnull()).cast("int64").sum()
    closed = told.closed.cast("int64").sum()
    still = (~told.closed).cast("int64").sum()
    return {"openings": told.group_by(scope.keys).agg(part=yes, whole=closed, open=still)}


def answered(days: int) -> Any:
    """Return an asker of the share of openings answered within ``days``."""
    return lambda scope: converted(scope, first_replies(scope, openings(scope), days))


def reply_evidence(days: int, opened_by: Any = openings) -> Any:
    """Return evidence: closed openings as whole, the answered ones and first replies as part."""

    def evidence(scope: "Scope") -> "Table":
        told = first_replies(scope, opened_by(scope), days)
        told = told.filter(told.closed)
        marked = behind.part_if(told, lambda t: t.wait.notnull())
        first = told.select("thread_id", opener=told.member_id, first_us=told.at_us + told.wait,
                            **{g: told[g] for g in scope.group_keys})  # fmt: skip
        later = scope.events(scope.points[0].start, scope.last + days + 1, everywhere=True)
        later = later.filter(later.name.isin(written_names()))
        replies = later.join(first, "thread_id")
        replies = replies.filter(
            replies.at_us == replies.first_us, replies.member_id != replies.opener
        )
        return behind.together(scope, marked, behind.as_role(replies, "part"))

    return evidence


def _waits(scope: "Scope") -> Queries:
    told = first_replies(scope, openings(scope), 7)
    return {"openings": told.select(*scope.keys, "wait", "closed")}


def _first_reply(key: str, p: float, title: Text, question: Text, which: Text) -> Metric:
    return Metric(
        key=key,
        title=title,
        question=question,
        formula=Text(
            f"{which.en} over all openings whose 7-day wait has passed of the time to the first "
            "reply by another person; an opening without a reply in 7 days counts as infinitely "
            "late, so the figure can be absent.",
            f"对已满 7 天等待期的全部主题，取首次获他人回复所用时间的{which.zh}；"
            "7 天内无人回复的视为无穷大，因此该数值可能缺失。",
        ),
        unit="seconds",
        kind=Kind.QUANTILE,
        better=Direction.DOWN,
        dimensions=DIMENSIONS,
        note_keys=("open_windows_left_out", "late_replies_count_as_none"),
        ask=_waits,
        tell=waits(p),
        evidence=reply_evidence(7),
    )


FIRST_REPLY_MEDIAN = _first_reply(
    "response.first_reply_median",
    0.5,
    Text("Median time to first reply", "首次回复时间中位数"),
    Text("How long does it take to be answered?", "发出后多久能得到回复？"),
    Text("The median", "中位数"),
)
FIRST_REPLY_P90 = _first_reply(
    "response.first_reply_p90",
    0.9,
    Text("Time to first reply, 90th percentile", "首次回复时间 90 分位"),
    Text("By when are nine in ten answered?", "多久之内九成的主题得到回复？"),
    Text("The 90th percentile", "90 分位数"),
)


def _answered(days: int) -> Metric:
    plural = "s" if days > 1 else ""
    return Metric(
        key=f"response.answered_{days}d",
        title=Text(f"Answered within {days} day{plural}", f"{days} 日回复率"),
        question=Text(
            f"What share of posts and questions gets a reply within {days} day{plural}?",
            f"有多大比例的帖子和提问在 {days} 天内得到回复？",
        ),
        formula=Text(
            f"Openings replied to by another person within {days} day{plural} ÷ openings of the "
            "point's days whose wait has passed.",
            f"{days} 天内获他人回复的主题数 ÷ 该时段内等待期已满的主题数。",
        ),
        unit="share",
        kind=Kind.SHARE,
        better=Direction.UP,
        dimensions=DIMENSIONS,
        note_keys=("open_windows_left_out",),
        ask=answered(days),
        tell=shares,
        evidence=reply_evidence(days),
    )


ANSWERED_1D = _answered(1)
ANSWERED_7D = _answered(7)


def _questions(scope: "Scope") -> "Table":
    return openings(scope, written_names(("questions",)))


def _accepts(scope: "Scope") -> "Table":
    from juluo.analytics.relations import ACCEPTED

    later = scope.events(scope.points[0].start, scope.last + ACCEPT_DAYS + 1, everywhere=True)
    return later.filter(later.name == ACCEPTED)


def _with_acceptance(scope: "Scope") -> "Table":
    asked = _questions(scope)
    accepts = _accepts(scope)
    met = asked.select("key", "thread_id", "at_us").join(
        accepts.select("thread_id", accepted_us=accepts.at_us), "thread_id"
    )
    wait = met.accepted_us - met.at_us
    met = met.filter(wait >= 0, wait <= ACCEPT_DAYS * DAY_US)
    first = met.group_by("key").agg(wait=(met.accepted_us - met.at_us).min())
    told = asked.left_join(first, "key").drop("key_right")
    return told.mutate(closed=told.at_us + ACCEPT_DAYS * DAY_US <= scope.as_of)


def _accepted_evidence(scope: "Scope") -> "Table":
    told = _with_acceptance(scope)
    told = told.filter(told.closed)
    marked = behind.part_if(told, lambda t: t.wait.notnull())
    first = told.select("thread_id", first_us=told.at_us + told.wait,
                        **{g: told[g] for g in scope.group_keys})  # fmt: skip
    accepts = _accepts(scope).join(first, "thread_id")
    accepts = accepts.filter(accepts.at_us == accepts.first_us)
    return behind.together(scope, marked, behind.as_role(accepts, "part"))


ACCEPTED_SHARE = Metric(
    key="response.accepted",
    title=Text("Questions with an accepted answer", "采纳率"),
    question=Text(
        "What share of the questions has an accepted answer within 14 days?",
        "有多大比例的提问在 14 天内采纳了回答？",
    ),
    formula=Text(
        "Questions with an answer accepted within 14 days ÷ questions of the point's days whose "
        "14 days have passed.",
        "14 天内采纳了回答的提问数 ÷ 该时段内已满 14 天的提问数。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=("space", "source", "language", "cohort", "band", "channel"),
    note_keys=("open_windows_left_out",),
    ask=lambda scope: converted(scope, _with_acceptance(scope)),
    tell=shares,
    evidence=_accepted_evidence,
)

METRICS = (FIRST_REPLY_MEDIAN, FIRST_REPLY_P90, ANSWERED_1D, ANSWERED_7D, ACCEPTED_SHARE)
