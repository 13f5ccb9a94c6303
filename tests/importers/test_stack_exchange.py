"""Stack Exchange dumps. The inputs are made up after FORMATS; the real one is in test_fixtures."""

import pytest

from juluo.domains.discussions.models import Answer, Comment, Post
from juluo.domains.members.models import Identity
from juluo.eventlog.models import EventRecord
from juluo.importers.stream import Refused

BOM = "\ufeff"
USERS = """<users>
<row Id="-1" CreationDate="2019-01-01T00:00:00.000" DisplayName="Community"/>
<row Id="7" CreationDate="2019-02-01T00:00:00.000" DisplayName="Ada"/>
</users>"""
POSTS = (
    BOM
    + """<?xml version="1.0" encoding="utf-8"?><posts>
<row Id="2" PostTypeId="2" ParentId="1"
 CreationDate="2020-01-02T10:00:00.000" Body="&lt;p&gt;So.&lt;/p&gt;"
 OwnerDisplayName="gone"/>
<row Id="1" PostTypeId="1" AcceptedAnswerId="2"
 CreationDate="2020-01-01T10:00:00.000" Title="How?" Tags="&lt;a&gt;&lt;b-c&gt;"
 Body="x" OwnerUserId="7" LastEditDate="2020-01-05T00:00:00.000"/>
<row Id="3" PostTypeId="4" CreationDate="2020-01-01T10:00:00.000" Body="" OwnerUserId="-1"/>
<row Id="4" PostTypeId="2" CreationDate="2020-01-01T10:00:00.000" Body="no parent" OwnerUserId="7"/>
</posts>"""
)
COMMENTS = """<comments>
<row Id="1" PostId="2" Text="thanks" CreationDate="2020-01-03T00:00:00.000" UserId="7"/>
<row Id="2" PostId="99" Text="lost" CreationDate="2020-01-04T00:00:00.000" UserId="7"/>
</comments>"""
VOTES = """<votes>
<row Id="1" PostId="2" VoteTypeId="2" CreationDate="2020-01-02T00:00:00.000"/>
<row Id="2" PostId="2" VoteTypeId="2" CreationDate="2020-01-09T00:00:00.000"/>
<row Id="3" PostId="2" VoteTypeId="3" CreationDate="2020-01-09T00:00:00.000"/>
<row Id="4" PostId="2" VoteTypeId="1" CreationDate="2020-01-08T00:00:00.000"/>
<row Id="5" PostId="88" VoteTypeId="2" CreationDate="2020-01-08T00:00:00.000"/>
<row Id="6" PostId="1" VoteTypeId="16" CreationDate="2020-01-08T00:00:00.000"/>
</votes>"""


@pytest.fixture
def site(write):
    return write(
        {"Posts.xml": POSTS, "Users.xml": USERS, "Comments.xml": COMMENTS, "Votes.xml": VOTES}
    )


def test_counts_add_up(site, bring_in):
    summary = bring_in("stackexchange", site)

    assert (summary["messages"], summary["notices"], summary["unreadable"]) == (4, 1, 1)
    assert summary["records"] == 6
    assert (summary["replies"], summary["edited"]) == (3, 1)
    # The vote on post 88, which the dump leaves out, is counted and not stored.
    assert summary["reactions"] == 4
    # -1, 7 and the one known by name.
    assert (summary["members"], summary["authors"]) == (3, 2)
    assert summary["problems"][0]["reason"] == "no 'ParentId'"


def test_question_answer_and_acceptance(site, bring_in):
    bring_in("stackexchange", site)

    question = Post.objects.get(outside_id="post-1")
    answer = Answer.objects.get()
    assert (question.kind, question.title, question.tags) == ("question", "How?", ["a", "b-c"])
    assert (question.accepted_answer_id, question.answer_count) == (answer.pk, 1)
    accepted = EventRecord.objects.get(name="discussions.answer_accepted")
    assert accepted.occurred_at.isoformat() == "2020-01-08T00:00:00+00:00"
    assert (accepted.actor_id, accepted.recipient_id) == (question.author_id, answer.author_id)
    assert Identity.objects.get(outside_id="name:gone").member_id == answer.author_id


def test_votes_are_counts_by_day_and_never_before_the_post(site, bring_in):
    bring_in("stackexchange", site)

    assert Answer.objects.get().reaction_counts == {"up": 2, "down": 1}
    lines = EventRecord.objects.filter(name="discussions.reacted").order_by("occurred_at", "key")
    assert [(f"{line.occurred_at:%d %H}", line.payload, line.value) for line in lines] == [
        ("02 10", {"emoji": "up", "dated": True}, 1),
        ("09 00", {"emoji": "down", "dated": True}, 1),
        ("09 00", {"emoji": "up", "dated": True}, 1),
    ]


def test_a_comment_stands_in_the_question_and_points_at_the_answer(site, bring_in):
    bring_in("stackexchange", site)

    comment = Comment.objects.get(outside_id="comment-1")
    assert comment.post.outside_id == "post-1"
    assert comment.answer.outside_id == "post-2"
    line = EventRecord.objects.get(subject_id=f"comment:{comment.pk}")
    assert line.thread_id == f"post:{comment.post_id}"
    assert line.parent_id == f"answer:{comment.answer_id}"
    assert line.recipient_id == comment.answer.author_id


def test_what_stands_under_a_lost_post_is_kept_under_an_empty_one(site, bring_in):
    bring_in("stackexchange", site)

    lost = Comment.objects.get(outside_id="comment-2")
    assert (lost.post.author, lost.post.body) == (None, "")
    assert not EventRecord.objects.filter(subject_id=f"post:{lost.post_id}").exists()

    late = (
        '<row Id="99" PostTypeId="1" CreationDate="2020-01-01T00:00:00" Body="q" OwnerUserId="7"/>'
    )
    (site / "Posts.xml").write_text(f"<posts>{late}</posts>")
    assert bring_in("stackexchange", site)["added"] == 1
    lost.refresh_from_db()
    assert (lost.post.body, lost.post.comment_count) == ("q", 1)


def test_a_dump_that_breaks_off_is_refused_and_leaves_no_trace(site, bring_in):
    (site / "Posts.xml").write_text(POSTS[:-120])

    with pytest.raises(Refused, match=r"Posts\.xml: after row 2"):
        bring_in("stackexchange", site)
    assert not Post.objects.exists()
    assert not EventRecord.objects.exists()
