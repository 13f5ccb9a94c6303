"""Ask a language model at any OpenAI-compatible address. Off unless an address is set.

What comes back is a stranger's text: whoever uses it checks it. Trouble of any kind is silence.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog

# An answer longer than this is not read to its end.
MOST_BYTES = 200_000

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class LanguageModel:
    """Where the model is asked: ``address`` ends before ``/chat/completions``."""

    address: str
    name: str
    key: str = ""
    seconds: float = 15.0

    def say(self, *, instruction: str, text: str) -> str | None:
        """Return what the model makes of a text; None if nothing of use comes in time."""
        began = time.monotonic()
        try:
            body = self._fetch(instruction, text, began + self.seconds)
            said = json.loads(body)["choices"][0]["message"]["content"]
        except Exception as error:  # noqa: BLE001 - a stranger's server may do anything
            trouble = type(error).__name__
            log.warning("language_model_failed", host=self._host, trouble=trouble)
            return None
        seconds = round(time.monotonic() - began, 2)
        log.info("language_model_asked", host=self._host, seconds=seconds, sent=len(text))
        return said.strip() if isinstance(said, str) else None

    @property
    def _host(self) -> str:
        return urlsplit(self.address).hostname or ""

    def _fetch(self, instruction: str, text: str, deadline: float) -> bytes:
        """Return the answer's bytes.

        :raises TimeoutError: if they are not all there by the deadline.
        :raises ValueError: if they are too many.
        """
        import httpx

        asked = {
            "model": self.name,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": text},
            ],
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        url = f"{self.address.rstrip('/')}/chat/completions"
        with (
            httpx.Client(timeout=self.seconds, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, json=asked, headers=headers) as response,
        ):
            response.raise_for_status()
            return _read(response.iter_bytes(), deadline)


def _read(chunks: Iterator[bytes], deadline: float) -> bytes:
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise ValueError("the answer is too long")
        if time.monotonic() > deadline:
            raise TimeoutError("the answer came too slowly")
    return body
