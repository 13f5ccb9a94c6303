"""What is changed in talk after it was published, and put in order."""

from juluo.analytics.catalog.events import counted_events
from juluo.analytics.definition import Text

EDITS = counted_events(
    "upkeep.edits",
    "discussions.talk_edited",
    "messaging.message_edited",
    title=Text("Edits", "编辑"),
    question=Text("How often was talk edited?", "内容被编辑多少次？"),
    formula=Text(
        "Times a post, question, answer, comment or chat message was changed in the point's days.",
        "该时段内修改帖子、提问、回答、评论或群聊消息的次数。",
    ),
    unit="edits",
)

DELETIONS = counted_events(
    "upkeep.deletions",
    "discussions.talk_deleted",
    "messaging.message_taken_back",
    title=Text("Deletions", "删除"),
    question=Text("How often was talk taken away?", "内容被删除多少次？"),
    formula=Text(
        "Times a post, question, answer, comment or chat message was taken away in the point's "
        "days, by its author or a moderator.",
        "该时段内由作者或管理员删除帖子、提问、回答、评论或群聊消息的次数。",
    ),
    unit="deletions",
)

CLOSED = counted_events(
    "upkeep.closed_threads",
    "discussions.thread_closed",
    title=Text("Closed threads", "关闭的讨论"),
    question=Text("How many threads were closed?", "关闭了多少讨论？"),
    formula=Text(
        "Times a thread was closed in the point's days, by its author or a moderator.",
        "该时段内由作者或管理员关闭讨论的次数。",
    ),
    unit="threads",
)

FEATURED = counted_events(
    "upkeep.featured",
    "discussions.thread_featured",
    title=Text("Featured posts", "精选"),
    question=Text("How many posts were featured?", "精选了多少内容？"),
    formula=Text(
        "Times a thread was marked as worth showing in the point's days.",
        "该时段内被标记为精选的次数。",
    ),
    unit="threads",
)

METRICS = (EDITS, DELETIONS, CLOSED, FEATURED)
