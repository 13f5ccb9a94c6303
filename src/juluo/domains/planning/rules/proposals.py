"""The goals that each kind of plan proposes: measured, and asking for a little more."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from juluo.analytics.definition import Text
from juluo.analytics.question import Grain
from juluo.domains.planning.rules.goals import Aim

_HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A goal to begin with: what it measures, and how much better than the baseline.

    ``by_share`` multiplies the baseline; ``by_points`` is added to a share.
    """

    key: str
    aim: Aim
    why: Text
    by_share: float = 0.0
    by_points: float = 0.0

    def value(self, baseline: float) -> float:
        """Return the target that is proposed from this baseline."""
        if self.by_points:
            return round(min(max(baseline + self.by_points, 0.0), 0.98), 2)
        asked = baseline * (1 + self.by_share)
        if self.aim.definition.unit == "seconds":
            return float(round(asked / _HOUR) * _HOUR) if asked > _HOUR else round(asked, 2)
        # Members and messages come whole: the next whole one that is better.
        return float(floor(asked) if self.by_share < 0 else ceil(round(asked, 6)))


_ACTIVE = Proposal(
    key="active",
    aim=Aim(metric="members.active", grain=Grain.MONTH),
    by_share=0.15,
    why=Text("More people take part each month.", "每月有更多成员参与。"),
)
_ANSWERED = Proposal(
    key="answered",
    aim=Aim(metric="response.answered_1d", grain=Grain.MONTH),
    by_points=0.1,
    why=Text("Whoever asks is answered within a day.", "提问者在一天内得到回复。"),
)
_RETURNING = Proposal(
    key="returning",
    aim=Aim(metric="newcomers.second_contribution_7d", grain=Grain.MONTH),
    by_points=0.05,
    why=Text("Newcomers come back and write again.", "新成员愿意回来再次发言。"),
)
_TALK = Proposal(
    key="talk",
    aim=Aim(metric="content.contributions", is_total=True),
    by_share=0.1,
    why=Text("There is more to read.", "有更多内容可读。"),
)
_WAIT = Proposal(
    key="wait",
    aim=Aim(metric="response.first_reply_median", grain=Grain.MONTH),
    by_share=-0.2,
    why=Text("The first reply comes sooner.", "首次回复来得更快。"),
)
_REACH = Proposal(
    key="reach",
    aim=Aim(metric="influence.reach", grain=Grain.MONTH),
    by_share=0.1,
    why=Text("More people's words are taken up.", "更多成员的发言得到回应。"),
)
_NEW = Proposal(
    key="new",
    aim=Aim(metric="members.new", is_total=True),
    by_share=0.2,
    why=Text("More people find us.", "更多人找到我们。"),
)
_WEEK = Proposal(
    key="week",
    aim=Aim(metric="members.active", grain=Grain.WEEK),
    by_share=0.2,
    why=Text("More people take part in the weeks of the activity.", "活动期间每周有更多成员参与。"),
)
_REPLIES = Proposal(
    key="replies",
    aim=Aim(metric="interaction.replies", is_total=True),
    by_share=0.25,
    why=Text("People talk with each other more.", "成员之间交流更多。"),
)

PROPOSALS: dict[str, tuple[Proposal, ...]] = {
    "annual": (_ACTIVE, _ANSWERED, _RETURNING, _TALK, _REACH),
    "quarterly": (_ACTIVE, _ANSWERED, _RETURNING, _WAIT),
    "activity": (_WEEK, _REPLIES, _NEW),
    "campaign": (_NEW, _RETURNING, _WEEK),
}


def proposal(kind: str, key: str) -> Proposal | None:
    """Return one proposal of a kind of plan; None if it has no such proposal."""
    return next((each for each in PROPOSALS[kind] if each.key == key), None)


def goal_days(start: date, end: date, *, today: date) -> tuple[date, date]:
    """Return the days of a goal in a plan: the plan's own, from today where it has begun."""
    return (max(start, today), end) if today < end else (start, end)
