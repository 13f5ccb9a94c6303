"""Call addresses that people gave, on the public internet only.

A name is looked up once, every address found is judged, and the call goes to the address judged:
a second answer of the name server changes nothing. Redirects are not followed. What is public is
listed here, as Python's ``ipaddress`` calls several ways into one's own network global (RFC 6890
and the IANA registries of special-purpose addresses; measured in Python 3.11).
"""

import ipaddress
import socket
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000
_PRIVATE_4 = tuple(
    ipaddress.IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Only this is given out on the internet; of it, these lead elsewhere (tunnels, examples).
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_PRIVATE_6 = tuple(
    ipaddress.IPv6Network(each)
    for each in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class AddressRefused(ValueError):
    """The address is none that we call; ``why`` is a choice: form, port, unknown, private."""

    def __init__(self, why: str) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why


class CallFailed(Exception):
    """Nothing came back, or too much, or too late."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; ``body`` is cut at the most that was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Calls within a time and a size; ``trusted`` hosts may lie in one's own network."""

    seconds: float = 10.0
    most_bytes: int = MOST_BYTES
    trusted: Collection[str] = field(default_factory=frozenset)

    def call(
        self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Call an address once.

        :raises AddressRefused: if it is none that we call.
        :raises CallFailed: if no whole answer came in time.
        """
        import httpx

        host, port = checked(url)
        address = self._place(host, port)
        parts = urlsplit(url)
        shown = f"[{address}]" if ":" in address else address
        pinned = parts._replace(netloc=f"{shown}:{port}", fragment="").geturl()
        sent = {**(headers or {}), "Host": parts.netloc.rpartition("@")[2]}
        deadline = time.monotonic() + self.seconds
        try:
            with (
                httpx.Client(
                    timeout=self.seconds, follow_redirects=False, trust_env=False
                ) as client,
                client.stream(
                    method,
                    pinned,
                    content=body or None,
                    headers=sent,
                    extensions={"sni_hostname": host},
                ) as response,
            ):
                read = _read(response.iter_bytes(), self.most_bytes, deadline)
                return Answer(
                    status=response.status_code, headers=dict(response.headers), body=read
                )
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise CallFailed(type(error).__name__) from error

    def _place(self, host: str, port: int) -> str:
        """Return the address to call: the name's first, if all that it has are public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise AddressRefused("unknown") from None
        places = [str(each[4][0]) for each in found]
        if not places:
            raise AddressRefused("unknown")
        if host not in self.trusted and not all(is_public(each) for each in places):
            raise AddressRefused("private")
        return places[0]


def checked(url: str) -> tuple[str, int]:
    """Return host and port of an address that may be called at all.

    :raises AddressRefused: if it is no plain address of the web.
    """
    if any(each.isspace() or not each.isprintable() for each in url) or "\\" in url:
        raise AddressRefused("form")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("form") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise AddressRefused("form")
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in {80, 443} and port < 1024:
        raise AddressRefused("port")
    return parts.hostname, port


def is_public(address: str) -> bool:
    """Whether an IP address is given out on the public internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in each for each in _PRIVATE_4)
    return found in _PUBLIC_6 and not any(found in each for each in _PRIVATE_6)


def _read(chunks: Iterator[bytes], most: int, deadline: float) -> bytes:
    """Return what comes, up to so many bytes.

    :raises OSError: if it is not all there by the deadline.
    """
    body = b""
    for chunk in chunks:
        body += chunk
        if time.monotonic() > deadline:
            raise TimeoutError
        if len(body) >= most:
            return body[:most]
    return body
