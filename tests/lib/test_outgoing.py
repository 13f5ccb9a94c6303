"""No spelling of an address leads into our own network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from juluo.lib.outgoing import AddressRefused, Caller, CallFailed, checked, is_public

# Ways to write a loopback, private, link-local or metadata address; %d is the listener's port.
SPELLINGS = (
    "http://127.0.0.1:%d/", "http://127.1:%d/", "http://127.0.1:%d/", "http://2130706433:%d/",
    "http://0x7f000001:%d/", "http://0x7f.0.0.1:%d/", "http://0177.0.0.1:%d/",
    "http://017700000001:%d/", "http://127.255.255.254:%d/", "http://0:%d/", "http://0.0.0.0:%d/",
    "http://localhost:%d/", "http://LOCALHOST:%d/", "http://localhost.:%d/",
    "http://[::1]:%d/", "http://[::]:%d/", "http://[0:0:0:0:0:0:0:1]:%d/",
    "http://[::ffff:127.0.0.1]:%d/", "http://[::ffff:7f00:1]:%d/", "http://[::127.0.0.1]:%d/",
    "http://[64:ff9b::7f00:1]:%d/", "http://[64:ff9b:1::7f00:1]:%d/", "http://[2002:7f00:1::]:%d/",
    "http://[fe80::1]:%d/", "http://[fc00::1]:%d/", "http://[fd00:ec2::254]:%d/",
    "http://[fec0::1]:%d/", "http://[ff02::1]:%d/", "http://[2001:db8::1]:%d/",
    "http://[2001::1]:%d/", "http://[100::1]:%d/",
    "http://10.0.0.1:%d/", "http://172.16.0.1:%d/", "http://192.168.0.1:%d/",
    "http://169.254.169.254:%d/", "http://100.100.100.200:%d/", "http://192.0.0.8:%d/",
    "http://198.18.0.1:%d/", "http://224.0.0.1:%d/", "http://255.255.255.255:%d/",
    "http://①②⑦.⓪.⓪.①:%d/", "http://１２７.０.０.１:%d/", "http://127。0。0。1:%d/",
    "http://example.org@127.0.0.1:%d/", "http://127.0.0.1:%d@example.org/",
    "http://127.0.0.1\\@example.org:%d/", "http://127.0.0.1 :%d/", "http://127.0.0.1\t:%d/",
    "file:///etc/passwd#%d", "gopher://127.0.0.1:%d/", "ftp://127.0.0.1:%d/", "//127.0.0.1:%d/",
    "http://:%d/", "http:///127.0.0.1:%d/", "http://[::1%%25lo]:%d/", "http://[v1.x]:%d/",
)  # fmt: skip


@pytest.fixture
def listener():
    """A server on the loopback that counts who came; ``location`` makes it send them on."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.came.append(self.path)
            self.send_response(302 if self.server.location else 200)
            if self.server.location:
                self.send_header("Location", self.server.location)
            self.end_headers()
            self.wfile.write(self.server.body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.came, server.location, server.body = [], "", b"hello"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_our_own_network(listener, spelling):
    assert len(SPELLINGS) >= 43
    with pytest.raises(AddressRefused):
        Caller(seconds=2).call("GET", spelling % listener.server_port)
    assert listener.came == []


def test_a_name_with_one_private_address_is_refused(listener, monkeypatch):
    places = [("93.184.216.34", 80), ("127.0.0.1", listener.server_port)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)

    with pytest.raises(AddressRefused) as refused:
        Caller().call("GET", "http://rebinding.example/")

    assert refused.value.why == "private"


def test_the_name_is_looked_up_once(listener, monkeypatch):
    """A name server that answers otherwise the second time changes nothing."""
    asked = []
    real = socket.getaddrinfo

    def answering(host, port, *args, **kwargs):
        if host == "twice.example":
            asked.append(host)
            place = ("127.0.0.1", listener.server_port)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place)]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", answering)
    caller = Caller(trusted={"twice.example"})

    answer = caller.call("GET", f"http://twice.example:{listener.server_port}/x?y=1")

    assert (answer.status, answer.body, listener.came) == (200, b"hello", ["/x?y=1"])
    assert asked == ["twice.example"]


def test_redirects_are_not_followed(listener):
    listener.location = f"http://127.0.0.1:{listener.server_port}/secret"
    caller = Caller(trusted={"127.0.0.1"})

    answer = caller.call("GET", f"http://127.0.0.1:{listener.server_port}/first")

    assert (answer.status, listener.came) == (302, ["/first"])


def test_an_endless_answer_is_cut(listener):
    listener.body = b"x" * 500_000
    caller = Caller(trusted={"127.0.0.1"}, most_bytes=1000)

    assert len(caller.call("GET", f"http://127.0.0.1:{listener.server_port}/").body) == 1000


def test_nobody_there_is_told_as_such(listener):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(CallFailed):
        Caller(seconds=2, trusted={"127.0.0.1"}).call("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("port", [22, 25, 53, 110, 443, 80, 8080])
def test_only_ports_of_the_web_are_called(port):
    url = f"http://example.org:{port}/"
    if port in {443, 80, 8080}:
        assert checked(url) == ("example.org", port)
        return
    with pytest.raises(AddressRefused):
        checked(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "223.5.5.5", "2606:4700::1111"])
def test_the_public_internet_is_public(address):
    assert is_public(address)
