"""A language model's server may be anything: what comes of it is words or silence."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from juluo.lib.language_model import MOST_BYTES, LanguageModel

WORDS = json.dumps({"choices": [{"message": {"content": " Better words. "}}]}).encode()


class Stub(BaseHTTPRequestHandler):
    """Answers as its server's ``mood`` says, and remembers what it was asked."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        self.server.heard.append((self.path, self.headers.get("Authorization"), asked))
        getattr(self, self.server.mood)()

    def kind(self):
        self._send(WORDS)

    def junk(self):
        self._send(b"<html>busy</html>")

    def odd(self):
        self._send(json.dumps({"choices": [{"message": {"content": [1, 2]}}]}).encode())

    def empty(self):
        self._send(b"{}")

    def error(self):
        self.send_error(500)

    def redirect(self):
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def silence(self):
        time.sleep(2)

    def endless(self):
        self._send(b"x" * (MOST_BYTES * 2))

    def drip(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def _send(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def stub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    server.daemon_threads, server.heard = True, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


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
