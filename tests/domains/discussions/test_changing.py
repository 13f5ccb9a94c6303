"""What was said can be changed, taken away and put back; nothing of it is lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.discussions.conftest import AT

from juluo.domains.discussions import queries, rules, services
from juluo.domains.discussions.models import Answer, Comment, Post, Revision
from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications import queries as inbox
from juluo.eventlog.models import EventRecord
from juluo.lib.typed_text import says_something, tidy

LATER = AT + timedelta(hours=1)


def edit(place, editor, body, **values):
    return services.edit(
        subject=f"comment:{place.comment.pk}", editor_id=editor.pk, body=body, at=LATER, **values
    )


def names():
    rows = EventRecord.objects.filter(name__startswith="discussions.").order_by("pk")
    return [row.name.removeprefix("discussions.") for row in rows]


def test_an_edit_keeps_what_was_said_before(crowd, place):
    assert edit(place, crowd.author, "two", reason="typo") == 1
    assert edit(place, crowd.keeper, "three") == 2

    found = queries.history(subject=f"comment:{place.comment.pk}", viewer=crowd.outsider)
    assert [(t.number, t.body, t.editor_name, t.reason) for t in found.texts] == [
        (2, "three", "Keeper", ""),
        (1, "two", "Author", "typo"),
        (0, "canary-comment", "Author", ""),
    ]
    assert not found.may_change
    assert Comment.objects.get(pk=place.comment.pk).edited_at == LATER
    assert names() == ["talk_edited", "talk_edited"]
    (entry,) = AuditEntry.objects.all()
    assert (entry.actor_id, entry.action) == (crowd.keeper.pk, "discussions.talk_edited")


def test_saving_without_a_change_is_no_edit(crowd, place):
    assert edit(place, crowd.author, "canary-comment\r\n") == 0
    assert (Revision.objects.count(), names()) == (0, [])


def test_two_editors_do_not_overwrite_each_other(crowd, place):
    edit(place, crowd.keeper, "theirs", edits_seen=0)
    with pytest.raises(services.EditedMeanwhile):
        edit(place, crowd.author, "mine", edits_seen=0)

    assert Comment.objects.get(pk=place.comment.pk).body == "theirs"


def test_a_question_goes_back_to_an_earlier_text_with_title_and_tags(crowd, place, client):
    subject = f"post:{place.question.pk}"
    by = {"subject": subject, "editor_id": crowd.author.pk, "at": LATER}
    services.edit(title="new", body="new", tags=("a",), **by)
    client.force_login(crowd.author)
    client.post(f"/spaces/talk/post-{place.question.pk}/revert/", {"number": "0"})

    post = Post.objects.get(pk=place.question.pk)
    assert (post.title, post.body, post.tags) == ("canary-question", "?", [])
    assert Revision.objects.filter(subject=subject).count() == 2


def test_the_history_of_what_is_deleted_is_for_moderators(crowd, place):
    subject = f"comment:{place.comment.pk}"
    edit(place, crowd.author, "two")
    services.delete(subject=subject, actor_id=crowd.author.pk, at=LATER)

    assert queries.history(subject=subject, viewer=crowd.outsider) is None
    assert queries.history(subject=subject, viewer=crowd.author) is None
    assert queries.history(subject=subject, viewer=crowd.keeper) is not None


def test_what_an_author_deletes_keeps_its_place_and_is_counted_back(crowd, place, client):
    reply = services.write_comment(
        post_id=place.post.pk, parent_id=place.comment.pk, author_id=crowd.joined.pk,
        body="reply", at=LATER,
    )  # fmt: skip
    subject = f"comment:{place.comment.pk}"
    assert services.delete(subject=subject, actor_id=crowd.author.pk, at=LATER)
    assert not services.delete(subject=subject, actor_id=crowd.author.pk, at=LATER)
    assert Post.objects.get(pk=place.post.pk).comment_count == 1

    client.force_login(crowd.outsider)
    page = client.get(f"/spaces/posts/{place.post.pk}/").content.decode()
    assert "canary-comment" not in page
    assert "Deleted by the author" in page
    assert f'id="comment-{reply.pk}"' in page

    assert services.restore(subject=subject, actor_id=crowd.author.pk, at=LATER)
    assert not services.restore(subject=subject, actor_id=crowd.author.pk, at=LATER)
    assert Post.objects.get(pk=place.post.pk).comment_count == 2
    assert names() == ["comment_written", "talk_deleted", "talk_restored"]


def test_a_moderator_says_why_and_the_author_is_told_and_cannot_put_it_back(crowd, place, client):
    subject = f"answer:{place.answer.pk}"
    with pytest.raises(services.Unwritable):
        services.delete(subject=subject, actor_id=crowd.keeper.pk, at=LATER)
    services.delete(subject=subject, actor_id=crowd.keeper.pk, reason="advert", at=LATER)
    with pytest.raises(services.NotAllowed):
        services.restore(subject=subject, actor_id=crowd.author.pk, at=LATER)

    assert Post.objects.get(pk=place.question.pk).answer_count == 0
    words = [line.words for line in inbox.inbox(member_id=crowd.author.pk)]
    assert words == ["A moderator deleted what you wrote in: canary-question"]
    client.force_login(crowd.author)
    page = client.get(f"/spaces/posts/{place.question.pk}/").content.decode()
    assert "advert" in page
    client.force_login(crowd.outsider)
    page = client.get(f"/spaces/posts/{place.question.pk}/").content.decode()
    assert "advert" not in page
    assert "canary-answer" not in page
    assert services.restore(subject=subject, actor_id=crowd.moderator.pk, at=LATER)
    assert Post.objects.get(pk=place.question.pk).answer_count == 1


def test_an_accepted_answer_that_is_deleted_solves_nothing(crowd, place):
    services.accept_answer(answer_id=place.answer.pk, actor_id=crowd.author.pk, at=LATER)
    services.delete(subject=f"answer:{place.answer.pk}", actor_id=crowd.author.pk, at=LATER)

    assert Post.objects.get(pk=place.question.pk).accepted_answer_id is None
    assert names() == ["answer_accepted", "acceptance_withdrawn", "talk_deleted"]


def test_a_deleted_opening_leaves_the_lists_and_its_title_the_page(crowd, place, client):
    services.delete(subject=f"post:{place.post.pk}", actor_id=crowd.author.pk, at=LATER)
    client.force_login(crowd.outsider)

    assert b"canary-title" not in client.get(f"/spaces/{place.space.pk}/").content
    page = client.get(f"/spaces/posts/{place.post.pk}/").content.decode()
    assert "canary-title" not in page
    assert "canary-body" not in page
    assert "canary-comment" in page
    assert queries.published(place.post.pk) is None
    with pytest.raises(services.ThreadIsClosed):
        services.write_comment(
            post_id=place.post.pk, author_id=crowd.outsider.pk, body="x", at=LATER
        )


def test_what_came_from_elsewhere_is_edited_in_its_own_format(crowd, place):
    Answer.objects.filter(pk=place.answer.pk).update(body="<b>x</b>", body_format="html")
    services.edit(
        subject=f"answer:{place.answer.pk}", editor_id=crowd.author.pk, body="<b>y</b>", at=LATER
    )
    thread = queries.thread(post_id=place.question.pk, viewer=crowd.author)

    assert thread.answers[0].talk.html == "<b>y</b>"


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(WORDS, max_size=6))
def test_every_text_that_ever_stood_there_can_be_read_in_order(crowd, place, texts):
    Revision.objects.all().delete()
    Comment.objects.filter(pk=place.comment.pk).update(body="first")
    stood = ["first"]
    for text in texts:
        kept = tidy(text)
        if says_something(kept):
            edit(place, crowd.moderator, text)
            stood += [kept] if kept != stood[-1] else []

    from juluo.domains.members.models import RateBucket

    RateBucket.objects.all().delete()
    found = queries.history(subject=f"comment:{place.comment.pk}", viewer=crowd.author)
    assert [text.body for text in reversed(found.texts)] == stood


@given(before=st.text("ab\n", max_size=40), after=st.text("ab\n", max_size=40))
def test_two_texts_laid_over_each_other_hold_both(before, after):
    lines = queries.laid_over(before, after)

    assert [x.text for x in lines if x.kind != "added"] == before.splitlines()
    assert [x.text for x in lines if x.kind != "removed"] == after.splitlines()


@given(st.data())
def test_the_tree_of_spaces_never_closes_a_circle_nor_grows_too_deep(data):
    parents: dict[int, int | None] = dict.fromkeys(range(6))
    for _ in range(12):
        child = data.draw(st.sampled_from(range(6)))
        parent = data.draw(st.sampled_from(range(6)))
        if rules.fits_under(parent, child, parents):
            parents[child] = parent

    for each in parents:
        way: list[int] = []
        here: int | None = each
        while here is not None:
            assert here not in way
            way.append(here)
            here = parents[here]
        assert len(way) <= rules.DEEPEST


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=30))
def test_replies_always_follow_what_they_answer(picks):
    from juluo.domains.discussions.queries import talk

    comments = []
    for pk, pick in enumerate(picks, start=1):
        parent = comments[pick % pk - 1].pk if comments and pick % pk else None
        comments.append(
            Comment(pk=pk, parent_id=parent, body="x", published_at=AT, reaction_counts={})
        )
    for comment in comments:
        comment._state.fields_cache["parent"] = None
    standing = rules.Standing(visibility="public", posting="everyone")
    eyes = talk._Eyes(member_id=0, standing=standing, marks=frozenset())
    shown = talk._threaded(comments, eyes)

    place = {view.talk.id: number for number, view in enumerate(shown)}
    depth = {view.talk.id: view.depth for view in shown}
    assert sorted(place) == [comment.pk for comment in comments]
    for comment in comments:
        if comment.parent_id:
            assert place[comment.parent_id] < place[comment.pk]
            assert depth[comment.pk] == min(depth[comment.parent_id] + 1, talk.DEEPEST)
        else:
            assert depth[comment.pk] == 0
