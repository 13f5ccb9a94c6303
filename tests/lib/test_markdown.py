import time

import pytest

from juluo.lib.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**强调。**后面", "<p><strong>强调。</strong>后面</p>\n"),
        ("前面**“引用”**后面", "<p>前面<strong>“引用”</strong>后面</p>\n"),
        ("*斜体（注）*之后", "<p><em>斜体（注）</em>之后</p>\n"),
        ("plain **bold** text", "<p>plain <strong>bold</strong> text</p>\n"),
        ("snake_case_name", "<p>snake_case_name</p>\n"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
    ],
)
def test_emphasis_works_next_to_hanzi_and_as_usual_elsewhere(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize("text", ["*" * 20_000, "[" * 20_000, "> " * 10_000 + "a", "`" * 20_000])
def test_twice_a_hostile_text_does_not_take_four_times_as_long(text):
    """Processor time, so that a busy machine does not decide."""

    def spent(given: str) -> float:
        start = time.process_time()
        to_html(given)
        return time.process_time() - start

    once = min(spent(text) for _ in range(2))
    twice = min(spent(text * 2) for _ in range(2))

    assert twice <= 3.5 * once + 0.05
