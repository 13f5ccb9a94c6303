"""How well people find what they look for. The floors are a little below what was measured."""

from tests.domains.search.conftest import AT, open_space
from tests.domains.search.corpus import QUESTIONS, TALK

from juluo.domains.discussions.models import Post
from juluo.domains.search import services
from juluo.domains.search.queries import find
from juluo.domains.search.types import Narrowed

PRECISION = 0.97
RECALL = 0.99


def test_people_find_what_they_look_for_and_little_else(owner, ann):
    space = open_space(owner)
    keys = {}
    for key, (title, body) in TALK.items():
        row = Post.objects.create(space=space, author=ann, title=title, body=body, published_at=AT)
        keys[f"/spaces/posts/{row.pk}/"] = key
    services.sweep()

    assert len(QUESTIONS) >= 60
    missed, wrong, right, first = [], [], 0, 0
    for text, wanted in QUESTIONS.items():
        results = find(ann, text, Narrowed(kind="post")).results
        found = [keys[each.url] for each in results]
        right += len(wanted & set(found))
        first += bool(wanted) and bool(found) and found[0] in wanted
        missed += [(text, key) for key in wanted - set(found)]
        wrong += [(text, key) for key in found if key not in wanted]
    asked = sum(1 for wanted in QUESTIONS.values() if wanted)
    told = {
        "precision": round(right / (right + len(wrong)), 3),
        "recall": round(right / (right + len(missed)), 3),
        "first is right": round(first / asked, 3),
        "missed": missed,
        "wrong": wrong,
    }
    assert told["precision"] >= PRECISION, told
    assert told["recall"] >= RECALL, told
    assert first == asked, told
