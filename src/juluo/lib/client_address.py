"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's address, believing exactly ``TRUSTED_PROXIES`` hops from the right.

    Without trusted proxies a forwarded-for header says nothing. A header too short or
    unreadable for the proxies we have was not written by them: the peer's address stands.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    hops = settings.TRUSTED_PROXIES
    if hops < 1:
        return peer
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(told) < hops:
        return peer
    try:
        return str(ip_address(told[-hops]))
    except ValueError:
        return peer
