"""The pages under a server that can hold streams, and someone who listens."""

import queue
import socket
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from types import SimpleNamespace
from unittest.mock import patch

import uvicorn
from django.core.asgi import get_asgi_application
from django.db import connections
from django.http import response
from django.test import Client

from juluo.live.streams import HUB


@contextmanager
def served():
    """Serve the pages over the test's database; yield the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        get_asgi_application(),
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    # Whitenoise streams files in the one way it knows; a warning, made an error, would cut them.
    quiet = patch.object(response, "warnings", SimpleNamespace(warn=lambda *_, **__: None))
    quiet.start()
    thread.start()
    until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        until(lambda: len(HUB) == 0)
        until(lambda: not any(each.name == "live-reader" for each in threading.enumerate()))
        connections.close_all()
        quiet.stop()


def until(holds, seconds=10):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)


def cookie_of(member):
    client = Client()
    client.force_login(member)
    return client.cookies["sessionid"].value


class Listener:
    """Reads one stream in a thread; ``told`` are (place, topic) as they came."""

    def __init__(self, address, member, topics, *, since=None, cookie=None, headers=None):
        self.told = []
        self.events = queue.Queue()
        self.over = threading.Event()
        self.opened = threading.Event()
        self._since = since
        self._cookie = cookie or cookie_of(member)
        self._headers = headers or {}
        self._host = address.removeprefix("http://")
        self._path = f"/live/?topics={','.join(topics)}"
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self):
        self._thread.start()
        assert self.opened.wait(10)
        return self

    def __exit__(self, *_):
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=10)

    def _listen(self):
        headers = {"Cookie": f"sessionid={self._cookie}", **self._headers}
        if self._since is not None:
            headers["Last-Event-ID"] = str(self._since)
        self._connection = HTTPConnection(self._host, timeout=60)
        try:
            self._connection.request("GET", self._path, headers=headers)
            response = self._connection.getresponse()
            self.headers = response.headers
            self._read(response)
        finally:
            self.opened.set()
            self.over.set()

    def _read(self, response):
        place = event = None
        for raw in response:
            line = raw.decode().rstrip("\n")
            field, _, value = line.partition(": ")
            if line == ": welcome":
                self.opened.set()
            elif field == "id":
                place = int(value)
            elif field == "event":
                event = value
            elif field == "data":
                self.told.append((place, value))
                self.events.put((event, value))

    def next(self, seconds=5):
        return self.events.get(timeout=seconds)[1]
