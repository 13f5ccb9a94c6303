"""How people settle in: spaces and groups they join, what they keep, whom they write to."""

from juluo.analytics.catalog.events import counted_events, people_with_events
from juluo.analytics.definition import Direction, Text

PRIVATELY = "messaging.private_message_sent"

JOINED_SPACES = counted_events(
    "spaces.joined",
    "discussions.space_joined",
    title=Text("Joinings of spaces", "加入版块"),
    question=Text("How often did members join a space?", "成员加入版块多少次？"),
    formula=Text(
        "Times someone joined a space in the point's days, by themselves or let in.",
        "该时段内加入版块的次数（自行加入或获准加入）。",
    ),
    unit="joinings",
    better=Direction.UP,
)

JOINED_GROUPS = counted_events(
    "groups.joined",
    "messaging.group_joined",
    title=Text("Joinings of chat groups", "加入群聊"),
    question=Text("How often did members join a chat group?", "成员加入群聊多少次？"),
    formula=Text(
        "Times someone came into a chat group in the point's days; who opens one is in it.",
        "该时段内进入群聊的次数；开群者本人也计入。",
    ),
    unit="joinings",
    better=Direction.UP,
)

PRIVATE_MESSAGES = counted_events(
    "private.messages",
    PRIVATELY,
    title=Text("Private messages", "私信"),
    question=Text("How many private messages were sent?", "发送了多少私信？"),
    formula=Text(
        "Private messages sent in the point's days. The log holds no words, no recipient and no "
        "conversation; they count as participation, never as contributions.",
        "该时段内发送的私信数。日志不保存内容、收信人和会话；私信计为参与，不计为贡献。",
    ),
    unit="messages",
    dimensions=("cohort", "band"),
)

PRIVATE_WRITERS = people_with_events(
    "private.writers",
    PRIVATELY,
    title=Text("Members who wrote privately", "发私信的成员"),
    question=Text("How many members wrote privately?", "有多少成员发过私信？"),
    formula=Text(
        "Distinct people who sent a private message in the point's days.",
        "该时段内发送过私信的不同成员数。",
    ),
    dimensions=("cohort", "band"),
)

BOOKMARKS = counted_events(
    "interaction.bookmarks",
    "discussions.bookmarked",
    title=Text("Bookmarks", "收藏"),
    question=Text("How often was something worth keeping?", "有多少内容被收藏？"),
    formula=Text(
        "Times someone kept a post in the point's days; dropped ones were still kept then.",
        "该时段内收藏帖子的次数；之后取消的仍计入。",
    ),
    unit="bookmarks",
    better=Direction.UP,
)

FOLLOWS = counted_events(
    "interaction.follows",
    "discussions.followed",
    title=Text("Follows", "关注"),
    question=Text("How often did members begin to follow something?", "成员新增了多少关注？"),
    formula=Text(
        "Times someone began to follow a member, a tag or a thread in the point's days; those "
        "who stopped later still began then.",
        "该时段内开始关注成员、标签或讨论的次数；之后取消的仍计入。",
    ),
    unit="follows",
    better=Direction.UP,
    dimensions=("cohort", "band"),
)

ACCEPTED_GUIDELINES = people_with_events(
    "guidelines.accepted",
    "members.guidelines_accepted",
    title=Text("Members who accepted guidelines", "接受守则的成员"),
    question=Text("How many members accepted guidelines?", "有多少成员接受了守则？"),
    formula=Text(
        "Distinct people who accepted a version of the guidelines in the point's days.",
        "该时段内接受任一版守则的不同成员数。",
    ),
    better=Direction.UP,
    dimensions=("cohort", "band"),
)

METRICS = (
    JOINED_SPACES,
    JOINED_GROUPS,
    PRIVATE_MESSAGES,
    PRIVATE_WRITERS,
    BOOKMARKS,
    FOLLOWS,
    ACCEPTED_GUIDELINES,
)
