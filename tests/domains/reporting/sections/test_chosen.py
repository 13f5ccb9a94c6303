"""Highlights, shortcomings and proposals: chosen by the rule that is printed."""

from datetime import UTC, date, datetime

import pytest
from tests.drafts import drafted

from juluo.domains.reporting.queries.draft import Found
from juluo.domains.reporting.queries.sections import chosen
from juluo.lib.documents.model import Bullets, Finding, Text, Tone, plain

pytestmark = pytest.mark.django_db
WINDOW = {"start": date(2026, 1, 1), "end": date(2026, 2, 1)}
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def telling(*told, build):
    def builder(draft):
        for n, (tone, weight, proposal) in enumerate(told):
            found = Found(key=f"goal:{n}", tone=tone, weight=weight)
            words = Finding(key=found.key, title=f"No. {n}", what=[Text("5", evidence=3)])
            draft.tell(found, words, proposal=[proposal])
            draft.told_in[found.key] = "Goal attainment"
        return build(draft)

    section, _draft = drafted(builder, **WINDOW, now=NOW)
    return section


def items(section):
    return [[plain(item) for item in b.items] for b in section.blocks if isinstance(b, Bullets)]


def test_the_clearest_stand_first_and_what_is_unclear_is_left_out():
    section = telling(
        (Tone.GOOD, 0.5, ""),
        (Tone.GOOD, 0.9, ""),
        (Tone.GOOD, 0.4, ""),
        (Tone.BAD, 0.9, ""),
        build=chosen.highlights,
    )

    (listed,) = items(section)
    assert listed == [
        "No. 1: 5 (see “Goal attainment”)",
        "No. 0: 5 (see “Goal attainment”)",
    ]
    (bullets,) = [b for b in section.blocks if isinstance(b, Bullets)]
    assert [run.evidence for run in bullets.items[0]] == [None, 3, None]


def test_no_more_than_five_are_listed_and_the_rest_is_counted():
    section = telling(*[(Tone.BAD, 0.6, "")] * 7, build=chosen.shortcomings)

    assert len(items(section)[0]) == 5
    assert plain(section.blocks[-1].runs) == "2 more stand in their sections."


def test_a_report_without_any_says_so():
    section = telling((Tone.NEUTRAL, 0.9, ""), build=chosen.shortcomings)

    assert not items(section)
    assert "needs attention clearly enough" in plain(section.blocks[-1].runs)


def test_what_no_rule_has_a_proposal_for_is_named_and_gets_none():
    section = telling((Tone.BAD, 0.9, "Do this."), (Tone.BAD, 0.8, ""), build=chosen.advice)

    assert items(section) == [["No. 0: Do this."], ["No. 1"]]


def test_without_shortcomings_nothing_is_proposed():
    assert telling((Tone.GOOD, 0.9, ""), build=chosen.advice) is None
