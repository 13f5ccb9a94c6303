"""What moved and why: a planted fall told with its parts, and chance let be."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.planted import FALL, NOW, block, live, made, number, part_of, section, words_of

from juluo.domains.insights import queries as insights
from juluo.domains.insights import services
from juluo.domains.members.models import Member
from juluo.domains.reporting.queries import Memory
from juluo.lib.documents.model import Bullets, Chart, Finding, Table, Tone, plain

pytestmark = pytest.mark.over_the_lake


@pytest.fixture(scope="module")
def fallen(shared_database):
    """What is told of a planted fall, and of what happened then: a section for each language."""
    spaces = live(falls=True)
    owner = Member.objects.create(display_name="Owner", role="owner", joined_at=NOW)
    told = {"actor_id": owner.pk, "at": NOW}
    services.annotate(kind="rule_change", words="要先审核", start=FALL, **told)
    services.annotate(kind="outage", words="停机", start=FALL - timedelta(days=40), **told)
    memory = Memory(log=insights.current_log(), now=NOW)
    return SimpleNamespace(spaces=spaces, en=made(memory=memory), zh=made("zh", memory=memory))


def test_a_planted_fall_is_told_with_its_place_its_day_and_what_happened_then(fallen):
    composed = fallen.en

    part = part_of(composed, "content.contributions")
    finding = block(part, Finding)
    assert finding.title == "Contributions: lower than expected"
    assert finding.tone is Tone.BAD
    assert "there is a change to explain" in plain(finding.what)
    assert finding.what[0].evidence
    assert "甲: " in plain(finding.why)
    assert "It began on" in plain(finding.why)
    lists = [[plain(item) for item in b.items] for b in part.blocks if isinstance(b, Bullets)]
    assert any("要先审核" in item and "began when the change did" in item for item in lists[0])
    assert any("停机" in item and "came too early" in item for item in lists[1])
    found = next(each for each in composed[1].found if each.metric == "content.contributions")
    assert (found.key, found.tone) == ("moved:content.contributions", Tone.BAD)
    assert found.space_ids == (fallen.spaces[0].pk,)


def test_the_printed_parts_add_up_to_the_printed_change(fallen):
    part = part_of(fallen.en, "content.contributions")

    table = block(part, Table)
    assert sum(number(row[3].words) for row in table.rows) == number(table.total[3].words)
    before, after = (number(table.total[n].words) for n in (1, 2))
    assert after - before == number(table.total[3].words)
    drawn = block(part, Chart).option["series"][0]["data"]
    assert drawn == [number(row[3].words) for row in table.rows]
    assert table.columns[1].evidence
    assert table.columns[2].evidence


def test_every_headline_figure_stands_in_the_table_with_its_evidence(fallen):
    composed = fallen.en

    table = block(section(composed), Table)
    by_title = {row[0].words: row for row in table.rows}
    assert by_title["Contributions"][-1].words == "unusual"
    assert by_title["Reactions"][-1].words in {"usual", "history too short"}
    for row in table.rows:
        entry = composed[1].evidence[row[1].evidence - 1]
        assert entry.title == row[0].words


def test_all_of_it_is_chinese_in_chinese(fallen):
    assert part_of(fallen.zh, "content.contributions")
    said = words_of(section(fallen.zh))
    assert "已排除" in said
    assert not [c for c in said if c.isascii() and c.isalpha()]


def test_no_part_is_expected_to_be_more_than_the_whole(fallen):
    said = words_of(section(fallen.en))

    # All forty write on, elsewhere: 139 of them were once "expected" in the space that they left.
    assert "Active members: 甲" not in said
