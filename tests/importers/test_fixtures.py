"""The real exports give the numbers that an independent reader counted."""

import json
from collections import Counter, defaultdict

import pytest

from juluo.domains.members.models import Member
from juluo.eventlog.models import EventRecord
from juluo.events.base import EVENT_TYPES, Verb

CASES = [("slack", "slack", "slack_houstondatavis"), ("stackexchange", "stackexchange", "se_ssdug")]
SAME = ("records", "messages", "authors", "replies", "reactions", "edited")


@pytest.mark.parametrize(("format_name", "folder", "truth"), CASES)
def test_summary_is_what_the_independent_reader_counted(
    format_name, folder, truth, fixtures, bring_in
):
    expected = json.loads((fixtures / "truth.json").read_text())[truth]

    summary = bring_in(format_name, fixtures / folder)

    assert {key: summary[key] for key in SAME} == {key: expected[key] for key in SAME}
    assert summary["bots"] == expected["bot_messages"]
    assert summary["first"][:19] == expected["first"][:19]
    assert summary["last"][:19] == expected["last"][:19]
    assert summary["added"] == summary["messages"]
    assert summary["unreadable"] == summary["duplicates"] == 0


@pytest.mark.parametrize(("format_name", "folder", "truth"), CASES)
def test_events_give_the_months_the_independent_reader_counted(
    format_name, folder, truth, fixtures, bring_in
):
    expected = json.loads((fixtures / "truth.json").read_text())[truth]
    bring_in(format_name, fixtures / folder)

    said = [
        name
        for name, each in EVENT_TYPES.items()
        if each.verb == Verb.CONTRIBUTION and name != "discussions.answer_accepted"
    ]
    people = set(Member.objects.filter(kind="person").values_list("pk", flat=True))
    messages, authors = Counter(), defaultdict(set)
    lines = EventRecord.objects.filter(source=format_name, name__in=said)
    for at, actor in lines.values_list("occurred_at", "actor_id"):
        messages[f"{at:%Y-%m}"] += 1
        if actor in people:
            authors[f"{at:%Y-%m}"].add(actor)
    active = {month: len(who) for month, who in authors.items()}
    if format_name == "stackexchange":
        # The independent reader takes "Community" (-1) for a person; it wrote in this month.
        assert active.pop("2019-04") == expected["active_authors_per_month"].pop("2019-04") - 1
    assert active == expected["active_authors_per_month"]
    assert dict(messages) == expected["per_month"]


def test_discord_pages_hold_as_many_messages_as_they_say(fixtures, bring_in):
    summary = bring_in("discord", fixtures / "discord_html")

    # "Exported 65 / 44 / 38 message(s)", counted at the foot of the pages.
    assert (summary["messages"], summary["spaces"], summary["replies"]) == (147, 3, 38)
    assert (summary["notices"], summary["edited"], summary["reactions"]) == (0, 8, 49)


@pytest.mark.parametrize(
    ("format_name", "folder"),
    [("slack", "slack"), ("stackexchange", "stackexchange"), ("discord", "discord_html")],
)
def test_importing_again_adds_nothing(format_name, folder, fixtures, bring_in):
    first = bring_in(format_name, fixtures / folder)
    lines = EventRecord.objects.filter(source=format_name).count()

    second = bring_in(format_name, fixtures / folder)

    assert (first["added"], second["added"]) == (first["messages"], 0)
    assert second["messages"] == first["messages"]
    assert EventRecord.objects.filter(source=format_name).count() == lines
