"""What happens to risks."""

from juluo.web.tellings.telling import Telling

RISKS: dict[str, Telling] = {}
