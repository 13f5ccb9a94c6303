"""What a member claims of another place is found as theirs, and no second person of that name."""

from tests.domains.search.conftest import AT, heard, open_space, titles

from juluo.domains.discussions.models import Post
from juluo.domains.members import services as members
from juluo.domains.members.models import Identity
from juluo.domains.moderation import services as claims
from juluo.domains.search import services


def test_claimed_history_is_found_as_the_members(owner, ann, bo):
    space = open_space(owner)
    once = members.create_member(email=None, display_name="annika", at=AT)
    Identity.objects.create(member=once, source="discourse", outside_id="u1", name="annika")
    Post.objects.create(
        space=space, author=once, title="harvest", body="old", source="discourse",
        outside_id="7", published_at=AT,
    )  # fmt: skip
    heard()
    services.sweep()
    assert titles(bo, "harvest", authors=(once.pk,)) == ["harvest"]
    assert titles(bo, "annika") == ["annika"]

    claim = claims.give_history(person_id=once.pk, member_id=ann.pk, actor=owner, at=AT)
    heard()
    services.sweep()

    assert titles(bo, "harvest", authors=(ann.pk,)) == ["harvest"]
    assert titles(bo, "annika") == []
    claims.undo_claim(claim_id=claim.pk, actor=owner, at=AT)
    heard()
    services.sweep()
    assert titles(bo, "harvest", authors=(once.pk,)) == ["harvest"]
    assert titles(bo, "annika") == ["annika"]
