"""What members write through the services is what the metrics count; checked by hand."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.made_up import NOW

from juluo.analytics import catalog
from juluo.analytics.question import Grain
from juluo.domains.discussions import services as talk
from juluo.domains.discussions.models import Space
from juluo.domains.insights import queries
from juluo.domains.members import services as members
from juluo.domains.messaging import services as chats
from juluo.domains.messaging.services import conversations
from juluo.events.base import EVENT_TYPES, Verb

AT = NOW - timedelta(days=20)
DAY = timedelta(days=1)
# Done by those who keep the community, or told by figures that other tests check.
NOT_COUNTED = {
    "discussions.space_opened", "discussions.space_changed", "discussions.space_archived",
    "discussions.space_brought_back", "discussions.space_left", "discussions.space_role_given",
    "discussions.joining_asked", "discussions.joining_declined", "discussions.talk_restored",
    "discussions.acceptance_withdrawn", "discussions.reaction_withdrawn",
    "discussions.thread_reopened", "discussions.thread_pinned", "discussions.thread_unpinned",
    "discussions.thread_unfeatured", "discussions.thread_moved", "discussions.bookmark_dropped",
    "messaging.group_opened", "messaging.group_left", "messaging.message_put_back",
    "discussions.marked_duplicate", "discussions.unfollowed", "discussions.question_escalated",
}  # fmt: skip


def person(name):
    return members.create_member(email=f"{name}@example.org", display_name=name, at=AT - 60 * DAY)


@pytest.fixture
def evening(db):
    """Three people who ask, answer, chat, write privately, change and take away."""
    ann, bo, cy = person("ann"), person("bo"), person("cy")
    space = Space.objects.create(name="s", opened_at=AT)
    for each in (ann, bo):
        talk.join_space(space_id=space.pk, member_id=each.pk, at=AT)
    here = {"space_id": space.pk, "title": "t", "body": "words", "at": AT}
    post = talk.publish_post(author_id=ann.pk, **here)
    gone = talk.publish_post(author_id=ann.pk, **here)
    question = talk.ask_question(author_id=bo.pk, **here)
    answer = talk.give_answer(question_id=question.pk, author_id=ann.pk, body="a", at=AT + DAY)
    talk.accept_answer(answer_id=answer.pk, actor_id=bo.pk, at=AT + DAY)
    for who, body in ((bo, "c1"), (cy, "c2"), (cy, "c3")):
        talk.write_comment(post_id=post.pk, author_id=who.pk, body=body, at=AT)
    talk.react(subject=f"post:{post.pk}", member_id=bo.pk, emoji="heart", at=AT)
    talk.bookmark(post_id=post.pk, member_id=cy.pk, at=AT)
    talk.edit(subject=f"post:{post.pk}", editor_id=ann.pk, title="t", body="better", at=AT)
    talk.delete(subject=f"post:{gone.pk}", actor_id=ann.pk, at=AT)
    group = chats.open_group(name="g", space_id=None, actor=ann, at=AT)
    chats.join(group_id=group.pk, actor=bo, at=AT)
    first = chats.send(group_id=group.pk, body="hello", actor=ann, at=AT)
    chats.send(group_id=group.pk, body="hello too", parent_id=first.pk, actor=bo, at=AT)
    conversations.begin(member_ids=[bo.pk], body="psst", actor=ann, at=AT)
    conversations.begin(member_ids=[ann.pk], body="what?", actor=bo, at=AT)
    conversations.begin(member_ids=[cy.pk], body="psst", actor=ann, at=AT)
    return space


def figure(key):
    first, last = timezone.localdate(AT) - DAY, timezone.localdate(NOW)
    asked = queries.question(key, start=first, end=last + DAY, grain=Grain.WINDOW)
    return queries.ask(asked, log=queries.current_log(), now=NOW).points[0].value


@pytest.mark.parametrize(
    ("key", "by_hand"),
    [
        ("content.posts", 2),
        ("content.questions", 1),
        ("content.answers", 1),
        ("content.comments", 3),
        ("content.messages", 2),
        ("content.contributions", 9),
        ("interaction.reactions", 1),
        ("interaction.bookmarks", 1),
        ("interaction.replies", 5),
        ("members.active", 3),
        ("members.contributing", 3),
        ("spaces.joined", 2),
        ("groups.joined", 2),
        ("private.messages", 3),
        ("private.writers", 2),
        ("upkeep.edits", 1),
        ("upkeep.deletions", 1),
        ("upkeep.closed_threads", 0),
        ("response.accepted", 1.0),
    ],
)
def test_each_figure_is_what_a_hand_counts(evening, key, by_hand):
    assert figure(key) == by_hand


def test_whatever_members_write_is_counted_somewhere():
    folder = Path(catalog.__file__).parent
    read = [*sorted(folder.glob("*.py")), folder.parent / "relations.py"]
    sources = "".join(path.read_text() for path in read)
    quiet = {
        name
        for name, each in EVENT_TYPES.items()
        if name.startswith(("discussions.", "messaging."))
        and each.verb not in {Verb.PARTICIPATION, Verb.CONTRIBUTION}
    }

    assert {name for name in quiet if f'"{name}"' not in sources} == NOT_COUNTED
