"""What is new stays right: across devices, threads and spaces; and tags lead to posts."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.domains.discussions.conftest import AT

from juluo.domains.discussions import queries, services
from juluo.domains.discussions.models import Comment, Post, PostTag, SpaceMember, ThreadRead

NOW = AT + timedelta(days=2)


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def say(place, who, hours, body="c"):
    at = AT + timedelta(hours=hours)
    return services.write_comment(post_id=place.post.pk, author_id=who.pk, body=body, at=at)


def test_what_is_read_on_one_device_is_read_on_the_other(crowd, place):
    phone, desk = client_of(crowd.joined), client_of(crowd.joined)
    address = f"/spaces/posts/{place.post.pk}/"
    phone.get(address)
    say(place, crowd.author, 1)
    say(place, crowd.keeper, 2)

    assert "2 new" in desk.get(f"/spaces/{place.space.pk}/").content.decode()
    assert "2 replies came" in phone.get(address).content.decode()
    assert "2 new" not in desk.get(f"/spaces/{place.space.pk}/").content.decode()
    assert "replies came" not in desk.get(address).content.decode()


def test_reading_twice_writes_once(crowd, place, django_assert_num_queries):
    client, address = client_of(crowd.joined), f"/spaces/posts/{place.post.pk}/"

    client.get(address)
    kept = ThreadRead.objects.get()
    assert (
        services.mark_thread_read(
            post_id=place.post.pk, member_id=crowd.joined.pk, until=kept.read_at
        )
        is False
    )
    client.get(address)
    client.head(address)

    assert ThreadRead.objects.get() == kept
    assert ThreadRead.objects.get().read_at == AT


def test_a_mark_never_goes_back(crowd, place):
    mark = {"post_id": place.post.pk, "member_id": crowd.joined.pk}
    services.mark_thread_read(**mark, until=NOW)

    assert not services.mark_thread_read(**mark, until=AT)
    assert ThreadRead.objects.get().read_at == NOW


def test_ones_own_reply_is_nothing_new(crowd, place):
    client_of(crowd.joined).get(f"/spaces/posts/{place.post.pk}/")
    say(place, crowd.joined, 1)

    assert ThreadRead.objects.get().read_at == AT + timedelta(hours=1)
    assert queries.first_new(post_id=place.post.pk, member_id=crowd.joined.pk) is None


def test_the_mark_leads_to_the_first_new_reply(crowd, place):
    client = client_of(crowd.joined)
    client.get(f"/spaces/posts/{place.post.pk}/")
    say(place, crowd.joined, 1)
    first = say(place, crowd.author, 2)
    say(place, crowd.author, 3)

    answer = client.get(f"/spaces/posts/{place.post.pk}/new/")

    assert answer.headers["Location"] == f"/spaces/posts/{place.post.pk}/#comment-{first.pk}"


def test_the_first_new_reply_of_a_long_thread_stands_on_its_page(crowd, place):
    client = client_of(crowd.joined)
    Comment.objects.bulk_create(
        Comment(post=place.post, author=crowd.author, body="x", published_at=AT) for _ in range(120)
    )
    last = Comment.objects.order_by("pk").last()
    services.mark_thread_read(post_id=place.post.pk, member_id=crowd.joined.pk, until=AT)
    Comment.objects.filter(pk=last.pk).update(published_at=AT + timedelta(hours=1))
    Post.objects.filter(pk=place.post.pk).update(last_reply_at=AT + timedelta(hours=1))

    page = client.get(f"/spaces/posts/{place.post.pk}/new/", follow=True)

    assert f'id="comment-{last.pk}"' in page.content.decode()


def test_the_first_page_of_a_long_thread_leaves_the_rest_unread(crowd, place):
    Comment.objects.bulk_create(
        Comment(
            post=place.post, author=crowd.author, body="x",
            published_at=AT + timedelta(minutes=number),
        )
        for number in range(1, 151)
    )  # fmt: skip
    Post.objects.filter(pk=place.post.pk).update(last_reply_at=AT + timedelta(minutes=150))

    client_of(crowd.joined).get(f"/spaces/posts/{place.post.pk}/")

    # The comment of the place, and 99 more.
    assert ThreadRead.objects.get().read_at == AT + timedelta(minutes=99)


def test_a_space_tells_what_is_new_until_all_is_marked_read(crowd, place):
    joined = crowd.joined.pk
    SpaceMember.objects.update(joined_at=AT - timedelta(days=1))
    unread = {"member_id": joined, "now": NOW}
    assert queries.unread_in_spaces(**unread) == {place.space.pk: 2}
    assert queries.unread_in_spaces(member_id=crowd.author.pk, now=NOW) == {}

    client_of(crowd.joined).get(f"/spaces/posts/{place.post.pk}/")
    assert queries.unread_in_spaces(**unread) == {place.space.pk: 1}

    client = client_of(crowd.joined)
    client.post(f"/spaces/{place.space.pk}/read/")
    assert queries.unread_in_spaces(**unread) == {}
    assert services.mark_space_read(space_id=place.space.pk, member_id=joined, at=NOW) is False

    say(place, crowd.author, 49)
    assert queries.unread_in_spaces(member_id=joined, now=NOW + timedelta(days=1)) == {
        place.space.pk: 1
    }


def test_a_deleted_reply_is_no_longer_new(crowd, place):
    client_of(crowd.joined).get(f"/spaces/posts/{place.post.pk}/")
    reply = say(place, crowd.author, 1)
    services.delete(subject=f"comment:{reply.pk}", actor_id=crowd.author.pk, at=NOW)

    page = client_of(crowd.joined).get(f"/spaces/{place.space.pk}/").content.decode()

    assert "1 new" not in page
    assert Post.objects.get(pk=place.post.pk).last_reply_at == AT


def test_who_has_not_joined_marks_no_space_as_read(crowd, place):
    with pytest.raises(services.NotThere):
        services.mark_space_read(space_id=place.space.pk, member_id=crowd.outsider.pk, at=NOW)


def tag(place, crowd, *tags):
    services.edit(
        subject=f"post:{place.post.pk}", editor_id=crowd.author.pk, title="canary-title",
        body="canary-body", tags=tags, at=AT,
    )  # fmt: skip


def test_tags_follow_edits_and_count_what_may_be_read(crowd, place):
    tag(place, crowd, "One", "two")
    tag(place, crowd, "two", "三")

    assert queries.tags(viewer=crowd.joined) == [("two", 1), ("三", 1)]
    services.delete(subject=f"post:{place.post.pk}", actor_id=crowd.author.pk, at=AT)
    assert queries.tags(viewer=crowd.joined) == []


@pytest.mark.parametrize(
    "name",
    [
        "..", ".", "a/../b", "/a", "a/", "~x", "c++", "c/c++", "a?b=1", "a#b", "100%", "%2e%2e",
        "<script>alert(1)</script>", '"onmouseover="x', "中文 标签", "'; drop table", "new", "\\",
        "{{ 7 }}", "a b", "é", "🎉", "..%2f",
    ],
)  # fmt: skip
def test_every_tag_leads_to_its_own_page(crowd, place, name):
    tag(place, crowd, name)
    client = client_of(crowd.joined)
    listed = client.get("/tags/").content.decode()
    address = listed.split('class="j-tag" href="')[1].split('"')[0].replace("&amp;", "&")

    page = client.get(address.replace("&#x27;", "'"))

    assert page.status_code == 200, address
    assert "canary-title" in page.content.decode()
    assert "/../" not in address
    assert "<script>alert" not in page.content.decode()


def test_what_an_import_calls_tags_breaks_no_page(crowd, place):
    odd = ["a\nb", "x" * 90, "", None, 7, {"a": 1}, "\x07", "one,two"]
    Post.objects.filter(pk=place.post.pk).update(tags=odd)

    for page in (f"/spaces/posts/{place.post.pk}/", f"/spaces/{place.space.pk}/", "/feed/"):
        assert client_of(crowd.joined).get(page).status_code == 200
    assert not PostTag.objects.exists()
