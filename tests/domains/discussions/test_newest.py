"""What others say on a member's page, and under what name, follows what the viewer may read."""

import pytest
from tests.domains.discussions.conftest import AT, VISIBILITIES, make_space

from juluo.domains.discussions import queries, services

READERS = {
    "public": {"outsider", "joined", "moderator"},
    "members": {"outsider", "joined", "moderator"},
    "private": {"joined", "moderator"},
    "hidden": {"joined", "moderator"},
}


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("who", ["outsider", "joined", "moderator"])
def test_what_a_member_said_is_shown_to_those_who_may_read_it(crowd, visibility, who):
    place = make_space(crowd, visibility)
    viewer = getattr(crowd, who)
    reads = who in READERS[visibility]

    said = queries.said_lately(viewer, crowd.author.pk)
    titles = queries.post_titles_for(viewer, [place.post.pk])
    names = queries.space_names_for(viewer, [place.space.pk])

    assert {row.kind for row in said["rows"]} == (
        {"post", "question", "answer", "comment"} if reads else set()
    )
    assert bool(titles) == reads
    assert bool(names) == (reads or visibility == "private")


def test_what_was_deleted_is_said_no_more(crowd, place):
    services.delete(subject=f"post:{place.post.pk}", actor_id=crowd.author.pk, at=AT)

    said = queries.said_lately(crowd.joined, crowd.author.pk)

    assert {row.kind for row in said["rows"]} == {"question", "answer"}
    assert not queries.post_titles_for(crowd.joined, [place.post.pk])
