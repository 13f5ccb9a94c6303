"""The member side over HTTP: talk, chats, private messages, profiles; access as on the pages."""

import pytest
from tests.api.conftest import AT

from juluo.domains.discussions.models import Post, Space, SpaceMember
from juluo.domains.members.models import AuditEntry
from juluo.eventlog.models import EventRecord


@pytest.fixture
def space(people):
    return Space.objects.create(name="Talk", opened_at=AT)


@pytest.fixture
def hidden(people):
    place = Space.objects.create(name="canary-name", visibility="hidden", opened_at=AT)
    post = Post.objects.create(
        space=place, title="canary-title", body="canary-body", published_at=AT
    )
    SpaceMember.objects.create(space=place, member=people["operator"], joined_at=AT)
    return post


def names():
    return list(EventRecord.objects.order_by("pk").values_list("name", flat=True))


def test_a_question_is_asked_answered_and_accepted(key_of, space, people):
    asker, other = key_of("member"), key_of("operator")
    asked = {"kind": "question", "title": "为什么？", "body": "**请教**", "tags": ["新手"]}
    status, made = asker.send("post", f"/spaces/{space.pk}/posts/", {**asked, "once": "a"})
    again = asker.send("post", f"/spaces/{space.pk}/posts/", {**asked, "once": "a"})[1]
    assert (status, again) == (201, made)

    status, answer = other.send("post", f"/posts/{made['id']}/answers/", {"body": "因为…"})
    assert status == 201
    reply = {"body": "谢谢", "answer_id": answer["id"]}
    assert asker.send("post", f"/posts/{made['id']}/comments/", reply)[0] == 201
    assert other.send("post", f"/posts/answers/{answer['id']}/accept/")[0] == 204
    assert asker.send("post", f"/posts/answers/{answer['id']}/accept/")[0] == 204
    marked = asker.send("post", f"/talk/{answer['reference']}/reactions/", {"emoji": "heart"})

    status, thread = other.send("get", f"/posts/{made['id']}/")
    assert thread["title"] == "为什么？"
    assert "<strong>请教</strong>" in thread["talk"]["html"]
    assert thread["answers"][0]["is_accepted"]
    assert thread["answers"][0]["comments"][0]["talk"]["author_id"] == people["member"].pk
    assert marked[1]["reactions"] == [{"emoji": "heart", "count": 1, "is_mine": True}]
    assert names()[-5:] == [
        "discussions.question_asked",
        "discussions.answer_given",
        "discussions.comment_written",
        "discussions.answer_accepted",
        "discussions.reacted",
    ]


def test_a_text_is_changed_kept_deleted_and_restored(key_of, space):
    author, moderator, other = key_of("member"), key_of("moderator"), key_of("operator")
    made = author.send("post", f"/spaces/{space.pk}/posts/", {"title": "a", "body": "one"})[1]
    piece = f"/talk/{made['reference']}/"

    edits = author.send("get", f"{piece}text/")[1]["edits"]
    new = {"title": "a", "body": "two", "edits_seen": edits}
    assert author.send("patch", piece, new)[0] == 200
    assert author.send("patch", piece, {**new, "body": "three"})[1]["error"]["code"] == (
        "edited_meanwhile"
    )
    assert [each["body"] for each in author.send("get", f"{piece}history/")[1]] == ["two", "one"]
    assert moderator.send("delete", piece, {})[1]["error"]["fields"] == {"reason": "empty"}
    assert moderator.send("delete", piece, {"reason": "off topic"})[0] == 204
    assert other.send("get", piece)[1]["deleted"] == "moderator"
    assert author.send("post", f"{piece}restore/")[0] == 403
    assert moderator.send("post", f"{piece}restore/")[0] == 200
    assert AuditEntry.objects.filter(action__startswith="discussions.talk").count() == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [({"title": " ", "body": "x"}, "title"), ({"title": "x", "body": "\u200b"}, "body")],
)
def test_what_says_nothing_is_refused_by_name(key_of, space, body, field):
    status, answer = key_of("member").send("post", f"/spaces/{space.pk}/posts/", body)

    assert (status, answer["error"]["fields"]) == (422, {field: "empty"})
    assert not Post.objects.filter(space=space).exists()


