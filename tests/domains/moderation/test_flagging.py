"""Members flag what they can read, once, and not too often."""

from datetime import timedelta

import pytest
from tests.domains.moderation.conftest import AT, flagged, make_member

from juluo.domains.discussions.models import Post, SpaceMember
from juluo.domains.messaging.models import PrivateMessage
from juluo.domains.moderation import rules, services
from juluo.domains.moderation.models import Case, Flag
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord


def subjects(world):
    return {
        "post": f"post:{world.post.pk}",
        "question": f"post:{world.question.pk}",
        "answer": f"answer:{world.answer.pk}",
        "comment": f"comment:{world.comment.pk}",
        "message": f"message:{world.message.pk}",
        "private": f"private:{world.private.pk}",
        "profile": f"member:{world.author.pk}",
    }


def test_everything_that_can_be_read_can_be_flagged(world):
    for kind, subject in subjects(world).items():
        case = flagged(world, subject, consents=True)
        assert (case.kind, case.author_id) == (kind, world.author.pk)
    assert Flag.objects.count() == 7


def test_a_flag_keeps_the_words_as_they_were(world):
    case = flagged(world)
    Post.objects.filter(pk=world.post.pk).update(body="harmless")

    case.refresh_from_db()
    assert (case.title, case.body, case.space_id) == ("A title", "bad words", world.space.pk)


def test_one_member_has_one_flag_on_one_thing(world):
    flagged(world)

    again = services.flag(
        subject=f"post:{world.post.pk}", member=world.flagger, reason="spam", at=AT
    )

    assert again is False
    assert Flag.objects.get().reason == "insult"
    assert EventRecord.objects.filter(name="moderation.flagged").count() == 1


def test_flags_of_several_members_are_one_case(world):
    flagged(world)
    case = flagged(world, by="second", reason="spam")

    assert Case.objects.count() == 1
    assert case.flags.count() == 2


@pytest.mark.parametrize(
    "subject",
    ["post:999999", "post:x", "post:", "post:-1", "post:٣", "case:1", "", "member:0", "post:1:2",
     "post:" + "9" * 30, "private:1' OR 1=1"],
)  # fmt: skip
def test_what_is_not_there_cannot_be_flagged(world, subject):
    with pytest.raises(services.NotThere):
        services.flag(subject=subject, member=world.flagger, reason="spam", at=AT)
    assert not Case.objects.exists()


def test_nobody_flags_their_own(world):
    for subject in subjects(world).values():
        with pytest.raises((services.NotAllowed, services.NotThere)):
            services.flag(subject=subject, member=world.author, reason="spam", consents=True, at=AT)
    assert not Case.objects.exists()


def test_what_is_hidden_from_a_member_cannot_be_flagged_by_them(world):
    world.space.visibility = "hidden"
    world.space.save()
    for kind, subject in subjects(world).items():
        if kind == "profile":
            continue
        with pytest.raises(services.NotThere):
            services.flag(
                subject=subject, member=world.stranger, reason="spam", consents=True, at=AT
            )
    SpaceMember.objects.create(space=world.space, member=world.stranger, joined_at=AT)
    flagged(world, by="stranger")


def test_a_private_message_is_shown_with_consent_only_and_with_five_before(world):
    subject = f"private:{world.private.pk}"
    with pytest.raises(services.NeedsConsent):
        services.flag(subject=subject, member=world.flagger, reason="insult", at=AT)
    assert not Case.objects.exists()

    case = flagged(world, subject, consents=True)

    assert case.body == "private 6"
    assert [each["body"] for each in case.context] == [f"private {n}" for n in range(1, 6)]


def test_staff_cannot_flag_a_private_message_they_are_not_in(world):
    for who in (world.owner, world.moderator, world.second):
        with pytest.raises(services.NotThere):
            services.flag(
                subject=f"private:{world.private.pk}",
                member=who,
                reason="insult",
                consents=True,
                at=AT,
            )
    assert PrivateMessage.objects.count() == 7


def test_another_reason_needs_words(world):
    with pytest.raises(services.SaidNothing):
        flagged(world, reason="other", words=" \u200b\u202e".replace("\u200b", ""))
    assert flagged(world, reason="other", words="odd").flags.get().words == "odd"


