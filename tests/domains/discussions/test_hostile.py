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


ACTIVE = {"iframe", "object", "embed", "base", "img", "style", "math", "template", "video"}
LEADING = {"href", "src", "action", "formaction", "srcset", "poster", "data", "xlink:href"}


class Watch(HTMLParser):
    """Collects what could act on its own among the elements of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        ours = (dict(attrs).get("src") or "").startswith("/static/")
        if tag in ACTIVE | {"script"} and not ours:
            self.found.append((tag, attrs))
        self.found += [(tag, name) for name, value in attrs if acts(tag, name, value or "")]


def acts(tag, name, value):
    """Whether an attribute makes its element do something that no page of ours asks for."""
    text = "".join(value.split()).lower()
    if name.startswith("on") or name in {"style", "srcdoc"} or "hx-on" in name:
        return True
    if name in LEADING and text.startswith(("javascript:", "data:", "vbscript:")):
        return True
    if name.removeprefix("data-").startswith("hx-") and ("logout" in text or "archive" in text):
        return True
    return name in LEADING - {"href"} and "evil" in text


def dangers(html):
    watch = Watch()
    watch.feed(html)
    return watch.found


def test_the_watch_sees_a_danger():
    assert len(dangers("<img src=x onerror=alert(1)><a href='javascript:1'>x</a>")) == 3


def stored(payload):
    """Return a payload as a row can hold it: PostgreSQL keeps no null, and services drop it."""
    return payload.replace("\x00", "")


def plant(crowd, place):
    """Put each payload into every field of a question of its own; return where they stand."""
    questions = []
    for payload in map(stored, PAYLOADS):
        by = {"author": crowd.author, "published_at": AT, "body": payload}
        question = Post.objects.create(
            space=place.space, kind="question", title=payload, tags=[payload[:40]], **by
        )
        answer = Answer.objects.create(question=question, **by)
        Comment.objects.create(post=question, answer=answer, **by)
        Comment.objects.create(
            post=question, deleted_at=AT, deleted_by=crowd.keeper, delete_reason=payload, **by
        )
        questions.append(question)
    return questions


@pytest.fixture
def planted(crowd):
    place = make_space(crowd)
    return place, plant(crowd, place)


@pytest.mark.over_the_lake
def test_payloads_in_threads_stay_words(crowd, client, planted, subtests):
    _place, questions = planted
    client.force_login(crowd.keeper)
    for question in questions:
        with subtests.test(payload=question.title):
            page = client.get(f"/spaces/posts/{question.pk}/").content.decode()

            assert dangers(page) == []
            assert page.count("j-gone-text") == 1


@pytest.mark.over_the_lake
def test_payloads_in_lists_names_and_rules_stay_words(crowd, client, planted, subtests):
    place, _questions = planted
    client.force_login(crowd.operator)
    listed = client.get(f"/spaces/{place.space.pk}/").content.decode()
    assert dangers(listed) == []
    for payload in PAYLOADS:
        type(place.space).objects.filter(pk=place.space.pk).update(
            name=stored(payload)[:150], about=stored(payload), rules=stored(payload)
        )
        type(crowd.author).objects.filter(pk=crowd.author.pk).update(
            display_name=stored(payload)[:150]
        )
        with subtests.test(payload=payload):
            page = client.get(f"/spaces/{place.space.pk}/?show=post").content.decode()
            shown = client.post("/spaces/preview/", {"body": payload}).content.decode()

            assert dangers(page) == dangers(shown) == []
            assert "1337" not in shown


@pytest.mark.over_the_lake
def test_payloads_in_forms_and_histories_stay_words(crowd, client, planted):
    _place, questions = planted
    client.force_login(crowd.author)
    for question in questions[::6]:
        services.edit(
            subject=f"post:{question.pk}", editor_id=crowd.author.pk, title=f"{question.title} x",
            body=f"{question.body} x", tags=(question.title[:40],), reason=question.title, at=LATER,
        )  # fmt: skip
        for act in ("history", "edit", "delete", "reply"):
            page = client.get(f"/spaces/talk/post-{question.pk}/{act}/")

            assert page.status_code == 200
            assert dangers(page.content.decode()) == []


@pytest.mark.over_the_lake
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
        ("/spaces/", 10),
        (f"/spaces/{place.space.pk}/", 9),
        (f"/spaces/{place.space.pk}/?show=top", 9),
        (f"/spaces/{place.space.pk}/?show=unanswered", 9),
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

    def read():
        for post in (place.post, place.question):
            client.get(f"/spaces/posts/{post.pk}/")

    fill(place, crowd, 2)
    read()
    few = [cost(*page) for page in pages]
    fill(place, crowd, 18)
    read()

    assert [cost(*page) for page in pages] == few
