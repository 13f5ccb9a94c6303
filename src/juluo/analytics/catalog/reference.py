"""The catalog as a page of the reference documentation."""

from juluo.analytics.catalog import METRICS
from juluo.analytics.catalog.notes import NOTES
from juluo.analytics.definition import Metric, Text

_INTRODUCTION = Text(
    "Made from the catalog (`juluo.analytics.catalog`); do not edit by hand. Windows are "
    "`[start, end)` in local days on the community's clock; a week begins on Monday. Bots, system "
    "and test accounts are left out unless asked for.",
    "由指标目录（`juluo.analytics.catalog`）生成，请勿手工编辑。窗口为社群时区的本地日 "
    "`[起, 止)`，一周从星期一开始。机器人、系统与测试账号默认不计。",
)
_HEADING = Text("Metrics", "指标")
_NOTES = Text("Notes", "说明")
_LABELS = {
    "question": Text("Question", "问题"),
    "formula": Text("Formula", "公式"),
    "unit": Text("Unit", "单位"),
    "better": Text("Better", "更好的方向"),
    "grains": Text("Grains", "粒度"),
    "dimensions": Text("Dimensions", "维度"),
    "notes": Text("Notes", "说明"),
    "version": Text("Version", "版本"),
    "owner": Text("Owner", "负责方"),
}


def reference_markdown(language: str) -> str:
    """Return the whole catalog as Markdown in ``en`` or ``zh-hans``."""
    lines = [f"# {_HEADING.in_language(language)}", "", _INTRODUCTION.in_language(language), ""]
    subject = ""
    for metric in METRICS.values():
        this = metric.key.split(".")[0]
        if this != subject:
            subject = this
            lines += [f"## {subject}", ""]
        lines += _section(metric, language)
    lines += [f"## {_NOTES.in_language(language)}", ""]
    lines += [f"- `{key}`: {text.in_language(language)}" for key, text in NOTES.items()]
    return "\n".join(lines) + "\n"


def _section(metric: Metric, language: str) -> list[str]:
    facts = {
        "question": metric.question.in_language(language),
        "formula": metric.formula.in_language(language),
        "unit": f"{metric.unit} ({metric.kind.value})",
        "better": metric.better.value,
        "grains": ", ".join(metric.grains),
        "dimensions": ", ".join(metric.dimensions) or "-",
        "notes": ", ".join(f"`{key}`" for key in metric.note_keys) or "-",
        "owner": metric.owner,
        "version": str(metric.version),
    }
    lines = [f"### `{metric.key}` {metric.title.in_language(language)}", ""]
    lines += [
        f"- **{_LABELS[key].in_language(language)}**: {value}" for key, value in facts.items()
    ]
    return [*lines, ""]
