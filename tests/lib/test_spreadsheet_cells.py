import pytest

from juluo.lib.spreadsheet_cells import harmless


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "|cmd",
        "%0A=1",
        " =1+1",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "\u3000=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_made_a_word(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "林晓梅", "R&D", "a=b", "3 − 1", "<b>"])
def test_ordinary_words_stay_as_they_are(text):
    assert harmless(text) == text
