"""DiscordChatExporter's three shapes. Made up after FORMATS; real pages are in test_fixtures."""

import pytest

from juluo.domains.members.models import Member
from juluo.domains.messaging.models import Message
from juluo.eventlog.models import EventRecord
from juluo.importers.stream import Refused

ADA = {"id": "688046964549353491", "name": "ada", "nickname": "Ada", "isBot": False}
BOT = {"id": "700000000000000001", "name": "beep", "isBot": True}


def said(id_, minute, author=ADA, **more):
    return {
        "id": id_,
        "type": "Default",
        "timestamp": f"2023-03-16T19:{minute:02}:00.123+01:00",
        "timestampEdited": None,
        "content": f"text {id_}",
        "author": author,
    } | more


def channel(*messages, **more):
    return {
        "guild": {"id": "1", "name": "G"},
        "channel": {"id": "900000000000000001", "name": "general", "topic": "All"},
        "messages": list(messages),
        "messageCount": len(messages),
    } | more


def test_json_messages_replies_marks_and_notices(write, bring_in):
    reaction = {"emoji": {"id": "", "name": "👍"}, "count": 3, "users": [BOT]}
    path = write(
        {
            "G - general [900000000000000001].json": channel(
                said("11", 1, reactions=[reaction, {"emoji": {"name": "x"}, "count": 0}]),
                said(
                    "12",
                    2,
                    BOT,
                    type="Reply",
                    reference={"messageId": "11"},
                    timestampEdited="2023-03-16T20:00:00+01:00",
                ),
                said("13", 3, type="GuildMemberJoin"),
                said("14", 4, type="46"),
                said(
                    "15",
                    5,
                    content="",
                    reference={"type": "Forward", "messageId": "1"},
                    forwardedMessage={"content": "far"},
                ),
                said("16", 6, type="Reply", reference={"messageId": "1"}),
                said("17", 7, timestamp="soon"),
            )
        }
    )

    summary = bring_in("discord", path)

    assert (summary["messages"], summary["notices"], summary["unreadable"]) == (4, 2, 1)
    assert (summary["replies"], summary["reactions"], summary["edited"]) == (2, 3, 1)
    assert (summary["bots"], summary["authors"], summary["spaces"]) == (1, 2, 1)
    assert summary["first"] == "2023-03-16T18:01:00.123000+00:00"
    answer = Message.objects.get(outside_id="12")
    assert answer.parent.outside_id == "11"
    assert Message.objects.get(outside_id="15").body == "far"
    counts = EventRecord.objects.filter(name="discussions.reacted").order_by("value")
    assert [(line.value, line.actor_id is None) for line in counts] == [(1, False), (2, True)]
    assert Member.objects.get(display_name="beep").kind == "bot"


def test_parts_of_a_channel_are_one_channel(write, bring_in):
    path = write(
        {
            "G - general [900000000000000001].json": channel(said("11", 1)),
            "G - general [900000000000000001] [part 2].json": channel(said("11", 1), said("12", 2)),
        }
    )

    summary = bring_in("discord", path)

    assert (summary["spaces"], summary["messages"], summary["duplicates"]) == (1, 2, 1)


NEW_CSV = '''AuthorID,Author,Date,Content,Attachments,Reactions
"1","ada","2023-03-16T19:15:00.0000000+01:00","hi, ""you""","","👍 (1),name (2)"
"1","ada","2023-03-16T19:15:00.0000000+01:00","hi, ""you""","","👍 (1),name (2)"
"2","bob","2023-03-16T19:16:00.0000000+01:00","two
lines","https://cdn/x/pic.png?ex=1",""
"2","bob","yesterday","x","",""
'''
OLD_CSV = (
    "Author;Date;Content;Attachments;Reactions;\r\n"
    '"ada#1234";"16-Mar-19 07:15 PM";"old; text";"";"";\r\n'
)


def test_equal_rows_of_a_csv_are_two_messages(write, bring_in):
    path = write({"G - general [900000000000000001].csv": NEW_CSV})

    summary = bring_in("discord", path)

    assert (summary["messages"], summary["unreadable"], summary["reactions"]) == (3, 1, 6)
    assert summary["problems"][0]["place"] == "line 6"
    assert bring_in("discord", path)["added"] == 0
    assert Message.objects.get(body="two\nlines").files == [
        {"name": "pic.png", "kind": "attachment"}
    ]


def test_old_csv_is_local_time_and_knows_only_names(write, bring_in):
    path = write(
        {"G - old.csv": OLD_CSV, "G - none.csv": "", "G - head.csv": "\ufeff" + NEW_CSV[:50]}
    )

    summary = bring_in("discord", path, zone="Asia/Shanghai")

    assert (summary["messages"], summary["unreadable"]) == (1, 0)
    assert summary["first"] == "2019-03-16T11:15:00+00:00"
    assert summary["timezone"] == "Asia/Shanghai"
    assert Message.objects.get().body == "old; text"
    assert Message.objects.get().author.display_name == "ada#1234"


