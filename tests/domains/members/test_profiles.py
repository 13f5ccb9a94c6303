"""Members' public pages: who sees what, what may stand there, and who may take it away."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from juluo.domains.members import queries, services
from juluo.domains.members.models import AuditEntry, FormerName, Member, Profile
from juluo.domains.members.rules import names
from juluo.domains.members.services.profiles import picture_folder
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


def drawing(kind="PNG", size=(300, 200)):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def as_(member):
    client = Client()
    client.force_login(member)
    return client


def page_of(member, *, seen_by):
    return as_(seen_by).get(f"/members/{member.pk}/")


def given(**changed):
    return {"name": "Member", "bio": "", **{f"link_{n}": "" for n in range(5)}, **changed}


def test_a_member_writes_a_page_that_others_read(people):
    member = people["member"]
    answer = as_(member).post(
        "/accounts/profile/",
        given(bio="我**爱**书", link_0="https://example.org/books", link_1="example.net"),
    )

    page = page_of(member, seen_by=people["moderator"]).content.decode()
    assert answer.status_code == 302
    assert "我<strong>爱</strong>书" in page
    assert 'href="https://example.org/books" rel="nofollow ugc noopener noreferrer"' in page
    assert 'href="https://example.net"' in page
    assert EventRecord.objects.get(name="members.profile_changed").payload == {
        "member_id": member.pk,
        "fields": "bio,links",
    }


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,<script>1</script>",
        "ftp://example.org/",
        "https://bank.example@evil.example/",
        "https://localhost/",
        "http://[::1",
        "//",
    ],
)
def test_a_link_that_leads_elsewhere_is_refused_and_nothing_is_kept(people, link):
    answer = as_(people["member"]).post("/accounts/profile/", given(bio="x", link_0=link))

    assert answer.status_code == 422
    assert not Profile.objects.exists()


def test_what_is_written_cannot_run(people):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    as_(people["member"]).post("/accounts/profile/", given(bio=attack))

    page = page_of(people["member"], seen_by=people["owner"]).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_a_picture_is_drawn_anew_shown_and_gone_from_the_disk_once_replaced(
    people, django_capture_on_commit_callbacks
):
    member = people["member"]
    upload = SimpleUploadedFile("../../x.png", drawing("JPEG") + b"<script>hidden</script>")
    as_(member).post("/accounts/profile/", given(picture=upload))
    member.refresh_from_db()
    first = f"/members/{member.pk}/{member.picture}.png"

    shown = as_(people["moderator"]).get(first)
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"hidden" not in shown.content
    assert Image.open(BytesIO(shown.content)).size == (256, 171)
    assert first in page_of(member, seen_by=people["owner"]).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        services.change_picture(member_id=member.pk, picture=drawing(), at=AT)
    assert as_(people["moderator"]).get(first).status_code == 404
    assert len(list(picture_folder().glob(f"{member.picture}*"))) == 0


@pytest.mark.parametrize("upload", [b"<svg onload=alert(1)>", b"GIF89a", b"", drawing()[:200]])
def test_what_is_no_picture_is_refused(people, upload):
    file = SimpleUploadedFile("x.png", upload or b" ")
    answer = as_(people["member"]).post("/accounts/profile/", given(picture=file))

    assert answer.status_code == 422
    assert not Member.objects.exclude(picture="").exists()


def test_a_new_name_is_told_to_staff_with_the_old_one(people):
    member = people["member"]
    as_(member).post("/accounts/profile/", given(name="  林  晓梅 "))

    member.refresh_from_db()
    assert member.display_name == "林 晓梅"
    assert list(FormerName.objects.values_list("name", flat=True)) == ["Member"]
    assert AuditEntry.objects.get(action="members.name_changed").actor == member
    page = as_(people["moderator"]).get(f"/console/members/{member.pk}/").content.decode()
    assert "Former names" in page
    assert "Former names" not in page_of(member, seen_by=people["moderator"]).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "owner",
        "Оwner",  # the first letter is Cyrillic
        "ＯＷＮＥＲ",
        "O w n e r",
        "Own\u200ber",
        "0wner",
        "evil\u202egpj",
        "see https://evil.example",
        "evil.com",
        "www.evil",
        "!!!",
        "\u3164",
    ],
)
def test_a_name_that_deceives_is_refused(people, name):
    answer = as_(people["member"]).post("/accounts/profile/", given(name=name))

    assert answer.status_code == 422
    assert not FormerName.objects.exists()


@pytest.mark.parametrize(
    "name", ["林晓梅", "Ada Lovelace", "O'Brien", "Zoë", "小明（北京）", "J.R. Tolkien"]
)
def test_a_usual_name_is_taken(people, name):
    assert services.check_name(name) == name


def test_the_fourth_new_name_of_a_day_has_to_wait(people):
    member_id = people["member"].pk
    for name in ("One", "Two", "Three"):
        assert services.rename(member_id=member_id, name=name, at=AT)

    with pytest.raises(services.TooOften):
        services.rename(member_id=member_id, name="Four", at=AT + timedelta(hours=1))
    assert Member.objects.get(pk=member_id).display_name == "Three"
    assert services.rename(member_id=member_id, name="Four", at=AT + timedelta(days=11))


def test_names_of_one_look_have_one_skeleton():
    assert names.skeleton("Мodеrator") == names.skeleton("moderator")
    assert names.skeleton("rnoderator") == names.skeleton("moderator")
    assert names.skeleton("林晓梅") != names.skeleton("林晓海")


@pytest.mark.parametrize(
    ("who", "whose", "may"),
    [
        ("member", "moderator", False),
        ("moderator", "member", True),
        ("moderator", "moderator", False),
        ("moderator", "operator", False),
        ("operator", "member", True),
        ("operator", "owner", False),
        ("owner", "moderator", True),
    ],
)
def test_staff_tidy_the_pages_of_members_and_the_owner_those_of_staff(people, who, whose, may):
    target = people[whose]
    services.write_profile(member_id=target.pk, bio="buy!", links=["https://x.example"], at=AT)
    services.change_picture(member_id=target.pk, picture=drawing(), at=AT)

    answer = as_(people[who]).post(f"/members/{target.pk}/tidy/")

    assert answer.status_code == (302 if may else 404)
    target.refresh_from_db()
    assert (Profile.objects.get(member=target).bio == "") is may
    assert (target.picture == "") is may
    assert AuditEntry.objects.filter(action="members.profile_tidied").exists() is may


def test_of_a_suspended_account_only_the_name_is_left(people):
    member = people["member"]
    services.write_profile(member_id=member.pk, bio="buy here", links=["https://x.example"], at=AT)
    services.suspend(actor_id=people["owner"].pk, member_id=member.pk, at=AT)

    page = page_of(member, seen_by=people["owner"]).content.decode()
    assert "Member" in page
    assert "buy here" not in page
    assert "x.example" not in page


def test_a_page_costs_the_same_however_much_its_member_wrote(people, django_assert_num_queries):
    services.write_profile(member_id=people["member"].pk, bio="x", links=["https://a.bc"], at=AT)
    with django_assert_num_queries(2):
        queries.profile(viewer=people["owner"], member_id=people["member"].pk)
