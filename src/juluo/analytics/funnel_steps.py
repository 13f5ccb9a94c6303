"""The steps that a funnel can have: what a member did, or what others did for them."""

from dataclasses import dataclass

from juluo.analytics.definition import Text
from juluo.events import discussions, members, messaging
from juluo.events.base import EVENT_TYPES, Verb


@dataclass(frozen=True, kw_only=True)
class Step:
    """One kind of step: the names of its events, and whose step they are.

    ``received``: the step of whom the event is addressed to, by another person. ``later_day``:
    only on a later local day than the step before. ``nowhere``: it belongs to no space.
    """

    title: Text
    names: tuple[str, ...]
    received: bool = False
    later_day: bool = False
    nowhere: bool = False


def _with(*verbs: Verb) -> tuple[str, ...]:
    return tuple(sorted(name for name, kind in EVENT_TYPES.items() if kind.verb in verbs))


_CONTRIBUTIONS = _with(Verb.CONTRIBUTION)
_WRITTEN = (
    discussions.PostPublished.name,
    discussions.QuestionAsked.name,
    discussions.AnswerGiven.name,
    discussions.CommentWritten.name,
    messaging.MessageSent.name,
)

STEPS: dict[str, Step] = {
    "joined": Step(
        title=Text("Joined (where the day is recorded)", "加入（有记录的）"),
        names=(members.MemberJoined.name,),
        nowhere=True,
    ),
    "visited": Step(
        title=Text("Visited (where visits are recorded)", "来访（有记录的）"),
        names=_with(Verb.PRESENCE),
        nowhere=True,
    ),
    "participated": Step(
        title=Text("Took part in any way", "任意方式参与"),
        names=_with(Verb.PARTICIPATION, Verb.CONTRIBUTION),
    ),
    "contributed": Step(title=Text("Contributed", "做出贡献"), names=_CONTRIBUTIONS),
    "contributed_later": Step(
        title=Text("Contributed on a later day", "之后某天再次贡献"),
        names=_CONTRIBUTIONS,
        later_day=True,
    ),
    "posted": Step(
        title=Text("Published a post", "发布帖子"), names=(discussions.PostPublished.name,)
    ),
    "asked": Step(
        title=Text("Asked a question", "提出问题"), names=(discussions.QuestionAsked.name,)
    ),
    "answered": Step(
        title=Text("Answered a question", "回答问题"), names=(discussions.AnswerGiven.name,)
    ),
    "commented": Step(
        title=Text("Wrote a comment", "发表评论"), names=(discussions.CommentWritten.name,)
    ),
    "messaged": Step(
        title=Text("Sent a chat message", "发送群聊消息"), names=(messaging.MessageSent.name,)
    ),
    "reacted": Step(title=Text("Reacted", "做出互动"), names=(discussions.Reacted.name,)),
    "accepted": Step(
        title=Text("Accepted an answer", "采纳回答"), names=(discussions.AnswerAccepted.name,)
    ),
    "got_reply": Step(title=Text("Received a reply", "收到回复"), names=_WRITTEN, received=True),
    "got_reaction": Step(
        title=Text("Received a reaction", "收到互动"),
        names=(discussions.Reacted.name,),
        received=True,
    ),
    "got_accepted": Step(
        title=Text("Had an answer accepted", "回答被采纳"),
        names=(discussions.AnswerAccepted.name,),
        received=True,
    ),
}
