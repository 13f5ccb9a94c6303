"""Discourse JSON. The inputs are made up after FORMATS."""

import pytest

from juluo.domains.discussions.models import Comment, Post, Space
from juluo.domains.members.models import Identity
from juluo.eventlog.models import EventRecord
from juluo.importers.stream import Refused


def post(id_, number, **more):
    return {
        "id": id_,
        "user_id": 5,
        "username": "ada",
        "name": "Ada",
        "topic_id": 9,
        "created_at": f"2022-01-{number:02}T00:00:00.000Z",
        "cooked": f"<p>{id_}</p>",
        "post_number": number,
        "post_type": 1,
        "version": 1,
    } | more


TOPIC = {
    "post_stream": {
        "stream": [1, 2],
        "posts": [
            post(101, 1, actions_summary=[{"id": 2, "count": 4}, {"id": 3, "count": 9}]),
            post(
                102,
                2,
                user_id=6,
                username="bob",
                name="",
                version=3,
                updated_at="2022-02-01T00:00:00.000Z",
                reactions=[{"id": "heart", "count": 2}],
                actions_summary=[{"id": 2, "count": 1}],
            ),
            post(103, 3, reply_to_post_number=2),
            post(104, 4, post_type=3),
            post(105, 5, post_type=4),
            post(106, 6, created_at=None),
            post(107, 7, user_id=-1, username="system", post_type=2, reply_to_post_number=1),
        ],
    },
    "id": 9,
    "title": "Hello",
    "category_id": 4,
    "tags": ["x", {"name": "y"}],
}


def test_a_topic_is_a_post_and_its_comments(write, bring_in):
    path = write(
        {
            "hello/9.json": TOPIC,
            "categories.json": {"category_list": {"categories": [{"id": 4, "name": "Help"}]}},
        }
    )

    summary = bring_in("discourse", path)

    assert (summary["messages"], summary["notices"], summary["unreadable"]) == (4, 2, 1)
    assert (summary["replies"], summary["reactions"], summary["edited"]) == (2, 6, 1)
    opening = Post.objects.get()
    assert (opening.title, opening.tags, opening.comment_count) == ("Hello", ["x", "y"], 3)
    assert opening.reaction_counts == {"like": 4}
    assert Space.objects.get().name == "Help"
    free, pointing, system = Comment.objects.order_by("outside_id")
    assert (free.parent, free.answers_opening) == (None, False)
    assert (pointing.parent_id, system.answers_opening) == (free.pk, True)
    line = EventRecord.objects.get(
        name="discussions.comment_written", subject_id=f"comment:{free.pk}"
    )
    assert (line.parent_id, line.recipient_id) == ("", opening.author_id)
    assert system.author.kind == "system"
    assert Identity.objects.get(outside_id="6").member.display_name == "bob"


def test_one_post_a_file_and_copies_made_by_a_synchroniser(write, bring_in):
    path = write(
        {
            "posts/101.json": post(101, 1, topic_slug="hello-world", category="Help"),
            "posts/102.json": post(102, 2, raw="**hi**", reply_to_post_number=1),
            "posts/102.sync-conflict-20230101.json": post(102, 2, raw="**hi**"),
            "posts/readme.json": {"about": "this archive"},
        }
    )

    summary = bring_in("discourse", path)

    assert (summary["messages"], summary["duplicates"], summary["records"]) == (2, 1, 3)
    assert Post.objects.get().title == "hello-world"
    comment = Comment.objects.get()
    assert (comment.body, comment.body_format, comment.answers_opening) == (
        "**hi**",
        "markdown",
        True,
    )


def test_a_list_of_posts_whose_opening_is_missing(write, bring_in):
    path = write(
        {"posts.json": [post(102, 2, topic_title="Lost"), post(103, 3, reply_to_post_number=1)]}
    )

    assert bring_in("discourse", path)["replies"] == 1
    opening = Post.objects.get()
    assert (opening.title, opening.author, opening.comment_count) == ("Lost", None, 2)
    assert not EventRecord.objects.filter(name="discussions.post_published").exists()


def test_private_talk_is_left_out(write, bring_in):
    path = write({"9.json": TOPIC | {"archetype": "private_message"}, "8.json": [post(1, 1)]})

    assert bring_in("discourse", path)["messages"] == 1


@pytest.mark.parametrize("content", ['{"users": []}', "[]", "12", '[{"ts": "1"}]'])
def test_other_json_is_refused(write, bring_in, content):
    with pytest.raises(Refused, match="is it a Discourse export"):
        bring_in("discourse", write({"x.json": content}))
    assert not EventRecord.objects.exists()
