"""What members say of themselves: each as they like, and never told of a few."""

from collections import defaultdict
from datetime import UTC, datetime
from itertools import permutations, product

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given as for_all
from hypothesis import strategies as st

from juluo.domains.members import queries, services
from juluo.domains.members.models import CompositionAnswer, Consent
from juluo.domains.members.rules.composition import shown_counts
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


def say(member, asked="region", chosen=("xizang",), seen="totals"):
    services.say(member_id=member.pk, asked=asked, chosen=chosen, seen=seen, at=AT)


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def crowd(counts, *, asked="gender", seen="totals"):
    """So many members who each chose one thing."""
    for choice, count in counts.items():
        for number in range(count):
            member = services.create_member(
                email=f"{choice}{number}@example.org", display_name=f"{choice}{number}", at=AT
            )
            say(member, asked, (choice,), seen)


def ledger():
    return list(Consent.objects.order_by("pk").values_list("purpose", "given", "words_version"))


def test_each_change_of_who_may_know_is_a_line_of_the_ledger(people):
    say(people["member"], seen="members")
    say(people["member"], seen="totals")
    say(people["member"], seen="totals", chosen=("beijing",))
    say(people["member"], seen="nobody")

    assert ledger() == [
        ("composition.region.members", True, 1),
        ("composition.region.totals", True, 1),
        ("composition.region.members", False, 1),
        ("composition.region.totals", False, 1),
    ]


def test_the_log_knows_that_someone_agreed_and_not_what_they_said(people):
    say(people["member"])

    (event,) = EventRecord.objects.filter(name="members.consent_given")
    assert event.payload == {
        "member_id": people["member"].pk,
        "purpose": "composition.region.totals",
    }


