"""What members find first: which rows, in which order, and why."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.domains.discussions.conftest import AT, VISIBILITIES, make_member, make_space

from juluo.domains.discussions import queries, services
from juluo.domains.discussions.models import Follow, Post, Space, SpaceMember
from juluo.eventlog.models import EventRecord

NOW = AT + timedelta(days=2)


@pytest.fixture
def reader(db):
    return make_member("reader")


@pytest.fixture
def writer(db):
    return make_member("writer")


def opened(title, author, space, hours=0, **values):
    at = AT + timedelta(hours=hours)
    return Post.objects.create(
        title=title, body="x", author=author, space=space, published_at=at, **values
    )


def space_of(reader=None, level="normal", name="s", **values):
    space = Space.objects.create(name=name, opened_at=AT, **values)
    if reader:
        SpaceMember.objects.create(
            space=space, member=reader, level=level, joined_at=AT - timedelta(days=1)
        )
    return space


def rows(name, viewer, after=None):
    page = queries.feed(name, viewer=viewer, now=NOW, after=after)
    return [row.title for row in page.rows]


def comment(post, author, hours):
    return services.write_comment(
        post_id=post.pk, author_id=author.pk, body="c", at=AT + timedelta(hours=hours)
    )


def test_for_you_tells_replies_first_then_news_then_questions_then_the_rest(reader, writer):
    mine, other = space_of(reader), space_of()
    star, stranger = make_member("star"), make_member("stranger")
    begun = opened("begun", reader, other, 1)
    followed = opened("followed", writer, other, 2)
    opened("elsewhere", writer, other, 3)
    opened("by star", star, other, 4)
    tagged = services.publish_post(
        space_id=other.pk, author_id=stranger.pk, title="tagged", body="x", tags=("hiking",), at=AT
    )
    opened("news", writer, mine, 5)
    asked = opened("asked", writer, mine, 6, kind="question")
    services.mark_thread_read(post_id=asked.pk, member_id=reader.pk, until=NOW)
    for kind, what in (("thread", followed.pk), ("member", star.pk), ("tag", "hiking")):
        services.follow(kind=kind, what=str(what), member_id=reader.pk, at=AT)
    comment(begun, writer, 7)
    comment(followed, stranger, 8)

    page = queries.feed("for_you", viewer=reader, now=NOW)

    assert [(row.title, row.why) for row in page.rows] == [
        ("followed", "followed_thread"),
        ("begun", "your_thread"),
        ("news", "your_space"),
        ("by star", "followed_member"),
        ("tagged", "followed_tag"),
        ("asked", "unanswered"),
        ("elsewhere", "latest"),
    ]
    assert tagged.pk == page.rows[4].id


def test_what_was_read_or_muted_is_nothing_special(reader, writer):
    muted, mine = space_of(reader, "muted"), space_of(reader)
    opened("muted", writer, muted, 1)
    read = opened("read", writer, mine, 2)
    services.mark_thread_read(post_id=read.pk, member_id=reader.pk, until=read.published_at)
    opened("own", reader, mine, 3)

    page = queries.feed("for_you", viewer=reader, now=NOW)

    assert [(row.title, row.why) for row in page.rows] == [
        ("own", "latest"),
        ("read", "latest"),
        ("muted", "latest"),
    ]


def test_walking_down_for_you_meets_everything_once(reader, writer):
    mine, other = space_of(reader), space_of()
    for number in range(30):
        opened(f"n{number}", writer, mine, number)
        opened(f"o{number}", writer, other, number)
    met, after = [], None
    while True:
        page = queries.feed("for_you", viewer=reader, now=NOW, after=after)
        met += [row.title for row in page.rows]
        after = page.next
        if after is None:
            break

    down = list(reversed(range(30)))
    assert met == [f"n{n}" for n in down] + [f"o{n}" for n in down]


def test_following_shows_members_tags_and_threads_and_nothing_else(reader, writer):
    space, star = space_of(), make_member("star")
    opened("star", star, space, 1)
    thread = opened("thread", writer, space, 2)
    opened("other", writer, space, 3)
    services.publish_post(
        space_id=space.pk, author_id=writer.pk, title="tag", body="x", tags=("Hiking",), at=NOW
    )
    for kind, what in (("member", star.pk), ("thread", thread.pk), ("tag", "#HIKING")):
        assert services.follow(kind=kind, what=str(what), member_id=reader.pk, at=AT)
        assert not services.follow(kind=kind, what=str(what), member_id=reader.pk, at=AT)

    assert rows("following", reader) == ["tag", "thread", "star"]
    assert EventRecord.objects.filter(name="discussions.followed").count() == 3
    assert not EventRecord.objects.filter(name="discussions.followed", payload__tag="hiking")

    services.unfollow(kind="member", what=str(star.pk), member_id=reader.pk, at=AT)
    assert rows("following", reader) == ["tag", "thread"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("member", "0"),
        ("member", "9" * 30),
        ("member", "x"),
        ("thread", "-1"),
        ("tag", ""),
        ("tag", "\u200b"),
        ("tag", "a" * 41),
        ("tag", "a,b"),
        ("space", "1"),
        ("", ""),
    ],
)
def test_nothing_is_followed_that_is_not_there(reader, kind, what):
    with pytest.raises(services.NotThere):
        services.follow(kind=kind, what=what, member_id=reader.pk, at=AT)

    assert not Follow.objects.exists()


def test_nobody_follows_themselves(reader):
    with pytest.raises(services.NotAllowed):
        services.follow(kind="member", what=str(reader.pk), member_id=reader.pk, at=AT)

    assert not Follow.objects.exists()


def test_unanswered_holds_open_questions_only(reader, writer):
    space = space_of()
    opened("open", writer, space, kind="question")
    opened("answered", writer, space, kind="question", answer_count=1)
    opened("closed", writer, space, kind="question", closed_at=AT)
    opened("gone", writer, space, kind="question", deleted_at=AT)
    opened("post", writer, space)

    assert rows("unanswered", reader) == ["open"]


def test_top_of_the_week_stands_by_votes_and_replies(reader, writer):
    space = space_of()
    opened("three", writer, space, votes=3)
    opened("five", writer, space, votes=1, comment_count=4)
    opened("old", writer, space, -24 * 8, votes=90)

    assert rows("top", reader) == ["five", "three"]


READERS = {
    "public": {"stranger", "outsider", "joined", "moderator"},
    "members": {"outsider", "joined", "moderator"},
    "private": {"joined", "moderator"},
    "hidden": {"joined", "moderator"},
}


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_no_list_tells_of_what_one_may_not_read(crowd, visibility, subtests):
    place = make_space(crowd, visibility)
    # Strangers find a page here at all.
    make_public = Space.objects.create(name="open", visibility="public", opened_at=AT)
    opened("open", crowd.author, make_public)
    waiting = opened("canary-waiting", crowd.author, place.space, kind="question")
    services.edit(
        subject=f"post:{place.post.pk}", editor_id=crowd.author.pk, title="canary-title",
        body="canary-body", tags=("canary-tag",), at=AT,
    )  # fmt: skip
    addresses = [f"/feed/?show={name}" for name in queries.FEEDS]
    addresses += ["/", "/tags/", "/tags/canary-tag/", "/feed/following/", "/spaces/"]
    addresses += [f"/spaces/posts/{waiting.pk}/new/"]
    for who in ("stranger", "outsider", "joined", "moderator"):
        client = Client()
        if who != "stranger":
            member = getattr(crowd, who)
            client.force_login(member)
            Follow.objects.create(member=member, post=place.post, at=AT)
            Follow.objects.create(member=member, followed=crowd.author, at=AT)
        found = [client.get(each, follow=True).content.decode() for each in addresses]
        knows = who in READERS[visibility]
        with subtests.test(who=who):
            # The name of a private space is no secret; what is said there is.
            kinds = ("canary-title", "canary-question", "canary-waiting")
            # An address that was asked for comes back in the page; what stands there does not.
            said = [sum(page.count(each) for each in kinds) for page in found]
            said.append(found[6].count("canary-tag"))
            assert (sum(said) > 0) == knows, (who, said)


def test_a_feed_costs_the_same_however_much_is_said(reader, writer, django_assert_num_queries):
    mine = space_of(reader)
    for number in range(45):
        post = opened(f"t{number}", writer, mine, number, tags=["a"])
        services.mark_thread_read(post_id=post.pk, member_id=reader.pk, until=post.published_at)
        if number % 2:
            comment(post, writer, number + 1)

    for name, most in (("for_you", 3), ("latest", 2), ("following", 1), ("top", 2)):
        with django_assert_num_queries(most):
            queries.feed(name, viewer=reader, now=NOW)


def test_the_page_costs_eight_queries_at_most(reader, writer, django_assert_max_num_queries):
    mine = space_of(reader)
    for number in range(25):
        opened(f"t{number}", writer, mine, number, tags=["a"])
    client = Client()
    client.force_login(reader)

    with django_assert_max_num_queries(8):
        page = client.get("/feed/")

    assert page.content.decode().count("j-row-title") == 20


def test_more_comes_by_htmx_without_the_frame_and_by_a_link_with_it(reader, writer):
    space = space_of()
    for number in range(25):
        opened(f"t{number}", writer, space, number)
    client = Client()
    client.force_login(reader)
    first = client.get("/feed/?show=latest").content.decode()
    onward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    whole = client.get(onward).content.decode()
    part = client.get(onward, headers={"HX-Request": "true"}).content.decode()

    assert whole.count("j-row-title") == part.count("j-row-title") == 5
    assert "<html" in whole
    assert "<html" not in part
