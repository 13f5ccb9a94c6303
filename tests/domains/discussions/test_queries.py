from datetime import UTC, datetime, timedelta

import pytest

from juluo.domains.discussions import queries
from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.discussions.queries import talk
from juluo.domains.members import services

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def space(db):
    return Space.objects.create(name="新手村", opened_at=AT)


@pytest.fixture
def reader(db):
    return services.create_member(email="r@example.org", display_name="R", at=AT)


def write(space, number, **values):
    return Post.objects.create(
        space=space,
        title=f"t{number}",
        body="x",
        published_at=AT + timedelta(minutes=number),
        **values,
    )


def test_walking_down_and_up_meets_every_post_once(space):
    for number in range(50):
        write(space, number // 2)
    down, place = [], None
    while True:
        page = queries.posts(space_id=space.pk, before=place)
        down.append([row.id for row in page.rows])
        write(space, 99)
        if page.older is None:
            break
        place = page.older
    last = page
    up = [down[-1]]
    while last.newer and len(up) < 3:
        last = queries.posts(space_id=space.pk, after=last.newer)
        up.append([row.id for row in last.rows])

    assert [len(part) for part in down] == [20, 20, 10]
    assert len({pk for part in down for pk in part}) == 50
    assert up == down[::-1]


def test_the_accepted_answer_stands_first(space, reader):
    question = write(space, 1, kind="question")
    answers = [
        Answer.objects.create(question=question, body=str(n), published_at=AT + timedelta(hours=n))
        for n in range(3)
    ]
    question.accepted_answer = answers[2]
    question.save()
    Comment.objects.create(post=question, answer=answers[1], body="to 1", published_at=AT)

    thread = queries.thread(post_id=question.pk, viewer=reader)

    assert [answer.talk.id for answer in thread.answers] == [
        answers[2].pk,
        answers[0].pk,
        answers[1].pk,
    ]
    assert [answer.is_accepted for answer in thread.answers] == [True, False, False]
    assert [len(answer.comments) for answer in thread.answers] == [0, 0, 1]
    assert thread.comments == ()


def test_replies_follow_what_they_answer(space, reader):
    post = write(space, 1)

    def say(body, minute, parent=None):
        return Comment.objects.create(
            post=post, body=body, parent=parent, published_at=AT + timedelta(minutes=minute)
        )

    first = say("a", 1)
    say("b", 2)
    reply = say("a1", 3, first)
    say("a1x", 4, reply)
    say("a2", 5, first)

    comments = queries.thread(post_id=post.pk, viewer=reader).comments

    assert [(c.depth, c.talk.html) for c in comments] == [
        (0, "<p>a</p>\n"),
        (1, "<p>a1</p>\n"),
        (2, "<p>a1x</p>\n"),
        (1, "<p>a2</p>\n"),
        (0, "<p>b</p>\n"),
    ]


def test_a_long_thread_goes_on_where_it_stopped(space, reader, monkeypatch):
    monkeypatch.setattr(talk, "COMMENTS", 3)
    post = write(space, 1)
    for number in range(5):
        Comment.objects.create(post=post, body=str(number), published_at=AT)

    first = queries.thread(post_id=post.pk, viewer=reader)
    second = queries.thread(post_id=post.pk, viewer=reader, after=first.later_comments)

    assert [len(first.comments), len(second.comments)] == [3, 2]
    assert second.later_comments is None


def test_a_space_tells_what_stands_in_it(space, reader, django_assert_num_queries):
    write(space, 1)
    question = write(space, 2, kind="question")
    last = AT + timedelta(days=1)
    Comment.objects.create(post=question, body="x", published_at=last)

    with django_assert_num_queries(4):
        (card,) = queries.spaces(viewer=reader)

    assert (card.posts, card.questions, card.last_at) == (1, 1, last)
