"""What each kind of report is called."""

from datetime import date

import pytest
from django.utils import translation

from juluo.domains.community import queries as community
from juluo.domains.reporting.queries.titles import report_title
from juluo.domains.reporting.types import Kind, ReportRequest

pytestmark = pytest.mark.django_db
TITLES = [
    (
        Kind.WEEKLY,
        (2026, 3, 30),
        (2026, 4, 6),
        "2026 年第 14 周运营报告",
        "Report for week 14 of 2026",
    ),
    (Kind.MONTHLY, (2026, 3, 1), (2026, 4, 1), "2026 年 3 月运营报告", "Report for March 2026"),
    (
        Kind.QUARTERLY,
        (2026, 1, 1),
        (2026, 4, 1),
        "2026 年第一季度运营报告",
        "Report for the first quarter of 2026",
    ),
    (
        Kind.HALF_YEAR,
        (2026, 7, 1),
        (2027, 1, 1),
        "2026 年下半年运营报告",
        "Report for the second half of 2026",
    ),
    (Kind.ANNUAL, (2026, 1, 1), (2027, 1, 1), "2026 年度运营报告", "Report for the year 2026"),
    (Kind.WORK, (2026, 3, 1), (2026, 4, 1), "2026 年 3 月工作产出报告", "Work output, March 2026"),
]


@pytest.mark.parametrize(("kind", "start", "end", "chinese", "english"), TITLES)
def test_a_title_names_the_cycle(kind, start, end, chinese, english):
    name = community.settings().name

    for language, locale, words in (("zh", "zh-hans", chinese), ("en", "en", english)):
        asked = ReportRequest(start=date(*start), end=date(*end), language=language, kind=kind)
        with translation.override(locale):
            assert report_title(asked) == f"{name} · {words}"


def test_days_that_are_no_cycle_have_no_cycle_in_their_title():
    start, end = date(2026, 3, 2), date(2026, 4, 1)
    asked = ReportRequest(start=start, end=end, language="zh", kind=Kind.MONTHLY)
    with translation.override("zh-hans"):
        assert report_title(asked) == f"{community.settings().name} · 运营报告"
