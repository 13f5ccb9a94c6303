"""Many members at once: nothing is lost, and every count is right."""

import contextlib
import threading
from datetime import timedelta

import pytest
from tests.domains.discussions.conftest import AT, make_member, make_space
from tests.threads import run_in_thread

from juluo.domains.discussions import services
from juluo.domains.discussions.models import Answer, Comment, Post, Reaction, Revision, Space
from juluo.eventlog.models import EventRecord

LATER = AT + timedelta(hours=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    from types import SimpleNamespace

    names = ("author", "joined", "keeper", "outsider", "moderator", "operator")
    roles = {"moderator": "moderator", "operator": "operator"}
    crowd = SimpleNamespace(**{n: make_member(n, roles.get(n, "member")) for n in names})
    return crowd, make_space(crowd)


def numbered(act, together):
    """Run ``act(number)`` in many threads at once, each with a number of its own."""
    numbers = iter(range(together))
    lock = threading.Lock()

    def one():
        with lock:
            number = next(numbers)
        act(number)

    run_in_thread(one, together=together)


def test_sixty_four_at_once_lose_no_comment(world):
    _crowd, place = world
    writers = [make_member(f"w{n}").pk for n in range(8)]

    def write(number):
        services.write_comment(
            post_id=place.post.pk, author_id=writers[number % 8], body=f"c{number}", at=LATER
        )

    numbered(write, 64)

    post = Post.objects.get(pk=place.post.pk)
    assert post.comment_count == Comment.objects.filter(post=post).count() == 65
    assert EventRecord.objects.filter(name="discussions.comment_written").count() == 64


def test_sixty_four_marks_at_once_are_all_counted(world):
    _crowd, place = world
    members = [make_member(f"m{n}").pk for n in range(32)]

    def mark(number):
        services.react(
            subject=f"answer:{place.answer.pk}",
            emoji=("+1", "heart")[number % 2],
            member_id=members[number // 2],
            at=LATER,
        )

    numbered(mark, 64)

    answer = Answer.objects.get(pk=place.answer.pk)
    assert (answer.reaction_counts, answer.votes) == ({"+1": 32, "heart": 32}, 64)
    assert Reaction.objects.count() == 64


def test_deleting_and_restoring_at_once_leaves_the_count_right(world):
    crowd, place = world
    subject = f"comment:{place.comment.pk}"

    def turn(number):
        act = services.delete if number % 2 else services.restore
        act(subject=subject, actor_id=crowd.author.pk, at=LATER)

    numbered(turn, 16)

    standing = Comment.objects.filter(post=place.post, deleted_at=None).count()
    assert Post.objects.get(pk=place.post.pk).comment_count == standing


def test_one_form_sent_eight_times_at_once_is_written_once(world):
    crowd, place = world

    def publish():
        services.publish_post(
            space_id=place.space.pk, author_id=crowd.outsider.pk, title="t", body="b",
            once="k", at=LATER,
        )  # fmt: skip

    run_in_thread(publish, together=8)

    assert Post.objects.filter(title="t").count() == 1
    assert EventRecord.objects.filter(name="discussions.post_published").count() == 1


def test_of_edits_at_once_none_overwrites_another(world):
    crowd, place = world
    kept = []

    def change(number):
        try:
            services.edit(
                subject=f"comment:{place.comment.pk}", editor_id=crowd.author.pk,
                body=f"text {number}", edits_seen=0, at=LATER,
            )  # fmt: skip
            kept.append(number)
        except services.EditedMeanwhile:
            pass

    numbered(change, 8)

    assert len(kept) == Revision.objects.count() == 1
    assert Comment.objects.get(pk=place.comment.pk).body == f"text {kept[0]}"


def test_of_two_answers_accepted_at_once_one_stands(world):
    crowd, place = world
    other = Answer.objects.create(question=place.question, body="o", published_at=AT)
    answers = (place.answer.pk, other.pk)

    numbered(
        lambda n: services.accept_answer(
            answer_id=answers[n % 2], actor_id=crowd.author.pk, at=LATER
        ),
        8,
    )

    assert Post.objects.get(pk=place.question.pk).accepted_answer_id in answers


def test_two_moves_at_once_close_no_circle(world):
    crowd, place = world
    other = Space.objects.create(name="o", opened_at=AT)
    pairs = ((place.space.pk, other.pk), (other.pk, place.space.pk))

    def move(number):
        child, parent = pairs[number]
        with contextlib.suppress(services.SpaceCircle):
            services.change_space(
                space_id=child, parent_id=parent, actor_id=crowd.operator.pk, at=LATER
            )

    numbered(move, 2)

    assert Space.objects.exclude(parent=None).count() == 1
