"""Other words for a sentence never change what it says in numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.documents.model import Document, Paragraph, Section, Text, plain
from juluo.lib.documents.polishing import is_faithful, mask, polished, unmask

SENTENCE = [
    Text("In March "),
    Text("40", evidence=1),
    Text(" members took part, more than the 35 of February ("),
    Text("+14%", evidence=2),
    Text(")."),
]


def document(runs):
    section = Section(title="x", blocks=[Paragraph(runs)])
    return Document(
        title="t", subtitle="s", language="en", facts=[], sections=[section], appendix_title="a"
    )


def words_after(said, runs=SENTENCE):
    (block,) = polished(document(runs), polish=lambda _masked: said).sections[0].blocks
    return block.runs


def test_numbers_are_never_given_away():
    masked, kept = mask(SENTENCE)

    assert masked == "In March ⟦1⟧ members took part, more than the ⟦2⟧ of February (⟦3⟧)."
    assert [each.words for each in kept] == ["40", "35", "+14%"]


def test_better_words_are_taken_with_the_numbers_in_their_places():
    said = "In March ⟦1⟧ members joined in, more than February's ⟦2⟧ (⟦3⟧)."

    runs = words_after(said)

    assert plain(runs) == "In March 40 members joined in, more than February's 35 (+14%)."
    assert [run.evidence for run in runs if run.evidence] == [1, 2]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "In March ⟦1⟧ members joined in.",
        "In March ⟦2⟧ members joined in, more than the ⟦1⟧ of February (⟦3⟧).",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧, 99 %).",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧), ninety of them.",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧), 九十人。",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧) ٩٠.",
        "In March ⟦1⟧ members joined in, fewer than the ⟦2⟧ of February (⟦3⟧).",
        "In March ⟦1⟧ members did not join in, more than the ⟦2⟧ of February (⟦3⟧).",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧). <b>Buy!</b>",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧) http://x.example",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of\nFebruary (⟦3⟧).",
        "In March ⟦1⟧ members\u202e joined in, more than the ⟦2⟧ of February (⟦3⟧).",
        "In March ⟦1⟧ members joined in, more than the ⟦2⟧ of February (⟦3⟧). " + "Well. " * 40,
        "⟦1⟧⟦2⟧⟦3⟧",
    ],
)
def test_what_says_something_else_is_not_taken(said):
    assert words_after(said) == SENTENCE


def test_chinese_sentences_are_held_to_the_same():
    runs = [Text("三月有 "), Text("40", evidence=1), Text(" 名成员参与，比上月增加。")]
    masked, _kept = mask(runs)

    assert is_faithful("三月共有 ⟦1⟧ 名成员参与，较上月增加。", masked)
    assert not is_faithful("三月共有 ⟦1⟧ 名成员参与，较上月减少。", masked)
    assert not is_faithful("三月共有 ⟦1⟧ 名成员参与，较上月增加一倍。", masked)
    assert not is_faithful("三月共有 ⟦1⟧ 名成员参与，较上月并未增加。", masked)


def test_a_name_that_looks_like_a_mark_is_kept_whole():
    runs = [Text("Space "), Text("⟦2⟧ and ⟦1⟧"), Text(" had 5 posts.")]
    masked, kept = mask(runs)

    assert plain(unmask(masked, masked, kept)) == plain(runs)


@given(st.text(max_size=60))
def test_whatever_is_said_no_number_changes(said):
    runs = words_after(said)

    assert [run for run in runs if run.evidence] == [run for run in SENTENCE if run.evidence]
    if runs != SENTENCE:
        assert sorted(filter(str.isdigit, plain(runs))) == sorted("4035" + "14")


@given(st.lists(st.builds(Text, st.text(max_size=12), st.none() | st.integers(1, 3)), max_size=6))
def test_a_sentence_given_back_as_it_was_stays_as_it_was(runs):
    masked, kept = mask(runs)
    again = unmask(masked, masked, kept)

    assert again is None or plain(again).strip() == plain(runs).strip()
