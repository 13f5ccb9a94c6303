from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from juluo.ui.templatetags import ui

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(0), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=60), "1 分钟前"),
        (timedelta(minutes=59), "59 分钟前"),
        (timedelta(hours=23), "23 小时前"),
        (timedelta(days=29), "29 天前"),
        (timedelta(days=30), "2025 年 2 月 8 日"),
    ],
)
def test_zero_minutes_reads_just_now(ago, words):
    with translation.override("zh-hans"):
        assert ui.relative(NOW - ago, now=NOW) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("林晓梅", "梅"),
        ("欧阳娜娜", "欧"),
        ("Ada Lovelace", "AL"),
        ("user_66 Lee", "UL"),
        ("42", "?"),
    ],
)
def test_initials_stand_for_a_name(name, letters):
    assert ui.initials(name) == letters


def test_a_share_of_nothing_is_a_dash():
    assert ui.percent(None) == "—"
    assert ui.number(None) == "—"
    assert ui.percent(0.256) == "25.6%"
    assert ui.number(12345) == "12,345"


def test_query_keeps_the_filters_and_changes_one():
    request = RequestFactory().get("/?q=a&role=owner&after=9")
    template = Template("{% load ui %}{% query after='' q='b' %}")

    assert template.render(Context({"request": request})) == "?role=owner&amp;q=b"


def test_names_are_escaped_wherever_they_are_drawn():
    assert "<script>" not in ui.avatar("<script>")
