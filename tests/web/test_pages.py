from datetime import timedelta

import pytest
from django.core import mail
from tests.web.conftest import AT

from juluo.domains.discussions.models import Comment, Post
from juluo.domains.members import services
from juluo.domains.members.models import AuditEntry, Member
from juluo.domains.messaging.models import Message


@pytest.fixture
def reader(community, client):
    client.force_login(community.people["member"])
    return client


def fill(community, count):
    parent = None
    for number in range(count):
        author = services.create_member(email=None, display_name=f"m{number}", at=AT)
        at = AT + timedelta(minutes=number)
        Post.objects.create(
            space=community.space, author=author, title=f"t{number}", body="x", published_at=at
        )
        parent = Comment.objects.create(
            post=community.post, author=author, body="x", published_at=at, parent=parent
        )
        Message.objects.create(group=community.group, author=author, body="x", sent_at=at)


def queries_for(client, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_pages_cost_the_same_however_much_there_is(
    community, reader, client, django_assert_max_num_queries
):
    staff = type(client)()
    staff.force_login(community.people["owner"])
    pages = [
        (reader, "/spaces/", 10),
        (reader, f"/spaces/{community.space.pk}/", 9),
        (reader, f"/spaces/posts/{community.post.pk}/", 8),
        (reader, f"/spaces/groups/{community.group.pk}/", 9),
        (staff, "/console/", 43),
        (staff, "/console/members/", 12),
        (staff, f"/console/members/{community.target.pk}/", 14),
    ]
    reader.get(f"/spaces/posts/{community.post.pk}/")
    few = [queries_for(who, page, django_assert_max_num_queries) for who, page, _ in pages]
    fill(community, 18)
    # What is new is marked as read once; from then on the page only reads.
    reader.get(f"/spaces/groups/{community.group.pk}/")
    reader.get(f"/spaces/posts/{community.post.pk}/")
    many = [queries_for(who, page, django_assert_max_num_queries) for who, page, _ in pages]

    assert many == few
    assert [c for c, (_, _, most) in zip(few, pages, strict=True) if c > most] == [], few


def test_reading_a_member_reads_their_name_and_body_safely(community, reader):
    services.create_member(email=None, display_name="x", at=AT)
    hostile = services.create_member(email=None, display_name="<script>n</script>", at=AT)
    Post.objects.create(
        space=community.space,
        author=hostile,
        title="<script>t</script>",
        body='<script>b</script><img src="https://evil.example/x.png">',
        body_format="html",
        tags=["<script>g</script>"],
        reaction_counts={"<script>r</script>": 1},
        published_at=AT,
    )
    post = Post.objects.latest("pk")
    for page in (f"/spaces/{community.space.pk}/", f"/spaces/posts/{post.pk}/"):
        html = reader.get(page).content.decode()
        assert "<script>" not in html.replace('<script src="', "")
        assert '<img src="https' not in html


def test_strangers_are_greeted_and_others_sent_where_they_belong(community, client):
    assert client.get("/").status_code == 200
    client.force_login(community.people["member"])
    assert client.get("/").headers["Location"] == "/feed/"
    client.force_login(community.people["moderator"])
    assert client.get("/").headers["Location"] == "/console/"


def test_the_language_goes_with_the_member_to_another_device(community, reader, client):
    reader.post("/language/", {"language": "zh-hans", "next": "/spaces/"})
    assert '<html lang="zh-Hans"' in reader.get("/spaces/").content.decode()

    elsewhere = type(client)()
    elsewhere.force_login(community.people["member"])
    assert '<html lang="zh-Hans"' in elsewhere.get("/spaces/").content.decode()


def test_the_language_switch_never_leads_away(reader):
    response = reader.post("/language/", {"language": "en", "next": "https://evil.example/"})

    assert response.headers["Location"] == "/"


def test_the_owner_adds_staff_who_set_a_password_by_mail(community, client):
    client.force_login(community.people["owner"])
    new = {"display_name": "新同事", "email": "New@Example.org", "role": "operator"}

    response = client.post("/console/members/new/", {**new, "kind": "bot", "is_active": ""})
    again = client.post("/console/members/new/", new)
    client.logout()
    client.post("/accounts/password/reset/", {"email": "new@example.org"})

    member = Member.objects.get(email="new@example.org")
    assert response.headers["Location"] == f"/console/members/{member.pk}/"
    assert (member.role, member.kind, member.is_active) == ("operator", "person", True)
    assert not member.has_usable_password()
    assert "Another account has this address." in again.content.decode()
    assert "/accounts/password/reset/key/" in mail.outbox[-1].body
    assert AuditEntry.objects.get(action="member.created").details == {"role": "operator"}
