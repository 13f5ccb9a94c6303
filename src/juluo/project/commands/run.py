"""``juluo run``: start the community: pages and background work, and say where it is."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from juluo.project.outcome import DONE, Refusal

READY_SECONDS = 60.0


def add_to(choices: Any) -> None:
    """Add the sub-command's parser."""
    parser = choices.add_parser("run", help="start the pages and the background work")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument(
        "--no-demonstration", action="store_true", help="begin with an empty community"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare what is missing, start both processes, and stay until Ctrl+C."""
    from juluo.project.first_run import prepare
    from juluo.project.installation import collect_static_files, compile_words

    _require_free(options.host, options.port)
    compile_words()
    collect_static_files()
    sign_in = prepare(with_demonstration=not options.no_demonstration, tell=_say)
    address = os.environ.get("JULUO_ADDRESS") or f"http://{_shown(options.host)}:{options.port}"
    settings = {**os.environ, "JULUO_ADDRESS": address}
    web = subprocess.Popen(_web_command(options), env=settings)  # noqa: S603 - our own words
    worker = subprocess.Popen([sys.executable, "-m", "juluo", "worker"], env=settings)
    try:
        _wait_until_ready(web, f"http://{_shown(options.host)}:{options.port}/")
        _say(f"\nJuluo runs at {address}")
        if sign_in:
            _say(f"Sign in as {sign_in.email} with the password {sign_in.password}")
        _say("Stop it with Ctrl+C.")
        return _stay(web, worker)
    finally:
        _stop(web, worker)


def _web_command(options: argparse.Namespace) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "juluo.project.asgi:application"),
        *("--host", options.host, "--port", str(options.port), "--log-level", "warning"),
        *("--no-proxy-headers", "--timeout-graceful-shutdown", "5"),
    ]


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"port {port} on {host} cannot be used ({error.strerror}); choose another with "
                "--port"
            ) from error


def _shown(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104


def _wait_until_ready(web: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if web.poll() is not None:
            raise Refusal("the web server stopped while starting; its message stands above")
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise Refusal(f"the web server did not answer within {READY_SECONDS:.0f} seconds")


def _stay(web: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> int:
    """Wait for Ctrl+C or SIGTERM, or for one of the two to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while web.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
        return DONE
    which = "web server" if web.poll() is not None else "worker"
    raise Refusal(f"the {which} stopped; start again with juluo run")


def _stop(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def _say(words: str) -> None:
    print(words, flush=True)
