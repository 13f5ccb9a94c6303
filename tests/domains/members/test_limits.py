from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from juluo.domains.members.models import RateBucket
from juluo.domains.members.services import Limit, drop_idle_buckets, give_back, take

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
LIMIT = Limit(burst=3, per_hour=2)


def tries(count, at=AT):
    return [take(key="k", limit=LIMIT, at=at) for _ in range(count)]


@pytest.mark.django_db
def test_refuses_when_the_bucket_is_empty_and_refills_slowly():
    assert tries(5) == [True, True, True, False, False]
    assert tries(2, AT + timedelta(minutes=30)) == [True, False]
    assert tries(5, AT + timedelta(days=2)) == [True, True, True, False, False]


@pytest.mark.django_db
def test_a_clock_set_back_gives_nothing():
    tries(3)

    assert tries(1, AT - timedelta(days=1)) == [False]
    assert tries(1, AT + timedelta(minutes=29)) == [False]


@pytest.mark.django_db
def test_a_token_given_back_can_be_taken_again_but_never_more_than_fit():
    tries(3)
    for _ in range(9):
        give_back(key="k", limit=LIMIT)

    assert tries(5) == [True, True, True, False, False]


@pytest.mark.django_db
def test_idle_buckets_are_forgotten():
    take(key="old", limit=LIMIT, at=AT - timedelta(days=3))
    take(key="new", limit=LIMIT, at=AT)

    assert drop_idle_buckets(at=AT) == 1
    assert [bucket.key for bucket in RateBucket.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_is_exact_when_many_try_at_once():
    def one(_):
        try:
            return take(key="race", limit=Limit(burst=20, per_hour=0), at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(one, range(100)))

    assert passed == 20