def test_a_reason_that_does_not_exist_is_refused(world):
    with pytest.raises(services.CannotBe):
        flagged(world, reason="<script>")


def test_ten_at_once_and_then_one_waits(world):
    for number in range(10):
        post = Post.objects.create(
            space=world.space, author=world.author, body=str(number), published_at=AT
        )
        flagged(world, f"post:{post.pk}")

    with pytest.raises(services.TooMany):
        flagged(world)
    assert Case.objects.count() == 10


def test_the_log_does_not_say_who_flagged(world):
    flagged(world)

    line = EventRecord.objects.get(name="moderation.flagged")
    assert (line.actor_id, line.recipient_id) == (None, None)
    assert set(line.payload) == {"case_id", "kind", "reason"}


def test_moderators_are_told_once_and_never_the_author(world):
    SpaceMember.objects.create(
        space=world.space, member=world.author, role="moderator", joined_at=AT
    )
    flagged(world)
    flagged(world, by="second")

    told = Notification.objects.filter(kind="moderation.flagged")
    assert {row.member.display_name for row in told} == {
        "Keeper", "Moderator", "Moderator2", "Operator", "Owner"
    }  # fmt: skip
    assert told.count() == 5


# --- first aid


def voices(*days, at=AT, days_old=7, active=True):
    people = [
        rules.Flagger(
            joined_at=AT - timedelta(days=day),
            joined_on=(AT - timedelta(days=day)).date(),
            is_active=active,
        )
        for day in days
    ]
    return rules.voices(people, at=at, days_old=days_old)


def test_members_who_joined_on_one_day_are_one_voice():
    assert voices(30, 30, 30) == 1
    assert voices(30, 31, 32) == 3


def test_new_and_suspended_members_have_no_voice():
    assert voices(1, 2, 6) == 0
    assert voices(7, 8) == 2
    assert voices(30, 31, active=False) == 0


def test_three_members_hide_something_until_somebody_has_looked(world):
    for who in ("flagger", "second"):
        flagged(world, by=who)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None

    case = flagged(world, by="third")

    post = Post.objects.get(pk=world.post.pk)
    assert (post.is_held, case.is_away) == (True, True)
    assert Notification.objects.filter(member=world.author, kind="moderation.held").count() == 1


def test_many_new_accounts_hide_nothing(world):
    for number in range(8):
        fresh = make_member(f"fresh{number}", at=AT - timedelta(days=2))
        services.flag(subject=f"post:{world.post.pk}", member=fresh, reason="spam", at=AT)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


def test_many_accounts_of_one_old_day_hide_nothing(world):
    for number in range(8):
        sleeper = make_member(f"sleeper{number}", day=0)
        services.flag(subject=f"post:{world.post.pk}", member=sleeper, reason="spam", at=AT)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


def test_what_staff_wrote_is_never_hidden_by_flags(world):
    Post.objects.filter(pk=world.post.pk).update(author=world.moderator)
    for who in ("flagger", "second", "third", "keeper"):
        flagged(world, by=who)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


def test_what_was_left_standing_is_not_hidden_again(world):
    for who in ("flagger", "second", "third"):
        case = flagged(world, by=who)
    services.decide(case_id=case.pk, actor=world.moderator, acts=["dismiss"], at=AT)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None

    for who in ("flagger", "second", "third"):
        flagged(world, by=who)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


def test_a_community_can_do_without_first_aid(world):
    services.change_first_aid(hide_after=0, days_old=7, actor=world.operator, at=AT)
    for who in ("flagger", "second", "third", "keeper"):
        flagged(world, by=who)
    assert Post.objects.get(pk=world.post.pk).deleted_at is None


def test_only_operators_change_first_aid(world):
    with pytest.raises(services.NotAllowed):
        services.change_first_aid(hide_after=1, days_old=1, actor=world.moderator, at=AT)


def test_an_author_cannot_put_back_what_flags_hid(world):
    from juluo.domains.discussions import services as talk

    for who in ("flagger", "second", "third"):
        flagged(world, by=who)
    with pytest.raises(talk.NotAllowed):
        talk.restore(subject=f"post:{world.post.pk}", actor_id=world.author.pk, at=AT)
    assert Post.objects.get(pk=world.post.pk).is_held