def test_the_ledger_cannot_be_changed(people):
    say(people["member"])

    for change in (
        "UPDATE members_consent SET given = NOT given",
        "DELETE FROM members_consent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert len(ledger()) == 1


@pytest.mark.parametrize(
    ("asked", "chosen", "seen"),
    [
        ("shoe_size", ("42",), "totals"),
        ("region", ("atlantis",), "totals"),
        ("region", ("beijing", "xizang"), "totals"),
        ("region", ("beijing",), "everyone"),
    ],
)
def test_what_was_never_offered_is_refused(people, asked, chosen, seen):
    with pytest.raises(services.NotAnAnswer):
        say(people["member"], asked, chosen, seen)

    assert not CompositionAnswer.objects.exists()
    assert not Consent.objects.exists()


def test_taking_back_takes_the_answer_out_at_once(people):
    crowd({"woman": 5})
    answered = {each.key: each.answered for each in queries.composition()}
    one = CompositionAnswer.objects.first()

    as_(one.member).post("/accounts/about-me/take-back/")

    assert answered["gender"] == 5
    assert {each.key: each.answered for each in queries.composition()}["gender"] is None
    assert not CompositionAnswer.objects.filter(member=one.member).exists()
    assert ledger()[-1] == ("composition.gender.totals", False, 1)


@pytest.mark.parametrize("seen", ["nobody", "totals", "members"])
def test_an_answer_is_seen_where_its_member_lets_it_be_seen_and_nowhere_else(people, seen):
    say(people["member"], seen=seen)
    say(people["member"], "age", ("65+",), seen)

    for role, viewer in people.items():
        page = as_(viewer).get(f"/members/{people['member'].pk}/").content.decode()
        assert ("Xizang" in page) is (seen == "members"), role
        assert ("65 and older" in page) is (seen == "members"), role
    for address in (
        f"/console/members/{people['member'].pk}/",
        "/console/members/",
        "/console/members/who/",
        "/console/audit/",
    ):
        page = as_(people["owner"]).get(address).content.decode()
        assert "Xizang" not in page
        assert "65 and older" not in page
        assert "xizang" not in page
    logged = str(list(EventRecord.objects.values()))
    assert "xizang" not in logged
    assert "65+" not in logged


def test_only_me_counts_for_nothing(people):
    crowd({"woman": 5}, seen="nobody")

    assert {each.answered for each in queries.composition()} == {None}
    assert not Consent.objects.exists()


def test_shares_are_of_those_who_answered_and_coverage_is_of_all_who_could(people):
    crowd({"woman": 6, "man": 10})

    gender = next(each for each in queries.composition() if each.key == "gender")
    assert (gender.answered, gender.asked) == (16, 20)
    assert [(str(row.label), row.count) for row in gender.shares] == [("Man", 10), ("Woman", 6)]
    assert gender.is_whole


def test_a_few_are_not_told_of_nor_can_they_be_reckoned_back(people):
    crowd({"woman": 9, "man": 10, "another": 2})

    gender = next(each for each in queries.composition() if each.key == "gender")
    page = as_(people["operator"]).get("/console/members/who/").content.decode()
    assert gender.answered == 21
    assert len(gender.shares) == 1
    assert not gender.is_whole
    assert "Another" not in page
    assert "Other answers are left out" in page


def views_of(least, places, most, *, one_each):
    """Every world of so many places, by what a viewer is shown of it under each secret order."""
    worlds = defaultdict(set)
    for counts in product(range(most + 1), repeat=places):
        sums = [sum(counts)] if one_each else range(max(counts), min(most, sum(counts)) + 1)
        for answered, order in product(sums, permutations(range(places))):
            shown = shown_counts(
                counts, answered=answered, least=least, order=order, one_each=one_each
            )
            told = None if shown is None else tuple(each or None for each in shown)
            worlds[answered if answered >= least else None, told].add(counts)
    return worlds


@pytest.mark.parametrize("one_each", [True, False])
@pytest.mark.parametrize(("least", "places", "most"), [(3, 2, 9), (3, 3, 7), (4, 3, 8), (3, 4, 5)])
def test_whoever_knows_the_rule_cannot_reckon_a_small_count_back(least, places, most, one_each):
    for (answered, told), worlds in views_of(least, places, most, one_each=one_each).items():
        if answered and answered > most:  # worlds with larger counts would show the same
            continue
        for place in range(places):
            possible = {counts[place] for counts in worlds}
            assert len(possible) > 1 or possible.pop() not in range(1, least), (answered, told)


@for_all(
    counts=st.lists(st.integers(0, 40), min_size=1, max_size=12),
    least=st.integers(3, 10),
    salt=st.integers(0, 1000),
)
def test_no_small_count_is_shown_and_what_is_hidden_hides_each_other(counts, least, salt):
    order = sorted(range(len(counts)), key=lambda place: hash((salt, place)))
    shown = shown_counts(counts, answered=sum(counts), least=least, order=order, one_each=True)
    if shown is None:
        return
    hidden = [count for count, each in zip(counts, shown, strict=True) if each is None]
    assert all(each == 0 or each is None or each >= least for each in shown)
    assert all(each in (None, count) for each, count in zip(shown, counts, strict=True))
    # From the outside each hidden count could as well be one that is large enough.
    assert not hidden or sum(hidden) - (len(hidden) - 1) >= least
    assert len(hidden) != 1


def test_the_page_of_totals_costs_two_queries(people, django_assert_num_queries):
    crowd({"woman": 6, "man": 10})
    with django_assert_num_queries(2):
        queries.composition()


def test_a_form_keeps_what_was_chosen_and_says_what_is_wrong(people):
    client = as_(people["member"])
    blank = {f"{key}_seen": "nobody" for key in ("occupation", "age", "region", "gender")}
    many = list(queries.CHOICES["interests"])[:9]
    refused = client.post(
        "/accounts/about-me/", {**blank, "interests_seen": "totals", "interests": many}
    )
    taken = client.post(
        "/accounts/about-me/", {**blank, "interests_seen": "totals", "interests": many[:2]}
    )

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert CompositionAnswer.objects.get().chosen == many[:2]
