"""A language model's server may be anything: what comes of it is words or silence."""

import time

import pytest

from juluo.lib.language_model import LanguageModel
from tests.language_model_stub import listening


@pytest.fixture
def stub():
    with listening() as server:
        yield server


def model(stub, seconds=0.5):
    address = f"http://127.0.0.1:{stub.server_port}/v1/"
    return LanguageModel(address=address, name="small", key="secret", seconds=seconds)


def test_the_model_is_asked_the_way_that_is_usual(stub):
    stub.mood = "kind"

    said = model(stub, seconds=5).say(instruction="Be brief.", text="Words.")

    assert said == "Better words."
    ((path, key, asked),) = stub.heard
    assert (path, key) == ("/v1/chat/completions", "Bearer secret")
    assert [each["content"] for each in asked["messages"]] == ["Be brief.", "Words."]
    assert (asked["model"], asked["temperature"]) == ("small", 0)


@pytest.mark.parametrize(
    "mood", ["junk", "odd", "empty", "error", "redirect", "silence", "endless", "drip"]
)
def test_trouble_is_silence_and_comes_in_time(stub, mood):
    stub.mood = mood
    began = time.monotonic()

    assert model(stub).say(instruction="i", text="t") is None
    assert time.monotonic() - began < 1.9
    assert len(stub.heard) == 1


def test_nobody_there_is_silence(stub):
    gone = LanguageModel(address="http://127.0.0.1:9/v1", name="small", seconds=0.5)

    assert gone.say(instruction="i", text="t") is None
