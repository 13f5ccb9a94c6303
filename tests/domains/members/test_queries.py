from datetime import timedelta

import pytest
from django.db import transaction
from tests.domains.conftest import AT

from juluo.domains.members import queries, services
from juluo.domains.members.models import Member
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import PostPublished


@pytest.fixture
def crowd(people):
    names = ["林晓梅", "王建国", "Ada"]
    crowd = [services.create_member(email=None, display_name=name, at=AT) for name in names]
    services.add_identity(member_id=crowd[0].pk, source="slack", outside_id="U1", name="xiaomei")
    services.add_identity(member_id=crowd[2].pk, source="discord", outside_id="7", name="ada")
    with transaction.atomic():
        record_many(
            Happening(
                event=PostPublished(subject_id=f"post:{n}", thread_id=f"post:{n}", space_id=1),
                at=AT + timedelta(hours=n),
                actor_id=crowd[0].pk,
            )
            for n in range(3)
        )
    return crowd


def found(viewer, **filters):
    return [row.name for row in queries.listing(viewer=viewer, **filters).rows]


def test_finds_by_hanzi_by_outside_name_and_by_what_they_are(people, crowd):
    owner = people["owner"]

    assert found(owner, q="晓梅") == ["林晓梅"]
    assert found(owner, q="XIAOMEI") == ["林晓梅"]
    assert found(owner, source="discord") == ["Ada"]
    assert found(owner, role="moderator") == ["Moderator"]
    assert found(owner, q="moderator@") == ["Moderator"]


def test_addresses_are_neither_shown_to_moderators_nor_found_by_them(people, crowd):
    moderator = people["moderator"]

    assert found(moderator, q="owner@example.org") == []
    rows = queries.listing(viewer=moderator).rows
    assert {row.email for row in rows} == {None}


def test_a_row_tells_what_they_did(people, crowd):
    (row,) = queries.listing(viewer=people["owner"], q="晓梅").rows

    assert (row.contributions, row.last_seen_at) == (3, AT + timedelta(hours=2))
    assert row.sources == ("slack",)


def test_walking_the_pages_while_others_join_meets_everyone_once(people, django_assert_num_queries):
    for number in range(120):
        services.create_member(email=None, display_name=f"m{number}", at=AT)
    everyone = set(Member.objects.values_list("pk", flat=True))

    met, after = [], None
    while True:
        with django_assert_num_queries(5):
            page = queries.listing(viewer=people["owner"], after=after)
        met += [row.id for row in page.rows]
        services.create_member(email=None, display_name="late", at=AT)
        after = page.next_after
        if after is None:
            break

    assert len(met) == len(set(met))
    assert set(met) == everyone


def test_the_audit_reads_newest_first(people):
    for role in ("moderator", "operator"):
        services.change_role(
            actor_id=people["owner"].pk, member_id=people["member"].pk, role=role, at=AT
        )

    rows, more = queries.audit_page()

    assert [row.details["after"] for row in rows] == ["operator", "moderator"]
    assert (rows[0].actor_name, more) == ("Owner", None)
