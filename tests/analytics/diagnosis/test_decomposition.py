"""Parts of a change add up to it exactly."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics.diagnosis.decomposition import of_count, of_hands, of_ratio

groups = st.sampled_from(["a", "b", "c", "d"])
amounts = st.integers(0, 10**12)
pairs = st.tuples(amounts, amounts)


@given(st.dictionaries(groups, amounts), st.dictionaries(groups, amounts))
def test_parts_of_a_count_add_up(before, after):
    parts = of_count(before, after)
    assert sum(part.change for part in parts) == sum(after.values()) - sum(before.values())


@given(st.dictionaries(groups, pairs), st.dictionaries(groups, pairs))
def test_mix_and_rate_add_up_to_the_change_of_a_ratio(before, after):
    parts = of_ratio(before, after)
    wholes = [sum(whole for _, whole in each.values()) for each in (before, after)]
    if not all(wholes):
        assert parts == ()
        return
    ratios = [
        Fraction(sum(part for part, _ in each.values()), whole)
        for each, whole in zip((before, after), wholes, strict=True)
    ]
    assert sum(part.mix + part.rate for part in parts) == ratios[1] - ratios[0]


def test_more_of_a_low_group_is_mix_and_not_rate():
    parts = of_ratio({"fast": (90, 100), "slow": (10, 100)}, {"fast": (90, 100), "slow": (30, 300)})

    assert {part.group: part.rate for part in parts} == {"fast": 0, "slow": 0}
    assert sum(part.mix for part in parts) == Fraction(120, 400) - Fraction(1, 2)


def test_a_group_answered_less_is_rate_and_not_mix():
    parts = of_ratio({"new": (80, 100), "old": (80, 100)}, {"new": (40, 100), "old": (80, 100)})

    assert parts[0].group == "new"
    assert (parts[0].mix, parts[0].rate) == (0, Fraction(-1, 5))
    assert parts[1].change == 0


@given(pairs, pairs)
def test_more_members_and_more_by_each_add_up_to_the_change_of_a_count(before, after):
    hands = of_hands(before, after)
    if not before[0] and not after[0]:
        assert hands is None
        return
    assert hands is not None
    assert hands.change == after[1] - before[1]


def test_twice_the_members_who_do_the_same_are_all_of_the_change():
    hands = of_hands((5, 20), (10, 40))
    assert hands is not None
    assert (hands.by_members, hands.by_each) == (20, 0)


def test_neither_effect_comes_first_where_both_doubled():
    hands = of_hands((5, 20), (10, 80))
    assert hands is not None
    assert (hands.by_members, hands.by_each) == (30, 30)
    assert (hands.members, hands.each) == ((5, 10), (4, 8))
