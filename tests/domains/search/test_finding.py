from tests.domains.search.conftest import AT, heard, open_space, person, titles, words_of

from juluo.domains.discussions import services as discussions
from juluo.domains.search.models import SearchEntry
from juluo.domains.search.queries import agreement, find
from juluo.domains.search.types import Narrowed


def post(space, author, title, body="…", **values):
    return discussions.publish_post(
        space_id=space.pk, author_id=author.pk, title=title, body=body, at=AT, **values
    )


def test_words_are_found_in_chinese_traditional_and_english(owner, ann):
    space = open_space(owner)
    post(space, ann, "社群运营手册", "如何提高活跃度")
    post(space, ann, "Writing good questions", "Communities like clear questions.")
    heard()

    assert titles(ann, "运营") == ["社群运营手册"]
    assert titles(ann, "社群運營") == ["社群运营手册"]
    assert titles(ann, "community") == ["Writing good questions"]
    assert titles(ann, "群运") == ["社群运营手册"]
    assert titles(ann, "nothing") == []


def test_pinyin_and_slips_find_what_was_meant(owner, ann):
    post(open_space(owner), ann, "社群运营手册", "community")
    person("张三", email="zhang")
    heard()

    found = find(ann, "yunying", Narrowed())
    assert (found.shown_for, len(found.results)) == ("运营", 1)
    assert find(ann, "comunity", Narrowed()).shown_for == "community"
    assert find(ann, "云营", Narrowed()).shown_for == "运营"
    assert titles(ann, "zs") == titles(ann, "zhangsan") == titles(ann, "张三") == ["张三"]


def test_what_was_sought_is_marked_where_it_stands(owner, ann):
    post(open_space(owner), ann, "手册", "<b>我們的社群運營</b>")
    heard()

    (result,) = find(ann, "运营", Narrowed()).results
    assert ("運營", True) in result.snippet
    assert words_of(result.snippet) == "<b 我們的社群運營</b"


def test_an_edit_a_deletion_and_a_return_are_followed(owner, ann):
    done = post(open_space(owner), ann, "苹果")
    heard()
    discussions.edit(subject=f"post:{done.pk}", editor_id=ann.pk, title="香蕉", body="x", at=AT)
    heard()
    assert (titles(ann, "苹果"), titles(ann, "香蕉")) == ([], ["香蕉"])

    discussions.delete(subject=f"post:{done.pk}", actor_id=ann.pk, at=AT)
    assert titles(ann, "香蕉") == []
    heard()
    assert not SearchEntry.objects.filter(kind="post").exists()

    discussions.restore(subject=f"post:{done.pk}", actor_id=ann.pk, at=AT)
    heard()
    assert titles(ann, "香蕉") == ["香蕉"]
    assert agreement().is_whole


def test_a_page_of_results_costs_the_same_however_many_there_are(
    owner, ann, django_assert_max_num_queries
):
    space = open_space(owner)
    for n in range(3):
        post(space, ann, f"苹果 {n}")
    heard()
    with django_assert_max_num_queries(6):
        assert len(titles(ann, "苹果")) == 3

    for n in range(20):
        post(space, ann, f"苹果 甲{n}")
    heard()
    with django_assert_max_num_queries(6):
        assert len(titles(ann, "苹果")) == 20
