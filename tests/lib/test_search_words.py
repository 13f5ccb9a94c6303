import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.lib import cards, search_words


def test_words_meet_whatever_their_width_case_accents_and_script():
    assert search_words.words("社群運營 Ｃａｆé COMMUNITIES") == [
        "社群",
        "运营",
        "cafe",
        "community",
    ]
    assert search_words.words("活跃度", every=True) == ["活跃", "活跃度"]
    assert search_words.pairs("群运营 x 好") == ["群运", "运营", "好"]


def test_words_that_say_nothing_are_looked_for_only_alone():
    assert search_words.asked("社群怎么提高活跃度？") == ["社群", "提高", "活跃度"]
    assert search_words.asked("怎么") == ["怎么"]


def test_a_name_is_typed_whole_by_syllable_or_by_initials():
    assert search_words.readings("张三") == ["zhangsan", "zs", "zhang", "san"]
    assert "zcq" in search_words.readings("曾重庆")
    assert search_words.readings("Ann") == []


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("comunity", "community", 1), ("teh", "the", 1), ("a", "wxyz", 3)]
)
def test_slips_are_counted(one, other, slips):
    assert search_words.distance(one, other) == slips


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_what_is_marked_is_the_text_as_it_was_written(text, sought):
    folded = [search_words.fold(each) for each in sought]
    pieces = search_words.marked(text, folded, length=400)

    assert "".join(piece for piece, _hit in pieces) == text


def test_marks_stand_on_what_was_sought_in_either_script():
    pieces = search_words.marked("我們的社群運營", ["运营"], length=50)
    assert pieces == [("我們的社群", False), ("運營", True)]


@given(st.text(max_size=300))
def test_words_are_letters_and_digits_only(text):
    for word in [*search_words.words(text, every=True), *search_words.pairs(text)]:
        assert word.isalnum()


@pytest.mark.parametrize("hostile", ["[" * 50_000, "](" * 25_000, "<" * 50_000, "![a](" * 10_000])
@pytest.mark.parametrize("body_format", ["markdown", "html"])
def test_hostile_texts_take_no_longer_than_others(hostile, body_format):
    began = time.perf_counter()
    search_words.words(search_words.plain(hostile, body_format), every=True)

    assert time.perf_counter() - began < 1


def test_a_cards_words_stay_words_and_inside_it():
    svg = cards.card_svg(title="<b>&" * 200, place="</svg>", community="x\x00")

    assert "<b>" not in svg
    assert svg.count("<text") == 2 + cards.LINES
    assert cards.wrapped("好" * 50, room=10, most=2) == ["好" * 10, "好" * 9 + "…"]
