"""Slack exports. The inputs are made up after FORMATS."""

import zipfile

import pytest

from juluo.domains.discussions.models import Reaction
from juluo.domains.members.models import Identity, Member
from juluo.domains.messaging.models import ChatGroup, Message
from juluo.eventlog.models import EventRecord
from juluo.importers.stream import Refused

USERS = [
    {"id": "U1", "name": "ada", "profile": {"display_name": "Ada"}, "is_admin": True},
    {"id": "U2", "name": "bob", "real_name": "Bob B"},
    {"id": "U3", "name": "helper", "is_bot": True},
    {"id": "USLACKBOT", "name": "slackbot", "is_bot": False},
]
CHANNELS = [{"id": "C1", "name": "general", "created": 1600000000, "purpose": {"value": "All"}}]


def message(ts, user="U1", **more):
    return {"type": "message", "ts": ts, "user": user, "text": f"at {ts}", **more}


@pytest.fixture
def slack(write):
    def make(*messages, **files):
        return write(
            {"users.json": USERS, "channels.json": CHANNELS, "general/2020-10-01.json": messages}
            | files
        )

    return make


def test_ts_decides_the_date_not_the_file_name(slack, bring_in):
    summary = bring_in("slack", slack(message("1700000000.000100")))

    assert summary["first"] == "2023-11-14T22:13:20.000100+00:00"
    assert Message.objects.get().sent_at.isoformat() == summary["first"]


def test_joins_and_renames_are_notices_and_add_up(slack, bring_in):
    path = slack(
        message("1600000001.0", "U2", subtype="channel_join"),
        message("1600000002.0", subtype="channel_topic"),
        message("1600000003.0", subtype="me_message"),
        message("1600000004.0", subtype="tombstone"),
        message("1600000003.0", subtype="me_message"),
        {"type": "message", "text": "no time"},
        "not an object",
    )

    summary = bring_in("slack", path)

    assert (summary["messages"], summary["notices"]) == (1, 3)
    assert (summary["duplicates"], summary["unreadable"], summary["records"]) == (1, 2, 7)
    assert summary["problems"][0] == {
        "file": "general/2020-10-01.json",
        "place": "record 6",
        "reason": "'None' is not a time",
    }


def test_a_join_dates_the_member_and_being_seen_is_only_a_bound(slack, bring_in):
    path = slack(
        message("1600000001.0", "U2", subtype="channel_join"),
        message("1600000500.0", "U2"),
        message("1600000900.0", "U1"),
    )

    bring_in("slack", path)

    joined = {
        line.actor_id: (line.occurred_at.timestamp(), line.payload.get("dated"))
        for line in EventRecord.objects.filter(name="members.joined")
    }
    ids = dict(Identity.objects.values_list("outside_id", "member_id"))
    assert joined[ids["U2"]] == (1600000001.0, True)
    assert joined[ids["U1"]] == (1600000900.0, False)


def test_bots_are_kept_and_marked(slack, bring_in):
    hook = {
        "type": "message",
        "subtype": "bot_message",
        "ts": "1600000001.0",
        "text": "",
        "bot_id": "B7",
        "username": "CI",
        "attachments": [{"fallback": "Build passed"}],
    }
    path = slack(hook, message("1600000002.0", "U3"), message("1600000003.0", "USLACKBOT"))

    summary = bring_in("slack", path)

    assert (summary["messages"], summary["bots"]) == (3, 3)
    assert set(Member.objects.filter(kind="bot").values_list("display_name", flat=True)) == {
        "CI",
        "helper",
        "slackbot",
    }
    assert Message.objects.get(outside_id="C1/1600000001.0").body == "Build passed"


def test_a_reply_points_at_its_root_even_when_the_root_comes_later(slack, bring_in):
    path = slack(
        message("1600000050.0", "U2", thread_ts="1600000100.0"),
        message("1600000100.0", "U1", thread_ts="1600000100.0", reply_count=1),
        message("1600000200.0", "U1", thread_ts="1500000000.0"),
    )

    summary = bring_in("slack", path)

    assert summary["replies"] == 2
    root, early, lost = (
        Message.objects.get(outside_id=f"C1/1600000{n}.0") for n in ("100", "050", "200")
    )
    assert (early.parent_id, lost.parent_id) == (root.pk, None)
    line = EventRecord.objects.get(subject_id=f"message:{early.pk}")
    assert (line.parent_id, line.thread_id) == (f"message:{root.pk}", f"message:{root.pk}")
    assert line.recipient_id == root.author_id
    own = EventRecord.objects.get(subject_id=f"message:{root.pk}")
    assert (own.parent_id, own.thread_id) == ("", f"message:{root.pk}")


