"""What members write is kept, counted, told and recorded; what is refused leaves no trace."""

from datetime import timedelta

import pytest
from tests.domains.discussions.conftest import AT

from juluo.domains.discussions import queries, rules, services
from juluo.domains.discussions.models import Answer, Comment, Post, Reaction, SpaceMember
from juluo.domains.members import services as members
from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications import queries as inbox
from juluo.eventlog.models import EventRecord
from juluo.eventlog.subscriptions import deliver
from juluo.events.base import Verb
from juluo.events.discussions import AnswerAccepted, Reacted

LATER = AT + timedelta(hours=1)


def events(*names):
    rows = EventRecord.objects.filter(name__startswith="discussions.").order_by("pk")
    return [row for row in rows if not names or row.name in {f"discussions.{n}" for n in names}]


def told(member):
    return [line.words for line in inbox.inbox(member_id=member.pk)]


def test_a_post_stands_in_its_space_with_its_event(crowd, place):
    post = services.publish_post(
        space_id=place.space.pk,
        author_id=crowd.outsider.pk,
        title="  第一次\u202e发帖 ",
        body="大家好，\r\n我是新来的。\x00",
        tags=("新人", "#新人", " 自我介绍"),
        at=LATER,
    )

    post.refresh_from_db()
    assert (post.title, post.body, post.tags) == (
        "第一次发帖", "大家好，\n我是新来的。", ["新人", "自我介绍"]
    )  # fmt: skip
    (event,) = events()
    assert (event.name, event.actor_id, event.space_id) == (
        "discussions.post_published", crowd.outsider.pk, place.space.pk
    )  # fmt: skip
    assert event.subject_id == event.thread_id == f"post:{post.pk}"
    assert event.payload == {"language": "zh"}


def test_an_answer_is_counted_recorded_and_told(crowd, place):
    answer = services.give_answer(
        question_id=place.question.pk, author_id=crowd.outsider.pk, body="So.", at=LATER
    )

    assert Post.objects.get(pk=place.question.pk).answer_count == 2
    (event,) = events()
    assert (event.name, event.subject_id) == ("discussions.answer_given", f"answer:{answer.pk}")
    assert event.thread_id == event.parent_id == f"post:{place.question.pk}"
    assert event.recipient_id == crowd.author.pk
    assert told(crowd.author) == ["Outsider answered your question: canary-question"]
    assert told(crowd.outsider) == []


@pytest.mark.parametrize("target", ["post", "answer", "comment"])
def test_a_comment_points_at_what_it_answers(crowd, place, target):
    Comment.objects.filter(pk=place.comment.pk).update(author=crowd.joined)
    Answer.objects.filter(pk=place.answer.pk).update(author=crowd.joined)
    under = place.question if target == "answer" else place.post
    comment = services.write_comment(
        post_id=under.pk,
        author_id=crowd.outsider.pk,
        body="Yes.",
        answer_id=place.answer.pk if target == "answer" else None,
        parent_id=place.comment.pk if target == "comment" else None,
        at=LATER,
    )

    recipient = crowd.author if target == "post" else crowd.joined
    (event,) = events()
    thing = getattr(place, target)
    assert (event.parent_id, event.thread_id) == (f"{target}:{thing.pk}", f"post:{under.pk}")
    assert event.recipient_id == recipient.pk
    assert told(recipient) == [f"Outsider replied to you: {under.title}"]
    assert comment.answers_opening == (target == "post")
    assert Post.objects.get(pk=under.pk).comment_count == (1 if target == "answer" else 2)


def test_a_reply_under_an_answer_stays_under_it(crowd, place):
    by = {"post_id": place.question.pk, "author_id": crowd.outsider.pk, "at": LATER}
    first = services.write_comment(answer_id=place.answer.pk, body="a", **by)
    services.write_comment(parent_id=first.pk, body="b", **by)

    thread = queries.thread(post_id=place.question.pk, viewer=crowd.outsider)

    assert [c.depth for c in thread.answers[0].comments] == [0, 1]
    assert thread.comments == ()


def test_sent_twice_it_is_written_once(crowd, place):
    by = {"post_id": place.post.pk, "author_id": crowd.outsider.pk, "at": LATER}
    one = services.write_comment(body="a", once="k", **by)
    again = services.write_comment(body="a", once="k", **by)
    services.write_comment(body="a", once="k", **{**by, "author_id": crowd.joined.pk})

    assert one.pk == again.pk
    assert Post.objects.get(pk=place.post.pk).comment_count == 3
    assert len(events("comment_written")) == 2


