"""What the invented community's plans, tasks and budget say, in Chinese and English."""

OPERATOR, MODERATOR = "沈知夏", "Hannah Berg"

VALUE = (
    "给城市里骑车的人一个能问到答案、找到同伴的地方。\n\n"
    "A place where people who cycle in the city find answers and company."
)
AUDIENCE = "通勤骑行者、周末骑友和刚买车的新手。Commuters, weekend riders, first-time owners."
TONE = "平实、友善、两种语言都欢迎。Plain, kind, at home in both languages."

NOTES = (
    (
        "competitor",
        "另一家骑行俱乐部 Another riding club",
        "他们每周四发固定路线，报名在当天就满。They post a fixed route on Thursdays; it fills up.",
        "固定的节奏让人愿意回来。A fixed rhythm brings people back.",
    ),
    (
        "policy",
        "滨江自行车道 Riverside cycle lane",
        "滨江车道分段施工，周末绕行。The riverside lane is being rebuilt in sections.",
        "路线帖要写明绕行。Route posts have to name the detour.",
    ),
)

PLAN = "{year} 年度计划 Year plan"
SECTIONS = {
    "background": (
        "社群在几个月里长到五十多人，问答和闲聊都在增加，但新人的第二次发言仍靠运气。\n\n"
        "The club has grown to more than fifty people; whether newcomers speak twice is still luck."
    ),
    "goals": (
        "让更多人每周来，让提问更多，让回答更快。\n\n"
        "More people each week, more questions, quicker answers."
    ),
}
OBJECTIVE = "让新人留下来 Make newcomers stay"
GOALS = (
    "全年的发言 Contributions until the year ends",
    "更多提问 More questions asked",
    "更快得到回复 Quicker first replies",
)
WHY = "来自年初的讨论。From our discussion when the plan was written."
STRATEGIES = (
    (
        "每周一问 Question of the week",
        "每周三由值班的人在修车区发起一个问题。Each Wednesday the host asks one in the workshop.",
    ),
    (
        "新人结伴 A buddy for newcomers",
        "新人报到后一天内有人回复。Somebody replies to each hello within a day.",
    ),
)
MILESTONES = (
    "值班表排定 Rota stands",
    "第十期“每周一问” Tenth question of the week",
    "年终骑行 Year-end ride",
)
TASKS = {
    "rota": "排值班表 Write the rota",
    "template": "写欢迎模板 Write the welcome template",
    "survey": "整理新人问卷 Sum up the newcomers' survey",
    "route": "发布绕行路线 Publish the detour route",
    "ride": "预订年终骑行的咖啡馆 Book the café for the year-end ride",
}
ROUTE_WORDS = ("绕行",)

LINES = (
    ("路线册印刷 Printed route booklet", 0, 4_800),
    ("周末骑行补给 Weekend ride supplies", 1, 6_000),
    ("新人礼包 Welcome kits", 3, 2_400),
)
COMMITMENT = ("印刷合同 Printing contract", "晨光印务 Morning Print", 3_200)
EXPENSES = (
    ("补给：香蕉和水 Bananas and water", "街角便利店 Corner shop", 186),
    ("车铃五十个 Fifty bells", "铃铛铺 Bell Works", 900),
)
SOURCE = ("社区体育补贴 Community sports grant", "区体育局 District sports office", 8_000)

ACTIVITY = "秋季百公里 Hundred-kilometre ride"
ACTIVITY_TASKS = ("勘察路线 Ride the route once", "招募领骑 Find ride leaders")
ALERT = "每周活跃突然减少 Weekly activity falls"
ANNOTATIONS = (
    ("campaign", "新人周：邀请朋友来骑一次。Newcomers' week: bring a friend."),
    ("outage", "群聊桥接中断半天。The chat bridge was down for half a day."),
)
