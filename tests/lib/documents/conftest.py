"""One document with every kind of block, and hostile words in each place."""

import pytest

from juluo.lib.charts.options import Series, bars
from juluo.lib.documents.model import (
    Bullets,
    Chart,
    Column,
    Document,
    Evidence,
    Paragraph,
    Section,
    Table,
    Text,
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
