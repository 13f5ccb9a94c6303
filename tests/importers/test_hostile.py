"""Hostile and broken files are refused quickly, with file and place, and leave no trace."""

import json
import resource
import time
import zipfile
import zlib

import pytest

from juluo.domains.members.models import Identity, Member
from juluo.domains.messaging.models import Message
from juluo.eventlog.models import EventRecord
from juluo.importers.models import ImportRun
from juluo.importers.stream import Refused

GOOD = json.dumps([{"type": "message", "ts": "1600000100.0", "user": "U1", "text": "hi"}])
ROW = '<row Id="1" PostTypeId="1" CreationDate="2020-01-01T00:00:00" Body="{}" OwnerUserId="1"/>'
XXE = f'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><posts>{ROW.format("&x;")}</posts>'
BOMB = (
    '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + f"]><posts>{ROW.format('&m;')}</posts>"
)
DAY = "general/2020-01-01.json"


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


HOSTILE = {
    "XXE": ("stackexchange", {"Posts.xml": XXE}, "document type|Posts"),
    "entity bomb": ("stackexchange", {"Posts.xml": BOMB}, "Posts"),
    "deep XML": ("stackexchange", {"Posts.xml": "<a>" * 100_000}, "Posts"),
    "XML in UTF-16 that is cut": (
        "stackexchange",
        {"Posts.xml": f"<posts>{ROW}".encode("utf-16")},
        "Posts",
    ),
    "3 MB of attributes": (
        "stackexchange",
        {"Posts.xml": "<posts><row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "></posts>"},
        "Posts",
    ),
    "truncated JSON": ("slack", {DAY: GOOD[:-5]}, "after record 0"),
    "JSON cut after a record": ("slack", {DAY: GOOD[:-1] + ', {"ty'}, "after record 1"),
    "binary": ("slack", {DAY: bytes(range(256)) * 4000}, "not readable as JSON"),
    "JSON in UTF-16": ("slack", {DAY: GOOD.encode("utf-16")}, "not readable as JSON"),
    "JSON in GBK": (
        "slack",
        {DAY: GOOD.replace("hi", "你好吗").encode("gbk")},
        "not readable as JSON",
    ),
    "deep JSON": ("slack", {DAY: "[" * 200_000}, "general"),
    "a record without end": (
        "slack",
        {DAY: '[{"text": "' + "a" * 40_000_000},
        "longer than 16 MiB",
    ),
    "an object for a list": ("slack", {DAY: '{"a": 1}'}, "not a list of messages"),
    "no JSON": ("slack", {"Posts.xml": "<posts/>"}, "is it a Slack export"),
    "Slack for a dump": ("stackexchange", {DAY: GOOD}, "is it a Stack Exchange dump"),
    "Slack for Discord": ("discord", {DAY: GOOD}, "DiscordChatExporter"),
    "20,000 columns": (
        "discord",
        {"a.csv": ",".join(f"c{n}" for n in range(20_000)) + "\n1\n"},
        "columns",
    ),
    "a 3 MB cell": (
        "discord",
        {"a.csv": 'AuthorID,Author,Date,Content\n1,a,2020-01-01T00:00:00Z,"' + "x" * 3_000_000},
        "line",
    ),
    "CSV in UTF-16": ("discord", {"a.csv": "Author,Date,Content\n".encode("utf-16")}, "UTF-8"),
    "HTML without end": ("discord", {"a.html": "<div>" * 300_000}, "a.html"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_is_refused_and_leaves_no_trace(case, write, bring_in):
    format_name, files, said = HOSTILE[case]
    path = write(files)
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Refused, match=said):
        bring_in(format_name, path)

    assert time.monotonic() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024
    assert not Member.objects.exists()
    assert not EventRecord.objects.exists()
    assert ImportRun.objects.get().status == "refused"


def test_a_zip_bomb_is_refused_unread(tmp_path, bring_in):
    bomb = archive(tmp_path / "bomb.zip", {DAY: b" " * 300 * 2**20})

    started = time.monotonic()
    with pytest.raises(Refused, match="bomb"):
        bring_in("slack", bomb)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "name", ["../../general/2020-01-01.json", "/general/2020-01-01.json", "a\\..\\b"]
)
def test_a_zip_that_points_outside_is_refused(tmp_path, bring_in, name):
    with pytest.raises(Refused, match="outside the archive"):
        bring_in("slack", archive(tmp_path / "slip.zip", {DAY: GOOD, name: GOOD}))


def test_a_damaged_member_is_reported_and_the_rest_goes_on(tmp_path, bring_in):
    path = archive(
        tmp_path / "x.zip", {DAY: GOOD, "general/2020-01-02.json": "[" + " " * 5000 + "]"}
    )
    raw = bytearray(path.read_bytes())
    at = raw.index(zlib.compress(b"[" + b" " * 5000 + b"]", wbits=-15)[:8])
    raw[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)

    summary = bring_in("slack", path)

    assert (summary["messages"], summary["unreadable"]) == (1, 1)


def test_a_cut_zip_an_empty_folder_and_nothing_at_all(tmp_path, bring_in):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive(tmp_path / "x.zip", {DAY: GOOD}).read_bytes()[:60])
    (tmp_path / "empty").mkdir()
    for path, said in (
        (cut, "zip"),
        (tmp_path / "empty", "no files"),
        (tmp_path / "none", "no such"),
    ):
        with pytest.raises(Refused, match=said):
            bring_in("slack", path)


def test_links_out_of_the_folder_are_not_followed(write, tmp_path, bring_in):
    outside = tmp_path / "2020-01-02.json"
    outside.write_text(GOOD.replace("1600000100", "1600000200"))
    path = write({DAY: GOOD})
    (path / "general" / "2020-01-02.json").symlink_to(outside)

    assert bring_in("slack", path)["messages"] == 1


def test_nul_and_lone_surrogates_do_not_reach_the_database(write, bring_in):
    day = [
        {"type": "message", "ts": "1600000100.0", "user": "U\x00", "text": "a\x00b\ud83d"},
        {
            "type": "message",
            "ts": "1600000200.0",
            "user": "U" * 300,
            "text": "long id",
            "reactions": [{"name": "x\x00" * 99, "users": ["V" * 300], "count": 1}],
        },
    ]

    summary = bring_in("slack", write({"c" * 200 + "/2020-01-01.json": day}))

    assert (summary["messages"], summary["members"], summary["unreadable"]) == (2, 3, 0)
    assert set(Message.objects.values_list("body", flat=True)) == {"ab?", "long id"}
    assert max(len(each.outside_id) for each in Identity.objects.all()) <= 150
    assert bring_in("slack", write({}))["added"] == 0


@pytest.mark.parametrize(
    "shape", ["[" * 3000 + "]" * 3000, "[[]," * 3000, '{"a":[' * 2000, '["]",' * 3000]
)
def test_deep_nesting_is_refused_whatever_its_shape(write, bring_in, shape):
    with pytest.raises(Refused, match="levels deep"):
        bring_in("slack", write({DAY: shape}))


def test_brackets_in_texts_are_no_nesting(write, bring_in):
    text = json.dumps([{"type": "message", "ts": "1600000100.0", "text": '[{"\\' * 40_000}])

    assert bring_in("slack", write({DAY: text}))["messages"] == 1