def test_what_is_hidden_is_not_there(key_of, hidden, space):
    caller, inside = key_of("member"), key_of("operator")
    space_id, post_id = hidden.space_id, hidden.pk
    reads = [
        f"/spaces/{space_id}/", f"/spaces/{space_id}/posts/", f"/spaces/{space_id}/members/",
        f"/posts/{post_id}/", f"/talk/post:{post_id}/", f"/talk/post:{post_id}/history/",
        f"/talk/post:{post_id}/text/",
    ]  # fmt: skip
    acts = [
        (f"/spaces/{space_id}/posts/", {"title": "x", "body": "x"}),
        (f"/spaces/{space_id}/join/", {}),
        (f"/posts/{post_id}/comments/", {"body": "x"}),
        (f"/posts/{post_id}/bookmark/", {}),
        (f"/posts/{post_id}/marks/pin/", {}),
        (f"/posts/{post_id}/move/", {"space_id": space.pk}),
        (f"/talk/post:{post_id}/reactions/", {"emoji": "heart"}),
    ]

    found = [caller.send("get", path) for path in reads]
    found += [caller.send("post", path, body) for path, body in acts]

    assert {status for status, _body in found} == {404}
    assert "canary" not in str(found) + str(caller.send("get", "/spaces/"))
    assert "canary-title" in str(inside.send("get", f"/spaces/{space_id}/posts/"))


def test_spaces_are_opened_changed_and_archived_by_operators(key_of):
    keeper, member = key_of("operator"), key_of("member")
    status, made = keeper.send("post", "/spaces/", {"name": "New", "visibility": "private"})
    address = f"/spaces/{made['id']}/"

    assert status == 201
    assert member.send("post", "/spaces/", {"name": "x"})[0] == 403
    assert member.send("patch", address, {"name": "x"})[0] == 403
    assert keeper.send("patch", address, {"name": "Newer"})[1]["visibility"] == "private"
    assert member.send("post", f"{address}join/")[1]["has_asked"]
    assert keeper.send("post", f"{address}archive/")[1]["is_archived"]


def test_a_chat_is_opened_joined_and_written_in(key_of):
    ann, bo = key_of("member"), key_of("operator")
    group = ann.send("post", "/chats/", {"name": "Tea"})[1]
    log = f"/chats/{group['id']}/messages/"

    assert bo.send("post", log, {"body": "hi"})[0] == 403
    assert bo.send("post", f"/chats/{group['id']}/join/")[1]["may_write"]
    sent = bo.send("post", log, {"body": "hi"})[1]
    assert ann.send("post", log, {"body": " "})[1]["error"]["code"] == "unsendable"
    assert ann.send("post", f"/chats/messages/{sent['id']}/mark/", {"emoji": "🎉"})[0] == 204
    assert ann.send("patch", f"/chats/messages/{sent['id']}/", {"body": "x"})[0] == 404
    assert ann.send("get", "/chats/")[1]["mine"][0]["unread"] == 1
    found = ann.send("get", log)[1]["messages"][0]
    assert (found["html"], found["reactions"]) == ("<p>hi</p>\n", [["🎉", 1]])
    assert bo.send("delete", f"/chats/messages/{sent['id']}/")[0] == 204


def test_private_messages_are_for_those_in_them(key_of, people):
    ann, bo, owner = key_of("member"), key_of("operator"), key_of("owner")
    letter = {"member_ids": [people["operator"].pk], "body": "psst"}
    begun = ann.send("post", "/private/", letter)[1]
    log = f"/private/{begun['conversation_id']}/messages/"

    assert bo.send("get", log)[1]["messages"][0]["html"] == "<p>psst</p>\n"
    assert owner.send("get", log)[0] == owner.send("post", log, {"body": "x"})[0] == 404
    assert bo.send("get", "/private/")[1][0]["unread"] == 1
    assert bo.send("post", log, {"body": "what?"})[0] == 201
    assert ann.send("delete", f"/private/messages/{begun['id']}/")[0] == 204
    assert "psst" not in str(bo.send("get", log)[1])


def test_a_member_changes_their_own_page_and_reads_what_they_were_told(key_of, people, space):
    ann, bo = key_of("member"), key_of("operator")
    changed = ann.send("patch", "/me/", {"bio": "我**爱**书", "links": ["https://example.org/b"]})
    refused = ann.send("patch", "/me/", {"links": ["javascript:alert(1)"], "name": "X"})
    page = bo.send("get", f"/members/{people['member'].pk}/")[1]
    made = ann.send("post", f"/spaces/{space.pk}/posts/", {"title": "a", "body": "b"})[1]
    bo.send("post", f"/posts/{made['id']}/comments/", {"body": "nice"})
    told = ann.send("get", "/notifications/")[1]

    assert (changed[0], refused[1]["error"]["fields"]) == (200, {"links": "not a link"})
    assert (page["name"], page["links"][0]["url"]) == ("Member", "https://example.org/b")
    assert [each["words"] for each in told] == ["Operator replied to you: a"]
    assert ann.send("post", "/notifications/read/", {"ids": [told[0]["id"]]})[0] == 204
    assert ann.send("get", "/notifications/")[1][0]["is_read"]
