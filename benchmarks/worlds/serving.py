"""A server of its own over a database of its own, and members who are signed in."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SOURCE = Path(__file__).resolve().parents[2]


def begin(stack: ExitStack, *, postgres: bool) -> Path:
    """Make a home, and a database where it is PostgreSQL; return the home."""
    home = Path(tempfile.mkdtemp(prefix="juluo-serving-"))
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    os.environ["JULUO_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "juluo.project.settings"
    os.environ["PYTHONPATH"] = f"{SOURCE / 'src'}{os.pathsep}{SOURCE}"
    if postgres:
        from development.postgres import throwaway_postgres

        os.environ["DATABASE_URL"] = stack.enter_context(throwaway_postgres())
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return home


def members(count: int) -> list[int]:
    """Make members who joined a while ago; return their ids."""
    from datetime import timedelta

    from django.utils import timezone

    from juluo.domains.members.models import Member

    joined = timezone.now() - timedelta(days=60)
    Member.objects.bulk_create(
        Member(email=f"m{n}@example.org", display_name=f"m{n}", joined_at=joined, password="!")
        for n in range(count)
    )
    return list(Member.objects.order_by("pk").values_list("pk", flat=True))


def cookies(member_ids: list[int]) -> list[str]:
    """Sign members in; return their session keys."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from juluo.domains.members.models import Member

    keys = []
    for member in Member.objects.filter(pk__in=member_ids).order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.save()
        keys.append(session.session_key or "")
    return keys


class Serving:
    """A server as ``juluo run`` starts it, stopped as Ctrl+C stops it."""

    def __init__(self, *, workers: int = 1) -> None:
        self.workers = workers

    def __enter__(self) -> tuple[subprocess.Popen[bytes], str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = ["uvicorn", "juluo.project.asgi:application", "--port", str(port)]
        command += ["--workers", str(self.workers)] if self.workers > 1 else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command, "--log-level", "error", "--no-proxy-headers"]
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urlopen(f"{address}/accounts/login/", timeout=5)
                break
            except (URLError, OSError):
                time.sleep(0.1)
        return self.process, address

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is not None:
            return
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        print(f"stopped in {time.monotonic() - began:.1f} s", file=sys.stderr)
