"""Guidelines in versions: accepted, binding after a while, and who has not accepted is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from juluo.domains.members import queries, services
from juluo.domains.members.models import Acceptance, AuditEntry, Guidelines
from juluo.domains.members.rules.guidelines import compared
from juluo.domains.notifications import queries as notifications
from juluo.domains.notifications import services as telling
from juluo.eventlog import subscriptions
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 10, 9, tzinfo=UTC)  # a week after everybody joined
DAY = timedelta(days=1)


def publish(people, *, text="Be kind.", change="", days=14, at=AT, zh=""):
    return services.publish_guidelines(
        text_en=text,
        text_zh=zh,
        change=change,
        days_to_accept=days,
        actor_id=people["operator"].pk,
        at=at,
    )


def accept(member, number=1, at=AT):
    return services.accept_guidelines(member_id=member.pk, number=number, at=at)


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def inbox(member):
    return [each.words for each in notifications.inbox(member_id=member.pk)]


def test_without_guidelines_nobody_waits(people):
    assert queries.may_write(people["member"], AT)
    assert queries.guideline_standing() is None
    assert Client().get("/guidelines/").status_code == 200


def test_those_who_were_here_have_time_and_newcomers_accept_first(people):
    publish(people)
    new = services.create_member(email="n@example.org", display_name="New", at=AT + DAY)

    assert queries.may_write(people["member"], AT + 14 * DAY - timedelta(seconds=1))
    assert not queries.may_write(people["member"], AT + 14 * DAY)
    assert not queries.may_write(new, AT + DAY)
    accept(new, at=AT + DAY)
    accept(people["member"], at=AT + 15 * DAY)
    assert queries.may_write(new, AT + DAY)
    assert queries.may_write(people["member"], AT + 15 * DAY)


def test_a_change_is_accepted_anew(people):
    publish(people)
    accept(people["member"])
    publish(people, text="Be kind. Stay on topic.", days=7, at=AT + 30 * DAY)

    assert queries.may_write(people["member"], AT + 36 * DAY)
    assert not queries.may_write(people["member"], AT + 37 * DAY)
    assert accept(people["member"], 2, AT + 37 * DAY)
    assert queries.may_write(people["member"], AT + 37 * DAY)


def test_accepted_twice_it_is_once(people):
    publish(people)

    assert accept(people["member"])
    assert not accept(people["member"])
    assert Acceptance.objects.count() == 1
    assert EventRecord.objects.filter(name="members.guidelines_accepted").count() == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_only_the_current_version_can_be_accepted(people, number):
    publish(people)
    publish(people, text="Newer", at=AT + DAY)

    with pytest.raises(services.NotCurrent):
        accept(people["member"], number)
    assert not Acceptance.objects.exists()


def test_what_says_nothing_is_not_published(people):
    with pytest.raises(services.NothingSaid):
        publish(people, text=" \n ")

    assert not Guidelines.objects.exists()
    answer = as_(people["operator"]).post("/console/guidelines/new/", {"days_to_accept": "7"})
    assert answer.status_code == 422


def test_versions_and_acceptances_stay_as_they_were(people):
    publish(people)
    accept(people["member"])

    for change in (
        "UPDATE members_guidelines SET text_en = 'x'",
        "DELETE FROM members_acceptance",
        "UPDATE members_acceptance SET member_id = member_id",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Guidelines.objects.get().text_en == "Be kind."


def test_everybody_is_told_of_a_new_version_and_the_late_are_reminded(people):
    publish(people)
    subscriptions.deliver()
    accept(people["member"])
    services.remind_of_guidelines(actor_id=people["operator"].pk, at=AT + DAY)
    subscriptions.deliver()

    told = "Version 1 of the guidelines is out: please read and accept it"
    again = "Version 1 of the guidelines still waits for you to accept it"
    assert inbox(people["member"]) == [told]
    assert inbox(people["moderator"]) == [again, told]
    telling.send_due_mail(now=AT + DAY)
    assert sorted(to for each in mail.outbox for to in each.to) == [
        "moderator@example.org",
        "operator@example.org",
        "owner@example.org",
    ]
    assert AuditEntry.objects.filter(action="members.guidelines_reminded").count() == 1


def test_reminding_again_on_the_same_day_is_refused(people):
    publish(people)
    services.remind_of_guidelines(actor_id=people["operator"].pk, at=AT)

    with pytest.raises(services.TooOften):
        services.remind_of_guidelines(actor_id=people["operator"].pk, at=AT + DAY / 2)
    assert EventRecord.objects.filter(name="members.guidelines_reminded").count() == 1
    services.remind_of_guidelines(actor_id=people["operator"].pk, at=AT + 1.5 * DAY)


def test_operators_see_who_has_not_accepted(people):
    publish(people)
    accept(people["member"])
    accept(people["owner"])
    services.create_member(email=None, display_name="Known from elsewhere", at=AT)
    bot = services.create_member(email="b@example.org", display_name="Bot", kind="bot", at=AT)

    standing = queries.guideline_standing()
    assert (standing.accepted, standing.asked) == (2, 4)
    assert [each.name for each in standing.waiting] == ["Moderator", "Operator"]
    assert bot.pk not in queries.who_has_not_accepted()
    page = as_(people["operator"]).get("/console/guidelines/").content.decode()
    assert "2 of 4 accepted version 1" in page


def test_a_member_reads_accepts_and_is_thanked(people):
    services.publish_guidelines(
        text_en="Be **kind**. <script>x</script>",
        text_zh="与人**为善**。",
        change="First words",
        days_to_accept=0,
        actor_id=people["owner"].pk,
        at=AT,
    )
    client = as_(people["member"])
    english = client.get("/guidelines/").content.decode()
    chinese = Client(headers={"accept-language": "zh-hans"}).get("/guidelines/").content.decode()

    assert "Be <strong>kind</strong>" in english
    assert "<script>x" not in english
    assert "before you write, please accept" in english
    assert "<strong>为善</strong>" in chinese
    client.post("/guidelines/accept/", {"number": "1"})
    assert "You accepted this version." in client.get("/guidelines/").content.decode()


def test_two_versions_can_be_compared(people):
    publish(people, text="Be kind.\nNo spam.")
    publish(people, text="Be kind.\nNo adverts.", at=AT + DAY)
    page = Client().get("/guidelines/2/?with=1").content.decode()

    assert "No adverts.</ins>" in page
    assert "No spam.</del>" in page
    for odd in ("x", "9", "-1", "²", "1" * 40):
        assert Client().get(f"/guidelines/2/?with={odd}").status_code == 200
    assert Client().get("/guidelines/3/").status_code == 404


@given(before=st.lists(st.sampled_from("abc")), after=st.lists(st.sampled_from("abc")))
def test_a_comparison_holds_both_texts_whole(before, after):
    lines = compared("\n".join(before), "\n".join(after))

    assert [line for mark, line in lines if mark != "new"] == before
    assert [line for mark, line in lines if mark != "gone"] == after


def test_the_history_costs_two_queries(people, django_assert_num_queries):
    for number in range(5):
        publish(people, text=f"{number}", at=AT + number * DAY)
    with django_assert_num_queries(2):
        assert [each.number for each in queries.guideline_versions()] == [5, 4, 3, 2, 1]
