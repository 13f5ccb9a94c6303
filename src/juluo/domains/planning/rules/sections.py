"""The written parts of a plan, and what each kind of plan carries of them.

The parts are those that the field's own documents name (docs/explanation/plans.md): background and
market, competitors, the present state, positioning, goals, strategies, schedule, resources, budget
and financing, risks, how it will be judged, what is expected, and what comes after.
"""

from dataclasses import dataclass

from juluo.analytics.definition import Text


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a plan: its title, what to write there, and the live part shown below the words."""

    key: str
    title: Text
    guidance: Text
    # Key of the registered part whose entries stand under the text; empty where there is none.
    live: str = ""


_ALL = (
    Section(
        key="background",
        title=Text("Background", "项目背景"),
        guidance=Text(
            "Why this plan, and why now? What changed since the last one, and who asked for it?",
            "为什么要做这份计划，为什么是现在？与上一份相比有什么变化，由谁提出？",
        ),
    ),
    Section(
        key="market",
        title=Text("Market", "市场环境"),
        guidance=Text(
            "What is happening around the community: the trade, its people, technology, policy? "
            "Attach dated observations with their source.",
            "社群周围正在发生什么：行业、人群、技术、政策？请附上有日期、有出处的观察。",
        ),
        live="watch",
    ),
    Section(
        key="competitors",
        title=Text("Competitors", "竞争分析"),
        guidance=Text(
            "Where else do our members spend this time, and what is done better there? Record each "
            "finding with its evidence and the day to look again.",
            "成员还把时间花在哪里，那里做得更好的是什么？每条发现都写明依据和复查日期。",
        ),
        live="watch",
    ),
    Section(
        key="baseline",
        title=Text("Where we stand", "社群概况"),
        guidance=Text(
            "Read the frozen figures below: size, activity, growth, answering. What do they say?",
            "请看下面冻结的数据：规模、活跃、增长、回复。它们说明了什么？",
        ),
        live="baseline",
    ),
    Section(
        key="positioning",
        title=Text("Positioning", "社群定位"),
        guidance=Text(
            "Whom is the community for, what do they get here and nowhere else, in which tone?",
            "社群为谁而设，他们在这里得到什么别处没有的东西，以什么样的语气？",
        ),
        live="positioning",
    ),
    Section(
        key="goals",
        title=Text("Goals", "运营目标"),
        guidance=Text(
            "In one paragraph: what will be different at the end? The goals below say it in "
            "numbers.",
            "用一段话说明：结束时会有什么不同？下面的目标用数字来说。",
        ),
        live="goals",
    ),
    Section(
        key="strategies",
        title=Text("Strategies", "运营策略"),
        guidance=Text(
            "How shall the goals be reached? Each strategy says beforehand which goal it moves, by "
            "how much and by when.",
            "目标如何达成？每条策略都事先写明要推动哪个目标、推动多少、在何时之前。",
        ),
        live="strategies",
    ),
    Section(
        key="schedule",
        title=Text("Schedule", "实施计划"),
        guidance=Text(
            "Phases from preparation to closing, with milestones, tasks, owners and days.",
            "从筹备到收尾的各个阶段，以及里程碑、任务、负责人和日期。",
        ),
        live="schedule",
    ),
    Section(
        key="resources",
        title=Text("Resources", "资源配置"),
        guidance=Text(
            "People, hours and material that the strategies take, against what there is.",
            "各策略所需的人力、工时和物资，与现有资源对照。",
        ),
        live="strategies",
    ),
    Section(
        key="budget",
        title=Text("Budget", "运营预算"),
        guidance=Text(
            "What it may cost, by category, and why these amounts.",
            "按类别列出可以花多少，以及为什么是这些金额。",
        ),
        live="budget",
    ),
    Section(
        key="financing",
        title=Text("Financing", "资金筹措"),
        guidance=Text(
            "Where the money comes from, under which conditions, and what is still uncovered.",
            "资金从哪里来，附带什么条件，还有多少没有着落。",
        ),
        live="financing",
    ),
    Section(
        key="risks",
        title=Text("Risks", "风险与应对"),
        guidance=Text(
            "What could go wrong, how likely and how bad it is, and what will be done then.",
            "可能出什么问题，可能性和影响有多大，届时如何应对。",
        ),
        live="risks",
    ),
    Section(
        key="evaluation",
        title=Text("How it will be judged", "评估方法"),
        guidance=Text(
            "Which figures decide, when they are read, against what they are compared, and who "
            "looks.",
            "由哪些数据来判断，何时读取，与什么比较，由谁来看。",
        ),
    ),
    Section(
        key="outcome",
        title=Text("Expected outcome", "预期成果"),
        guidance=Text(
            "What members, the team and the owner will have at the end that they lack today.",
            "结束时，成员、团队和所有者将拥有哪些今天还没有的东西。",
        ),
    ),
    Section(
        key="outlook",
        title=Text("Outlook", "未来展望"),
        guidance=Text(
            "What this plan opens the way for, and what is left for later on purpose.",
            "这份计划为什么铺路，又有哪些有意留到以后。",
        ),
    ),
)

SECTIONS = {section.key: section for section in _ALL}

# What each kind of plan carries; an annual plan carries everything.
SECTIONS_OF: dict[str, tuple[str, ...]] = {
    "annual": tuple(SECTIONS),
    "quarterly": tuple(
        key for key in SECTIONS if key not in {"market", "competitors", "financing", "outlook"}
    ),
    "activity": tuple(key for key in SECTIONS if key not in {"market", "competitors"}),
    "campaign": tuple(key for key in SECTIONS if key not in {"financing", "outlook"}),
}


def live_parts(keys: tuple[str, ...]) -> dict[str, str]:
    """Return which live part each section shows: only the first section of a part shows it whole.

    Market and competitors both draw on the watch notes and show their own kinds of them;
    resources draw on the strategies, which stand above them already.
    """
    return {key: SECTIONS[key].live for key in keys if SECTIONS[key].live}
