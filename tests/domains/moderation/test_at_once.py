"""Several at once: one takes the case, one decides, flags are one case, claims come true once."""

import contextlib
import threading
from datetime import timedelta

import pytest
from tests.domains.moderation.conftest import AT, flagged, make_member, make_person, make_world
from tests.threads import run_in_thread

from juluo.domains.members.models import Member
from juluo.domains.moderation import services
from juluo.domains.moderation.models import Case, Claim, Decision, Flag
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowded(transactional_db):
    return make_world()


def in_turn(acts, refusals):
    """Run these at once, each in a thread of its own; return how many were not refused."""
    waiting, done, lock = iter(acts), [], threading.Lock()

    def one():
        with lock:
            act = next(waiting)
        with contextlib.suppress(*refusals):
            act()
            done.append(act)

    run_in_thread(one, together=len(acts))
    return len(done)


def test_of_two_moderators_who_take_a_case_one_has_it(crowded):
    case = flagged(crowded)
    actors = [crowded.moderator, crowded.moderator2, crowded.operator, crowded.owner]
    taken = in_turn(
        [
            lambda actor=actor: services.take_case(case_id=case.pk, actor=actor, at=AT)
            for actor in actors
        ],
        (services.TakenByOther,),
    )
    assert taken == 1
    assert EventRecord.objects.filter(name="moderation.case_taken").count() == 1


def test_of_several_who_decide_one_does(crowded):
    case = flagged(crowded)
    actors = [crowded.moderator, crowded.moderator2, crowded.operator, crowded.owner]
    decided = in_turn(
        [
            lambda actor=actor, act=act: services.decide(
                case_id=case.pk, actor=actor, acts=[act], reason="spam", at=AT
            )
            for actor, act in zip(actors, ("hide", "dismiss", "remove", "warn"), strict=True)
        ],
        (services.AlreadyDecided, services.TakenByOther),
    )
    assert decided == 1
    assert Decision.objects.count() == 1


def test_flags_at_once_are_one_case_and_none_is_lost(crowded):
    members = [make_member(f"m{n}", at=AT - timedelta(days=20 + n)) for n in range(6)]
    services.change_first_aid(hide_after=0, days_old=7, actor=crowded.owner, at=AT)
    in_turn(
        [
            lambda member=member: services.flag(
                subject=f"post:{crowded.post.pk}", member=member, reason="spam", at=AT
            )
            for member in members
        ],
        (),
    )
    assert Case.objects.count() == 1
    assert Flag.objects.count() == 6


def test_two_claims_of_one_person_come_true_once(crowded):
    person = make_person()
    claims = [
        services.claim_history(person_id=person.pk, member=member, at=AT)
        for member in (crowded.flagger, crowded.second)
    ]
    in_turn(
        [
            lambda claim=claim: services.approve_claim(
                claim_id=claim.pk, actor=crowded.operator, at=AT
            )
            for claim in claims
        ],
        (services.AlreadyDecided,),
    )
    assert Claim.objects.filter(status="approved").count() == 1
    assert Member.objects.exclude(same_as=None).count() == 1
