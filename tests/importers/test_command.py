"""``juluo import``: exit codes, the JSON summary, refusals on stderr."""

import json

import pytest

from juluo.project.cli import main

KEYS = [
    "format",
    "source",
    "spaces",
    "members",
    "authors",
    "messages",
    "added",
    "replies",
    "reactions",
    "notices",
    "bots",
    "edited",
    "duplicates",
    "unreadable",
    "records",
    "first",
    "last",
    "timezone",
    "seconds",
    "problems",
]
DAY = [{"type": "message", "ts": "1600000100.0", "user": "U1", "text": "hi"}]


def leave(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


def test_json_is_one_object_with_these_keys(write, db, capsys):
    path = write({"general/2020-01-01.json": DAY})

    assert leave("import", "slack", path, "--json", "--timezone", "Asia/Shanghai") == 0

    summary = json.loads(capsys.readouterr().out)
    assert list(summary) == KEYS
    assert (summary["messages"], summary["timezone"]) == (1, "Asia/Shanghai")


def test_a_refusal_goes_to_stderr_with_exit_code_1(write, db, capsys):
    path = write({"general/2020-01-01.json": "[{"})

    assert leave("import", "slack", path, "--json") == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert "general/2020-01-01.json: after record 0" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ["myspace", "x"],
        ["slack"],
        ["slack", "x", "--timezone", "Mars"],
        ["slack", "x", "--name", "y" * 25],
    ],
)
def test_wrong_use_is_exit_code_2(words, db):
    assert leave("import", *words) == 2
