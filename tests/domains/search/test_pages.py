import pytest
from django.test import Client
from tests.domains.search.conftest import AT, heard, open_space

from juluo.domains.discussions import services as discussions


def client_of(member=None):
    client = Client()
    if member:
        client.force_login(member)
    return client


@pytest.fixture
def said(owner, ann):
    discussions.ask_question(
        space_id=open_space(owner, name="新手村").pk,
        author_id=ann.pk,
        title="<b>运营</b>怎么做？",
        body="<script>运营</script>",
        tags=("入门",),
        at=AT,
    )
    heard()


def test_the_page_marks_what_was_sought_and_nothing_of_it_is_markup(said, ann):
    html = client_of(ann).get("/search/?q=运营").content.decode()

    assert "&lt;b&gt;<mark>运营</mark>&lt;/b&gt;怎么做？" in html
    assert "<script>运营" not in html
    assert "新手村" in html


def test_filters_narrow_and_odd_ones_narrow_nothing(said, ann):
    client = client_of(ann)

    def count(query):
        return client.get(f"/search/?q=运营&{query}").content.decode().count("j-found")

    assert count("kind=question") == count("tag=入门") == count("author=ann") == 1
    assert count("kind=post") == count("tag=别的") == count("author=bo") == count("solved=on") == 0
    assert count("kind=x&space=99&when=x&page=0&group=x&order=x") == 1


def test_strangers_find_a_search_only_where_something_is_public(said, owner):
    assert client_of().get("/search/?q=运营").status_code == 302

    open_space(owner, "public")
    page = client_of().get("/search/?q=运营")
    assert page.status_code == 200
    assert "j-found" not in page.content.decode()


def test_suggestions_name_what_is_being_typed(said, ann):
    html = client_of(ann).get("/search/suggest/?q=运").content.decode()

    assert "怎么做" in html
    assert "<mark>新手</mark>村" in client_of(ann).get("/search/suggest/?q=新手").content.decode()


def test_a_search_is_kept_by_nobody(said, ann):
    answer = client_of(ann).get("/search/?q=秘密的话")

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "odd", ['"', "*", "' OR 1", "a AND b", "NEAR(", "{words}:x", "-", "%", "\\"]
)
def test_signs_of_query_tongues_mean_nothing(said, ann, odd):
    assert client_of(ann).get("/search/", {"q": odd}).status_code == 200
    assert client_of(ann).get("/search/suggest/", {"q": odd}).status_code == 200
