from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from juluo.lib.keyset import cursor_text, parse_cursor

moments = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@example(datetime(6326, 1, 1, 0, 0, 0, 999985, tzinfo=UTC), 1)
@given(moments, st.integers(min_value=1, max_value=2**63 - 1))
def test_a_place_survives_the_address(at, pk):
    assert parse_cursor(cursor_text(at, pk)) == (at, pk)


@pytest.mark.parametrize(
    "text",
    ["", "-", "-1", "x-1", "1", "1-", "1-x", "9" * 70, "1-99999999999999999999", "9" * 40 + "-1"],
)
def test_nonsense_names_no_place(text):
    assert parse_cursor(text) is None
