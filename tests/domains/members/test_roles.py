import pytest
from tests.domains.conftest import AT

from juluo.domains.members import services
from juluo.domains.members.models import AuditEntry, Member
from juluo.eventlog.models import EventRecord


def decide(service, people, actor, member, **values):
    service(
        actor_id=people[actor].pk,
        member_id=people[member].pk,
        at=AT,
        address="192.0.2.7",
        **values,
    )


def test_the_owner_gives_a_role_and_it_is_kept(people):
    decide(services.change_role, people, "owner", "member", role="moderator")

    assert Member.objects.get(pk=people["member"].pk).role == "moderator"
    record = EventRecord.objects.get(name="members.role_changed")
    assert record.actor_id == people["owner"].pk
    assert record.payload == {
        "member_id": people["member"].pk,
        "before": "member",
        "after": "moderator",
    }
    entry = AuditEntry.objects.get(action="members.role_changed")
    assert (entry.subject, entry.address) == (f"member:{people['member'].pk}", "192.0.2.7")


@pytest.mark.parametrize("actor", ["operator", "moderator", "member"])
def test_nobody_else_gives_roles_and_no_trace_is_left(people, actor):
    with pytest.raises(services.NotAllowed):
        decide(services.change_role, people, actor, actor, role="owner")

    assert Member.objects.get(pk=people[actor].pk).role == actor
    assert not AuditEntry.objects.exists()
    assert not EventRecord.objects.filter(name="members.role_changed").exists()


def test_the_last_owner_stays_owner(people):
    with pytest.raises(services.LastOwner):
        decide(services.change_role, people, "owner", "owner", role="member")

    decide(services.change_role, people, "owner", "operator", role="owner")
    decide(services.change_role, people, "owner", "owner", role="member")
    assert [m.display_name for m in Member.objects.filter(role="owner")] == ["Operator"]


def test_staff_are_people(people):
    with pytest.raises(services.NotAllowed):
        decide(services.change_kind, people, "owner", "moderator", kind="bot")
    decide(services.change_kind, people, "operator", "member", kind="bot")
    with pytest.raises(services.StaffArePeople):
        decide(services.change_role, people, "owner", "member", role="moderator")

    assert Member.objects.get(pk=people["member"].pk).role == "member"


def test_suspending_ends_every_session_and_can_be_undone(people, client):
    client.force_login(people["member"])
    assert client.get("/spaces/").status_code == 200

    decide(services.suspend, people, "operator", "member")
    assert client.get("/spaces/").status_code == 302

    decide(services.reinstate, people, "operator", "member")
    assert Member.objects.get(pk=people["member"].pk).is_active
    names = list(EventRecord.objects.order_by("pk").values_list("name", flat=True))
    assert names[-2:] == ["members.suspended", "members.reinstated"]


@pytest.mark.parametrize(
    ("actor", "member"), [("operator", "moderator"), ("moderator", "member"), ("owner", "owner")]
)
def test_some_accounts_are_not_theirs_to_suspend(people, actor, member):
    with pytest.raises(services.NotAllowed):
        decide(services.suspend, people, actor, member)

    assert Member.objects.get(pk=people[member].pk).is_active


def test_the_first_owner_is_made_once(db):
    owner = services.create_owner(
        email=" Lin@Example.org", password="correct horse 42", display_name="林", at=AT
    )

    assert (owner.email, owner.role) == ("lin@example.org", "owner")
    with pytest.raises(services.OwnerExists):
        services.create_owner(email="x@example.org", password="x" * 12, display_name="X", at=AT)
    assert Member.objects.count() == 1


def test_an_address_belongs_to_one_account(people):
    with pytest.raises(services.EmailTaken):
        services.create_member(email="OWNER@example.org", display_name="Other", at=AT)

    assert Member.objects.count() == 4
