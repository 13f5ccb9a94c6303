"""One document with every kind of block, and hostile words in each place."""

from io import BytesIO

import pytest
from PIL import Image

from juluo.lib.charts.options import Series, bars, lines
from juluo.lib.documents.model import (
    Action,
    Actions,
    Brand,
    Bullets,
    Chart,
    Column,
    Document,
    Evidence,
    Finding,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
)

HOSTILE = "<script>alert('x')</script> & 林晓梅"


@pytest.fixture
def document() -> Document:
    chart = Chart(
        caption=f"图 {HOSTILE}",
        option=bars(["一月"], [Series(name=HOSTILE, values=[3])]),
        alternative='贡献："3"',
        evidence=(1, 2),
    )
    table = Table(
        caption="关键指标",
        columns=[
            Column(title="指标", share=2),
            Column(title="本期", numeric=True, evidence=2),
        ],
        rows=[[Text(HOSTILE), Text("1,234", evidence=1)], [Text("b"), Text("2")]],
    )
    return Document(
        title=f"{HOSTILE} 运营报告",
        subtitle="2026 年 3 月",
        language="zh",
        facts=[("时区", HOSTILE)],
        sections=[
            Section(title=HOSTILE, blocks=[Paragraph([Text("共 "), Text("5", 1), Text("。")])]),
            Section(title="表", blocks=[table, Bullets([[Text("一", strong=True)]]), chart]),
        ],
        appendix_title="附录",
        evidence=[
            Evidence(title="活跃成员", rows=[("查询", "juluo metric")], query="SELECT '<b>'"),
            Evidence(title=HOSTILE, rows=[("查询", HOSTILE)]),
        ],
    )


def logo() -> bytes:
    """Return a small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "#0b7a75").save(out, "PNG")
    return out.getvalue()


def full_document(language: str) -> Document:
    """Return a document with every kind of block, more than a page of rows, and a band."""
    zh = language == "zh"
    band = lines(
        ["1", "2", "3"],
        [
            Series(name="活跃成员", values=[3, 4, None]),
            Series(name="预测", values=[None, 4, 5], low=[None, 4, 3], high=[None, 4, 8]),
            Series(name="进度线", values=[2, 3, 4], faint=True),
        ],
    )
    stacked = bars(
        ["一月", "二月"],
        [Series(name="新增", values=[30, 40.5]), Series(name="流失", values=[-1, -2])],
        stacked=True,
        percent=True,
    )
    columns = [Column(title="项目", share=3), Column(title="金额", numeric=True, evidence=2)]
    long = (
        "这一段很长，说明为什么今年要提前准备。" if zh else "A long paragraph says why it is so. "
    )
    return Document(
        title="青禾社群运营报告" if zh else "Operations report of Qinghe",
        subtitle="2026 年第一季度" if zh else "First quarter of 2026",
        language=language,
        facts=[("数据截至" if zh else "Data as of", "2026-04-01")],
        brand=Brand(name="青禾", accent="0B7A75", logo=logo()),
        footline='第 3 期 "<b>' if zh else 'Issue 3 "<b>',
        sections=[
            Section(
                title="概况" if zh else "Overview",
                blocks=[
                    KeyFigures(
                        [
                            KeyFigure(
                                title="活跃成员",
                                value=Text("1,234", 1),
                                change="▲ +12.3%",
                                tone=Tone.GOOD,
                            ),
                            KeyFigure(title="新成员", value=Text("88")),
                        ]
                    ),
                    Finding(
                        title="新人等待变长" if zh else "Newcomers wait longer",
                        what=[Text("2.1", 1), Text(" → "), Text("3.2", 2)],
                        why=[Text("三人休假。" if zh else "Three were away.")],
                        tone=Tone.BAD,
                    ),
                    Note(runs=[Text("服务器搬家。")], by=Text("林晓梅"), on="2026-03-04"),
                    Paragraph([Text(long * 60), Text("网站", url="https://example.org/")]),
                ],
            ),
            Section(
                title="趋势" if zh else "Trend",
                blocks=[
                    Paragraph([Text("短句。")]),
                    Chart(caption="成员", option=band, alternative="从 3 到 4", evidence=(1,)),
                    Chart(caption="增长", option=stacked, alternative="从 30 到 40.5"),
                ],
                parts=[
                    Section(
                        title="细节", blocks=[Bullets([[Text("先")], [Text("后")]], ordered=True)]
                    )
                ],
            ),
            Section(
                title="预算" if zh else "Budget",
                blocks=[
                    Table(
                        caption="预算表",
                        columns=columns,
                        rows=[[Text(f"项目 {n}"), Text(f"{n}.00")] for n in range(1, 41)],
                        total=[Text("合计"), Text("820.00")],
                    ),
                    Actions(
                        caption="改进措施",
                        actions=[
                            Action(what=Text("恢复夜班"), owner=Text("林晓梅"), due="2026-05-01")
                        ],
                    ),
                ],
            ),
        ],
        appendix_title="附录：依据" if zh else "Appendix: evidence",
        evidence=[
            Evidence(title="活跃成员", rows=[("定义", "有参与的成员")], query="SELECT 1"),
            Evidence(title="首次回复", rows=[("定义", "等待的中位数")]),
        ],
    )
