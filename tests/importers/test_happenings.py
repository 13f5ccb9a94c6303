"""The days that imports brought: a source falls silent after its last one, though nobody did."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.importers.happenings import joined, say_what_was_brought
from juluo.importers.models import ImportRun

pytestmark = pytest.mark.django_db
START, END = date(2025, 7, 1), date(2025, 10, 1)


def run(first, last, *, source="slack", status=ImportRun.Status.DONE):
    counts = {"first": f"{first}T09:00:00+00:00", "last": f"{last}T09:00:00+00:00"}
    ImportRun.objects.create(format="slack", source=source, label="x", status=status,
                             asked_at=datetime(2025, 11, 1, tzinfo=UTC), counts=counts)  # fmt: skip


def told():
    return [(each.happening.sources, each.happening.start, each.happening.end)
            for each in say_what_was_brought(START, END)]  # fmt: skip


def test_imports_that_follow_one_another_are_one_stretch():
    run("2024-01-01", "2025-06-30")
    run("2025-07-01", "2025-09-10")

    assert told() == [(("slack",), date(2024, 1, 1), date(2025, 9, 11))]


def test_a_stretch_that_neither_begins_nor_ends_then_is_not_told():
    run("2024-01-01", "2025-11-01")
    run("2024-01-01", "2025-05-01", source="discord")

    assert told() == []


def test_an_import_that_was_refused_brought_nothing():
    run("2024-01-01", "2025-09-10", status=ImportRun.Status.REFUSED)
    ImportRun.objects.create(format="slack", source="slack", label="empty", status="done",
                             asked_at=datetime(2025, 11, 1, tzinfo=UTC))  # fmt: skip

    assert told() == []


days = st.integers(1, 60).map(lambda n: date.fromordinal(739_000 + n))


@given(st.lists(st.tuples(days, days).filter(lambda span: span[0] < span[1])))
def test_stretches_hold_the_same_days_and_lie_apart(spans):
    found = list(joined(spans))

    for low, high in spans:
        assert any(first <= low and high <= after for first, after in found)
    assert all(one[1].toordinal() + 1 < two[0].toordinal()
               for one, two in pairwise(found))  # fmt: skip
