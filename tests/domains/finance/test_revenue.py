"""What was earned, what came in for it, and what was wrong."""

from datetime import date

import pytest
from tests.domains.finance.conftest import NOON, balances, stated, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import RevenueEntry, Stream
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db


def earn(books, amount=100, *, key="shop", day=date(2026, 3, 1), form_key=None):
    earning = services.Earning(
        stream_id=Stream.objects.get(key=key).pk, stated=stated(amount), earned_on=day
    )
    return services.record_revenue(
        earning=earning,
        form_key=form_key or books.key(),
        actor_id=books.people["operator"].pk,
        at=NOON,
    )


def reconcile(books, entry, received):
    services.reconcile_revenue(
        entry_id=entry.pk, received=yuan(received), actor_id=books.people["operator"].pk, at=NOON
    )


def void(books, entry, reason="重复"):
    services.void_revenue(
        entry_id=entry.pk, reason=reason, actor_id=books.people["operator"].pk, at=NOON
    )


def test_recorded_then_reconciled_the_difference_stays_to_be_seen(books):
    entry = earn(books, 100)
    assert balances() == {"receivable": 10_000, "earned": -10_000}

    reconcile(books, entry, 97)

    assert balances() == {"cash": 9_700, "difference": 300, "earned": -10_000}
    (row,) = queries.revenue_entries()
    assert (row.difference, row.received) == (yuan(3), yuan(97))
    with pytest.raises(services.WrongState):
        reconcile(books, entry, 100)
    assert balances()["cash"] == 9_700


def test_a_form_sent_twice_records_once(books):
    assert earn(books, form_key="same") == earn(books, form_key="same")

    assert RevenueEntry.objects.count() == 1
    assert EventRecord.objects.filter(name="finance.revenue_recorded").count() == 1


@pytest.mark.parametrize("reconciled", [False, True])
def test_a_wrong_entry_is_taken_out_by_its_opposite(books, reconciled):
    entry = earn(books)
    if reconciled:
        reconcile(books, entry, 97)
    with pytest.raises(services.ReasonMissing):
        void(books, entry, reason=" ")

    void(books, entry)
    with pytest.raises(services.WrongState):
        void(books, entry)
    with pytest.raises(services.WrongState):
        reconcile(books, entry, 1)

    assert balances() == {}
    assert RevenueEntry.objects.get().amount == 10_000
    assert all(not row.recorded for row in queries.revenue_by_stream())


def test_streams_sum_their_days_in_one_query(books, django_assert_num_queries):
    reconcile(books, earn(books, 100), 97)
    earn(books, 50)
    earn(books, 9, key="ads", day=date(2025, 12, 31))

    with django_assert_num_queries(2):
        rows = queries.revenue_by_stream(start=date(2026, 1, 1), end=date(2027, 1, 1))

    shop = next(row for row in rows if row.entries)
    assert (shop.entries, shop.recorded, shop.reconciled) == (2, yuan(150), yuan(100))
    assert (shop.received, shop.open, shop.difference) == (yuan(97), yuan(50), yuan(3))
    assert len(queries.revenue_entries(open_only=True)) == 2
