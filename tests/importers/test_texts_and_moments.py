"""mrkdwn, moments, languages and tokens: examples, and what holds for any input."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.importers.link_tokens import without_tokens
from juluo.importers.moments import from_iso, from_local, from_snowflake, from_unix
from juluo.importers.mrkdwn import to_markdown
from juluo.lib.language import guess_language
from juluo.lib.outside_keys import LONGEST, outside_key

PEOPLE, CHANNELS = {"U1": "Ada"}, {"C1": "general"}
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("mrkdwn", "markdown"),
    [
        ("hi <@U1>, <@U1|old> and <@U9>", "hi @Ada, @Ada and @U9"),
        ("see <#C1|x> and <#C9|far>", "see #general and #far"),
        ("<!here> <!subteam^S1|@team> <!date^1^x|then>", "@here @team then"),
        ("<https://a.b/?x=1&amp;y=2>", "<https://a.b/?x=1&y=2>"),
        ("<https://a.b|a [b]>", "[a \\[b\\]](https://a.b)"),
        ("<https://a.b/(c)|d>", "[d](<https://a.b/(c)>)"),
        ("<mailto:a@b.c|a@b.c>", "<a@b.c>"),
        ("*bold* _it_ ~gone~ 2*3*4", "**bold** _it_ ~~gone~~ 2*3*4"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("`*x* <@U1> &lt;`", "`*x* @Ada <`"),
        ("```\n*x* <https://a.b|c>\n```", "```\n*x* c\n```"),
    ],
)
def test_mrkdwn_keeps_its_meaning(mrkdwn, markdown):
    assert to_markdown(mrkdwn, people=PEOPLE, channels=CHANNELS) == markdown


@given(st.text(alphabet="ab *_~`<>@#!|&;\n你", max_size=200))
def test_any_text_is_turned_without_a_fall(text):
    assert isinstance(to_markdown(text, people=PEOPLE, channels=CHANNELS), str)


@given(st.text(alphabet=st.characters(blacklist_characters="<>&*~`", blacklist_categories=["Cs"])))
def test_plain_text_stays_as_it_is(text):
    assert to_markdown(text, people={}, channels={}) == text


@given(MOMENTS)
def test_a_moment_written_as_iso_or_unix_is_read_back(moment):
    assert from_iso(moment.isoformat()) == moment
    assert from_unix(f"{int(moment.timestamp())}.{moment.microsecond:06d}") == moment


@given(
    MOMENTS,
    st.sampled_from(
        [
            "%A, %d %B %Y %I:%M %p",
            "%m/%d/%Y %I:%M %p",
            "%d.%m.%Y %H:%M",
            "%Y/%m/%d %H:%M",
            "%d-%b-%Y %I:%M %p",
            "%B %d, %Y %I:%M %p",
            "%d %B %Y %H:%M:%S",
        ]
    ),
)
def test_a_local_moment_is_read_back_in_its_zone(moment, shape):
    minute = moment.replace(second=0, microsecond=0)
    local = minute.astimezone(SHANGHAI)
    if local.utcoffset() != ZoneInfo("Asia/Shanghai").utcoffset(local.replace(tzinfo=None)):
        return
    again = from_local(local.strftime(shape), zone=SHANGHAI)
    # An hour that a clock shows twice cannot be told apart.
    assert abs((again - minute).total_seconds()) in (0, 3600)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "32/13/2020 10:00",
        "2020-13-01T00:00",
        "1e9",
        "-5",
        "99999999999999",
        "1/1/2020 13:00 PM",
        "9999-01-01T00:00:00",
    ],
)
def test_what_is_no_moment_is_refused(text):
    for read in (from_unix, from_iso, lambda each: from_local(each, zone=SHANGHAI)):
        with pytest.raises(ValueError, match=r".+"):
            read(text)


def test_a_snowflake_holds_its_moment():
    assert from_snowflake("175928847299117063") == datetime(2016, 4, 30, 11, 18, 25, 796000, UTC)
    assert from_snowflake("12") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello there", "en"),
        ("大家好，今天讨论数据", "zh"),
        ("使用 Python 和 Django 做数据分析", "zh"),
        ("これはテストです", "ja"),
        ("안녕하세요", "ko"),
        ("привет", "other"),
        ("😀 123", ""),
        ("`code` https://x.y", ""),
    ],
)
def test_languages(text, language):
    assert guess_language(text) == language


def test_tokens_go_and_the_rest_of_the_link_stays():
    assert without_tokens("https://x/y?token=abc&z=1") == "https://x/y?&z=1"
    assert without_tokens("https://youtu.be/a?t=1m2s") == "https://youtu.be/a?t=1m2s"


@given(st.text(), st.text(max_size=400))
def test_a_key_fits_and_is_the_same_each_time(one, two):
    key = outside_key("slack", "message", one, two)
    assert len(key) <= LONGEST
    assert key == outside_key("slack", "message", one, two)
