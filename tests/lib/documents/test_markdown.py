"""What people wrote becomes blocks: nothing is lost, nothing leads anywhere it should not."""

from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.documents.from_markdown import blocks
from juluo.lib.documents.model import Bullets, Note, Paragraph, Table, Text, plain


def test_every_kind_of_markdown_has_its_block():
    lists = "- a\n- b\n  - c\n\n1. x\n\n> 引"
    text = f"# 头\n\n一段 **重点**。\n\n{lists}\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n"

    heading, words, bullets, numbered, quote, table = blocks(text, caption="表")

    assert heading == Paragraph([Text("头", strong=True)])
    assert words == Paragraph([Text("一段 "), Text("重点", strong=True), Text("。")])
    assert isinstance(bullets, Bullets)
    assert [plain(item) for item in bullets.items] == ["a", "b", "– c"]
    assert isinstance(numbered, Bullets)
    assert numbered.ordered
    assert isinstance(quote, Note)
    assert isinstance(table, Table)
    assert (table.caption, [c.title for c in table.columns]) == ("表", ["甲", "乙"])
    assert [[cell.words for cell in row] for row in table.rows] == [["1", "2"]]


def test_only_web_and_mail_addresses_are_links():
    text = "[a](https://x.org/) [b](mailto:a@x.org) [c](/inside) [d](data:text/html,x)"

    (words,) = blocks(text, caption="")

    urls = {run.words: run.url for run in words.runs if run.url}
    assert urls == {"a": "https://x.org/", "b": "mailto:a@x.org"}


@given(st.text(alphabet="#-*>| 1.`[]()\n字a\t", max_size=200))
def test_any_text_can_be_read(text):
    blocks(text, caption="x")
