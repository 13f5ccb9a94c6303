"""Rounded numbers that still add up."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.adding_up import adding_up


def test_thirds_of_one_add_up_to_one():
    found = adding_up([Fraction(1, 3)] * 3, Fraction(1, 10))

    assert found == [Fraction(4, 10), Fraction(3, 10), Fraction(3, 10)]


@given(
    st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=90)),
    st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 1000)]),
)
def test_they_add_up_to_the_rounded_sum_and_each_stays_within_a_step(values, step):
    found = adding_up(values, step)

    assert abs(sum(found, Fraction(0)) - sum(values, Fraction(0))) <= step / 2
    assert all((each / step).denominator == 1 for each in found)
    assert all(abs(a - b) < step for a, b in zip(found, values, strict=True))