def page(*groups):
    return (
        "<!DOCTYPE html><html><head><title>G - c</title></head><body>"
        "<div class=preamble><div class=preamble__entries-container>"
        "<div class=preamble__entry>G</div><div class=preamble__entry>Text / talk</div></div></div>"
        "<div class=chatlog>" + "".join(groups) + "</div></body></html>"
    )


GROUP = """<div class="chatlog__message-group">
<div id="chatlog__message-container-{0}" class="chatlog__message-container" data-message-id="{0}">
<div class="chatlog__message"><div class="chatlog__reply"><div class="chatlog__reply-content">
<span class="chatlog__reply-link" onclick="scrollToMessage(event, '{1}')">x</span></div></div>
<div class="chatlog__header"><span class="chatlog__author" title="ada#1" data-user-id="7">Ada</span>
<span class="chatlog__author-tag">BOT</span>
<span class="chatlog__timestamp" title="{2}">t</span></div>
<div class="chatlog__content chatlog__markdown">a &lt; b <img class="chatlog__emoji" alt="🙂">
<a href="https://x/?token=abc">l</a> <span
 class="chatlog__edited-timestamp" title="{2}">(edited)</span></div>
</div></div></div>"""


@pytest.mark.parametrize(
    ("shown", "utc"),
    [
        ("Thursday, 16 March 2023 7:15 PM", "2023-03-16T11:15:00+00:00"),
        ("Thursday, March 16, 2023 7:15 PM", "2023-03-16T11:15:00+00:00"),
        ("03/16/2023 7:15 PM", "2023-03-16T11:15:00+00:00"),
        ("16/03/2023 19:15", "2023-03-16T11:15:00+00:00"),
        ("16.03.2023 19:15", "2023-03-16T11:15:00+00:00"),
        ("2023-03-16 19:15", "2023-03-16T11:15:00+00:00"),
        ("16-Mar-23 07:15 PM", "2023-03-16T11:15:00+00:00"),
    ],
)
def test_html_times_are_read_in_the_zone_given(write, bring_in, shown, utc):
    path = write({"G_c_900000000000000001.html": page(GROUP.format("5", "4", shown))})

    summary = bring_in("discord", path, zone="Asia/Shanghai")

    assert summary["first"] == utc
    assert (summary["bots"], summary["replies"], summary["edited"]) == (1, 1, 1)
    assert Message.objects.get().body == 'a &lt; b 🙂<br><a href="https://x/?">l</a>'
    assert Message.objects.get().group.name == "talk"


def test_the_moment_inside_an_id_beats_the_page(write, bring_in):
    group = GROUP.format("1027332184274645083", "4", "05 October 2022 22:31")
    path = write({"G_c_900000000000000001.html": page(group)})

    assert bring_in("discord", path)["first"] == "2022-10-05T21:31:19.640000+00:00"


def test_system_lines_of_a_page_are_notices(write, bring_in):
    system = (
        "<div class=chatlog__message-group><div class=chatlog__message-container "
        "data-message-id=1027332184274645083><div class=chatlog__message>"
        "<span class=chatlog__system-notification-author data-user-id=9>New</span>"
        "<span class=chatlog__system-notification-content>joined the server.</span>"
        "</div></div></div>"
    )
    path = write({"c_900000000000000001.html": page(system)})

    summary = bring_in("discord", path)

    assert (summary["messages"], summary["notices"], summary["members"]) == (0, 1, 1)


def test_a_file_that_is_not_an_export_is_refused(write, bring_in):
    with pytest.raises(Refused, match="DiscordChatExporter"):
        bring_in("discord", write({"page.html": "<html><body><div>hello</div></body></html>"}))
    assert not Member.objects.exists()


def test_a_json_that_breaks_off_among_others_keeps_what_came_before(write, bring_in):
    import json

    broken = json.dumps(channel(said("11", 1), said("12", 2)))[:-60]
    path = write({"a.json": broken, "b.json": channel(said("13", 3))})

    summary = bring_in("discord", path)

    assert (summary["messages"], summary["unreadable"]) == (2, 1)
    assert summary["problems"][0]["place"] == "after record 1"


def test_a_page_that_breaks_off_is_refused_and_nothing_is_written(write, bring_in):
    whole = page(GROUP.format("11", "12", "2023-03-16 19:15"))
    path = write({"c [5].html": whole.removesuffix("</div></body></html>")})

    with pytest.raises(Refused, match="breaks off before its end"):
        bring_in("discord", path)

    assert not Message.objects.exists()