@pytest.mark.parametrize(
    ("title", "body", "tags", "field"),
    [
        ("", "b", (), "title"),
        ("\u200b\u2060", "b", (), "title"),
        ("t", " \n\u3000\u200d", (), "body"),
        ("t" * 201, "b", (), "title"),
        ("t", "b" * 40_001, (), "body"),
        ("t", "b", ("1", "2", "3", "4", "5", "6"), "tags"),
        ("t", "b", ("x" * 41,), "tags"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(crowd, place, title, body, tags, field):
    with pytest.raises(services.Unwritable) as refused:
        services.publish_post(
            space_id=place.space.pk,
            author_id=crowd.outsider.pk,
            title=title,
            body=body,
            tags=tags,
            at=LATER,
        )

    assert refused.value.field == field
    assert (Post.objects.count(), events()) == (2, [])


def test_a_refused_form_keeps_what_was_typed(crowd, place, client):
    client.force_login(crowd.outsider)
    body = "ein langer Text " * 3000
    answer = client.post(f"/spaces/{place.space.pk}/write/", {"title": "t", "body": body})

    assert answer.status_code == 422
    assert body.strip() in answer.content.decode()
    assert Post.objects.count() == 2


def test_who_writes_too_fast_waits(crowd, place):
    def write(at):
        services.write_comment(post_id=place.post.pk, author_id=crowd.outsider.pk, body="x", at=at)

    for _ in range(80):
        write(LATER)
    with pytest.raises(services.TooFast):
        write(LATER)
    write(LATER + timedelta(seconds=31))

    assert Post.objects.get(pk=place.post.pk).comment_count == 82
    assert len(events()) == 81


def test_in_a_closed_thread_only_moderators_reply(crowd, place):
    services.mark_thread(post_id=place.post.pk, act="close", actor_id=crowd.author.pk, at=LATER)
    by = {"post_id": place.post.pk, "body": "x", "at": LATER}
    with pytest.raises(services.ThreadIsClosed):
        services.write_comment(author_id=crowd.outsider.pk, **by)
    services.write_comment(author_id=crowd.keeper.pk, **by)

    assert Post.objects.get(pk=place.post.pk).comment_count == 2


def test_nobody_replies_to_what_is_deleted_or_stands_elsewhere(crowd, place):
    services.delete(subject=f"comment:{place.comment.pk}", actor_id=crowd.author.pk, at=LATER)
    by = {"author_id": crowd.outsider.pk, "body": "x", "at": LATER}
    with pytest.raises(services.NotThere):
        services.write_comment(post_id=place.post.pk, parent_id=place.comment.pk, **by)
    with pytest.raises(services.NotThere):
        services.write_comment(post_id=place.post.pk, answer_id=place.answer.pk, **by)
    with pytest.raises(services.NotThere):
        services.give_answer(question_id=place.post.pk, **by)

    assert Comment.objects.count() == 1


def test_a_reaction_counts_once_and_can_be_taken_back(crowd, place):
    mark = {"subject": f"answer:{place.answer.pk}", "emoji": "+1", "at": LATER}
    for member in (crowd.outsider, crowd.joined, crowd.joined):
        services.react(member_id=member.pk, **mark)
    assert Answer.objects.get(pk=place.answer.pk).reaction_counts == {"+1": 2}
    services.unreact(member_id=crowd.joined.pk, **mark)
    services.unreact(member_id=crowd.joined.pk, **mark)
    services.react(member_id=crowd.joined.pk, **mark)

    answer = Answer.objects.get(pk=place.answer.pk)
    assert (answer.reaction_counts, answer.votes) == ({"+1": 2}, 2)
    assert Reaction.objects.count() == 2
    assert [e.actor_id for e in events("reacted")] == [crowd.outsider.pk, crowd.joined.pk]
    assert len(events("reaction_withdrawn")) == 1
    assert {e.recipient_id for e in events()} == {crowd.author.pk}
    assert Reacted.verb is Verb.PARTICIPATION


@pytest.mark.parametrize("emoji", ["", "down", "<b>", "up", "x" * 200])
def test_only_known_marks_are_put(crowd, place, emoji):
    with pytest.raises(services.NotThere):
        services.react(
            subject=f"post:{place.post.pk}", emoji=emoji, member_id=crowd.outsider.pk, at=LATER
        )
    assert not Reaction.objects.exists()


def test_nobody_marks_their_own(crowd, place):
    with pytest.raises(services.NotAllowed):
        services.react(
            subject=f"post:{place.post.pk}", emoji="+1", member_id=crowd.author.pk, at=LATER
        )


def test_another_answer_can_be_accepted_instead(crowd, place):
    other = services.give_answer(
        question_id=place.question.pk, author_id=crowd.outsider.pk, body="So.", at=LATER
    )
    for answer in (place.answer, other, other):
        services.accept_answer(answer_id=answer.pk, actor_id=crowd.author.pk, at=LATER)

    assert Post.objects.get(pk=place.question.pk).accepted_answer_id == other.pk
    assert [e.subject_id for e in events("answer_accepted")] == [
        f"answer:{place.answer.pk}",
        f"answer:{other.pk}",
    ]
    assert len(events("acceptance_withdrawn")) == 1
    assert told(crowd.outsider) == ["Author accepted your answer: canary-question"]
    assert AnswerAccepted.verb is Verb.CONTRIBUTION
    assert not AuditEntry.objects.exists()


def test_a_moderator_who_accepts_for_the_asker_is_audited(crowd, place):
    services.accept_answer(answer_id=place.answer.pk, actor_id=crowd.keeper.pk, at=LATER)

    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.actor_id) == ("discussions.answer_accepted", crowd.keeper.pk)


def test_answers_stand_accepted_first_then_by_votes_then_by_age(crowd, place):
    answers = [
        Answer.objects.create(
            question=place.question, body=str(n), published_at=AT + timedelta(hours=n), votes=votes
        )
        for n, votes in enumerate((0, 5, 5, -1))
    ]
    services.accept_answer(answer_id=answers[3].pk, actor_id=crowd.author.pk, at=LATER)

    thread = queries.thread(post_id=place.question.pk, viewer=crowd.author)

    shown = [a.talk.id for a in thread.answers]
    assert shown == [answers[n].pk for n in (3, 1, 2)] + [place.answer.pk, answers[0].pk]


def test_those_who_watch_a_space_hear_of_its_posts(crowd, place):
    services.set_level(space_id=place.space.pk, member_id=crowd.joined.pk, level="watching")
    services.publish_post(
        space_id=place.space.pk, author_id=crowd.author.pk, title="News", body="x", at=LATER
    )
    deliver()

    assert told(crowd.joined) == ["Author published: News"]
    assert told(crowd.keeper) == []


def test_who_muted_a_space_or_left_it_hears_nothing(crowd, place):
    SpaceMember.objects.filter(member=crowd.author).update(level="muted")
    services.write_comment(post_id=place.post.pk, author_id=crowd.outsider.pk, body="x", at=LATER)
    assert told(crowd.author) == []
    place.space.visibility = "hidden"
    place.space.save()
    services.leave_space(space_id=place.space.pk, member_id=crowd.author.pk, at=LATER)
    services.write_comment(post_id=place.post.pk, author_id=crowd.joined.pk, body="x", at=LATER)

    assert told(crowd.author) == []


def test_bookmarks_are_ones_own(crowd, place):
    for _ in range(2):
        services.bookmark(post_id=place.post.pk, member_id=crowd.outsider.pk, at=LATER)
    rows, _older = queries.bookmarked(viewer=crowd.outsider)
    assert [row.id for row in rows] == [place.post.pk]
    assert queries.bookmarked(viewer=crowd.joined) == ([], None)
    services.drop_bookmark(post_id=place.post.pk, member_id=crowd.outsider.pk, at=LATER)

    assert queries.bookmarked(viewer=crowd.outsider) == ([], None)
    assert [e.name for e in events()] == ["discussions.bookmarked", "discussions.bookmark_dropped"]


def test_what_is_pinned_stands_on_top_once(crowd, place, client):
    for number in range(25):
        Post.objects.create(space=place.space, title=f"n{number}", body="x", published_at=LATER)
    services.mark_thread(post_id=place.post.pk, act="pin", actor_id=crowd.keeper.pk, at=LATER)
    services.mark_thread(post_id=place.post.pk, act="pin", actor_id=crowd.keeper.pk, at=LATER)
    client.force_login(crowd.outsider)
    first = client.get(f"/spaces/{place.space.pk}/").content.decode()

    assert first.index("canary-title") < first.index("n24")
    assert first.count("canary-title") == 1
    assert len(events("thread_pinned")) == AuditEntry.objects.count() == 1


def test_the_top_of_the_week_is_what_got_most(crowd, place):
    now = AT + timedelta(days=7, hours=1)
    made = [
        Post.objects.create(
            space=place.space, title=f"{n}", body="x", published_at=now - timedelta(days=days),
            votes=votes, comment_count=comments,
        )
        for n, (days, votes, comments) in enumerate([(1, 3, 0), (2, 1, 4), (8, 99, 99), (3, 0, 0)])
    ]  # fmt: skip
    top = queries.top_of_week(space_id=place.space.pk, now=now)

    assert [row.id for row in top] == [made[1].pk, made[0].pk, made[3].pk]


def test_votes_against_count_against():
    assert rules.votes({"up": 5, "down": 2, "-1": 1, "heart": 3}) == 5


def test_who_has_not_accepted_binding_guidelines_reads_only(crowd, place):
    members.publish_guidelines(
        text_en="Be kind.",
        text_zh="",
        change="",
        days_to_accept=1,
        actor_id=crowd.operator.pk,
        at=AT,
    )
    later = AT + timedelta(days=2)
    words = {"author_id": crowd.joined.pk, "body": "hello", "at": later}

    with pytest.raises(services.GuidelinesFirst):
        services.write_comment(post_id=place.post.pk, **words)
    with pytest.raises(services.GuidelinesFirst):
        services.publish_post(space_id=place.space.pk, title="A post", **words)
    with pytest.raises(services.GuidelinesFirst):
        services.edit(
            subject=f"answer:{place.answer.pk}", editor_id=crowd.author.pk, body="!", at=later
        )
    members.accept_guidelines(member_id=crowd.joined.pk, number=1, at=later)

    assert services.write_comment(post_id=place.post.pk, **words).pk