def test_a_broadcast_does_not_count_its_root_twice(slack, bring_in):
    root = message("1600000100.0")
    path = slack(
        root,
        message("1600000200.0", subtype="thread_broadcast", thread_ts="1600000100.0", root=root),
    )

    assert bring_in("slack", path)["messages"] == 2


def test_reactions_name_their_people_and_leave_the_rest_as_a_count(slack, bring_in):
    marks = [
        {"name": "+1::skin-tone-2", "users": ["U2"], "count": 3},
        {"name": "eyes", "users": ["U1"]},
    ]
    summary = bring_in("slack", slack(message("1600000100.0", reactions=marks)))

    assert summary["reactions"] == 4
    assert Message.objects.get().reaction_counts == {"+1::skin-tone-2": 3, "eyes": 1}
    assert Reaction.objects.count() == 2
    lines = EventRecord.objects.filter(name="discussions.reacted").order_by("key")
    assert [(line.value, line.actor_id is None, line.payload["dated"]) for line in lines] == [
        (1, False, False),
        (2, True, False),
        (1, False, False),
    ]


def test_tokens_in_links_are_never_stored(slack, bring_in):
    text = (
        "<https://files.slack.com/a.png?t=xoxe-1234567890-abc|pic> "
        "<https://files.slack.com/b.png?pub_secret=00ff&t=zzz> xoxb-12345678-secret "
        "<https://youtu.be/x?t=42>"
    )
    file = {"name": "a.png", "filetype": "png", "url_private": "https://x/a?t=xoxe-99999999"}
    bring_in("slack", slack(message("1600000100.0", text=text, files=[file])))

    row = Message.objects.get()
    stored = row.body + str(row.files)
    assert not any(word in stored for word in ("xoxe-", "xoxb-1", "00ff", "zzz"))
    assert "https://youtu.be/x?t=42" in row.body
    assert row.files == [{"name": "a.png", "kind": "png"}]


def test_a_channel_nobody_lists_and_direct_messages(slack, bring_in):
    path = slack(
        **{
            "old-stuff/2020-10-01.json": [message("1600000100.0")],
            "D9/2020-10-01.json": [message("1600000100.0")],
            "dms.json": [{"id": "D9", "members": ["U1", "U2"]}],
        }
    )

    assert bring_in("slack", path)["messages"] == 1
    assert set(ChatGroup.objects.values_list("name", flat=True)) == {"general", "old-stuff"}


def test_a_zip_with_a_folder_inside_is_read_like_the_folder(slack, bring_in, tmp_path):
    folder = slack(message("1600000100.0"), message("1600000200.0", "U2"))
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in folder.rglob("*.json"):
            made.write(file, f"My export/{file.relative_to(folder)}")

    assert bring_in("slack", archive)["messages"] == 2
    assert bring_in("slack", folder)["added"] == 0


def test_a_broken_day_is_reported_and_the_rest_goes_on(slack, bring_in):
    path = slack(
        message("1600000100.0"),
        **{"general/2020-10-02.json": '[{"type":"message","ts":"1600000200.0","text":"a"},{"ty'},
    )

    summary = bring_in("slack", path)

    assert (summary["messages"], summary["unreadable"], summary["records"]) == (2, 1, 3)
    assert summary["problems"][0]["file"] == "general/2020-10-02.json"
    assert summary["problems"][0]["place"] == "after record 1"


def test_another_community_with_the_same_ids_needs_a_name(bring_in, write, tmp_path):
    row = '<row Id="1" PostTypeId="1" CreationDate="{}" Title="t" Body="b" OwnerDisplayName="x"/>'
    path = write({"Posts.xml": f"<posts>{row.format('2020-01-01T00:00:00')}</posts>"})
    bring_in("stackexchange", path)
    (path / "Posts.xml").write_text(f"<posts>{row.format('2021-01-01T00:00:00')}</posts>")
    before = Member.objects.count(), EventRecord.objects.count()

    with pytest.raises(Refused, match="--name"):
        bring_in("stackexchange", path)

    assert (Member.objects.count(), EventRecord.objects.count()) == before
    assert bring_in("stackexchange", path, name="other")["source"] == "stackexchange/other"
