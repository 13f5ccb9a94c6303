"""Categories, streams, rules and the currency of the books."""

import pytest
from tests.domains.finance.conftest import NOON, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import ApprovalRule, Category
from juluo.domains.finance.types import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def common(people):
    return {"list_name": "category", "actor_id": people["operator"].pk, "at": NOON}


def names():
    return [label for _id, label in queries.categories()]


def test_begins_with_the_six_of_the_trade(books):
    assert names() == ["Content", "Activities", "Service", "Promotion", "Wages", "Other"]
    assert [label for _id, label in queries.streams()] == [
        "Advertising",
        "Shop",
        "Paid membership",
        "Activities",
        "Other",
    ]


def test_can_be_added_renamed_moved_and_retired(books, common):
    added = services.add_entry(name="差旅", **common)
    services.rename_entry(entry_id=books.category().pk, name="内容制作", **common)
    services.move_entry(entry_id=added.pk, up=True, **common)
    services.retire_entry(entry_id=books.category("wages").pk, retired=True, **common)

    assert names() == ["内容制作", "Activities", "Service", "Promotion", "差旅", "Other"]
    services.retire_entry(entry_id=books.category("wages").pk, retired=False, **common)
    assert "Wages" in names()


def test_two_of_one_name_are_refused_whatever_the_case(books, common):
    with pytest.raises(services.NameTaken):
        services.add_entry(name="content", **common)
    with pytest.raises(services.NameTaken):
        services.rename_entry(entry_id=books.category("wages").pk, name="OTHER", **common)

    assert len(names()) == 6


def test_the_last_one_stays(books, common):
    *others, last = Category.objects.order_by("pk")
    for each in others:
        services.retire_entry(entry_id=each.pk, retired=True, **common)

    with pytest.raises(services.LastEntry):
        services.retire_entry(entry_id=last.pk, retired=True, **common)


def test_moving_beyond_an_end_changes_nothing(books, common):
    before = names()
    services.move_entry(entry_id=books.category().pk, up=True, **common)
    services.move_entry(entry_id=books.category("other").pk, up=False, **common)
    assert names() == before


def test_only_owners_set_the_rules_and_old_ones_stay(books, people):
    with pytest.raises(services.NotAllowed):
        services.set_rules(
            owner_from=yuan(1), two_from=None, actor_id=people["operator"].pk, at=NOON
        )
    for limit in (100, 200):
        services.set_rules(
            owner_from=yuan(limit), two_from=None, actor_id=people["owner"].pk, at=NOON
        )

    assert ApprovalRule.objects.count() == 2
    current = queries.rule_in_force()
    assert (current.owner_from, current.two_from, current.set_by) == (yuan(200), None, "Owner")


def test_the_currency_is_chosen_while_the_books_are_empty(books, people):
    owner = people["owner"].pk
    with pytest.raises(services.NotAllowed):
        services.choose_currency(currency="USD", actor_id=people["operator"].pk, at=NOON)
    services.choose_currency(currency="JPY", actor_id=owner, at=NOON)
    assert queries.books_currency() == "JPY"
    assert queries.rule_in_force().owner_from == Money(5_000, "JPY")

    services.choose_currency(currency="CNY", actor_id=owner, at=NOON)
    books.budget()
    with pytest.raises(services.BooksInUse):
        services.choose_currency(currency="USD", actor_id=owner, at=NOON)
    assert queries.books_currency() == "CNY"
